package io.mqexporter.config;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;

/** Makes the configuration of a RocketMQ cluster of its section. */
final class RocketMqDecoder {

  private RocketMqDecoder() {}

  /** Reads the section {@code rocketmq} of a target. */
  static Optional<BrokerConfig> decode(Section section) {
    Optional<List<String>> nameServers = section.requiredList("name_servers", TextFormat.address());
    RocketMqConfig.Access access = access(section);
    NameFilter topics = BrokerDecoder.nameFilter(section, "topics");
    NameFilter groups = BrokerDecoder.nameFilter(section, "groups");
    var further =
        new RocketMqConfig.Further(
            section.list("controllers", TextFormat.address()),
            section.list("prometheus_addresses", TextFormat.address()),
            section.value("client_statistics", TextFormat.yesOrNo()).orElse(false),
            section.value("exact_lag_time", TextFormat.yesOrNo()).orElse(false),
            section.value("broker_statistics", TextFormat.yesOrNo()).orElse(false));
    List<Vocabulary> vocabularies =
        section.list("vocabularies", new EnumFormat<>(Vocabulary.class));
    return nameServers.map(n ->
        new BrokerConfig.RocketMq(
            new RocketMqConfig(n, access, topics, groups, further, vocabularies)));
  }

  private static RocketMqConfig.Access access(Section section) {
    Optional<String> accessKey = section.value("access_key", TextFormat.notEmpty(text -> text));
    Optional<Secret> secretKey = section.value("secret_key", TextFormat.notEmpty(Secret::new));
    section.rejectIfAlone("access_key", "secret_key");
    section.rejectIfAlone("secret_key", "access_key");
    boolean tls = section.value("tls", TextFormat.yesOrNo()).orElse(false);
    Optional<Tls> certificates = TlsDecoder.decode(section);
    for (String key : List.of("ca_certificates", "client_certificate", "client_key")) {
      if (!tls && section.has(key)) {
        section.reject(key, "of no use without TLS", "tls: true beside it");
      }
    }
    return new RocketMqConfig.Access(
        accessKey.flatMap(a -> secretKey.map(s -> new RocketMqConfig.Credentials(a, s))),
        tls ? certificates.or(() -> Optional.of(Tls.DEFAULT)) : Optional.empty());
  }
}
