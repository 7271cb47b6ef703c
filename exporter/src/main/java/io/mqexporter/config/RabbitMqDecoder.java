package io.mqexporter.config;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig.QueueStatistics;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import io.mqexporter.rabbitmq.relay.RaftNames;
import io.mqexporter.rabbitmq.vocabulary.Vocabulary;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the configuration of a RabbitMQ cluster of its section. */
final class RabbitMqDecoder {

  private static final String DEFAULT_USER = "guest";
  private static final String DEFAULT_PASSWORD = "guest";

  private static final Format<String> FAMILY =
      new TextFormat<>(
          "the name of a group of families, such as ra_metrics",
          text -> text.matches("[a-z_]{1,100}"),
          text -> text);

  private RabbitMqDecoder() {}

  /** Reads the section {@code rabbitmq} of a target. */
  static Optional<BrokerConfig> decode(Section section) {
    RabbitMqConfig.Sources sources = sources(section);
    Optional<List<URI>> urls = urls(section, sources);
    RabbitMqConfig.Access access = access(section);
    NameFilter vhosts = BrokerDecoder.nameFilter(section, "vhosts");
    NameFilter queues = BrokerDecoder.nameFilter(section, "queues");
    RabbitMqConfig.Effort defaults = RabbitMqConfig.Effort.DEFAULT;
    var effort =
        new RabbitMqConfig.Effort(
            section
                .value("details_interval", BrokerDecoder.DETAILS_INTERVAL)
                .orElse(defaults.detailsInterval()),
            section
                .value("queue_statistics", new EnumFormat<>(QueueStatistics.class))
                .orElse(defaults.queueStatistics()));
    List<Vocabulary> vocabularies =
        section.list("vocabularies", new EnumFormat<>(Vocabulary.class));
    return urls.map(u ->
        new BrokerConfig.RabbitMq(
            new RabbitMqConfig(u, access, vhosts, queues, effort, sources, vocabularies)));
  }

  private static Optional<List<URI>> urls(Section section, RabbitMqConfig.Sources sources) {
    if (sources.sources().contains(Source.MANAGEMENT)) {
      return section.requiredList("url", new UrlFormat());
    }
    if (section.has("url")) {
      section.reject("url", "not for the Prometheus plugin", "prometheus_addresses");
    } else if (sources.prometheusAddresses().isEmpty()) {
      section.reject(
          "prometheus_addresses", "missing", "an address of each node where sources is prometheus");
    }
    return Optional.of(List.of());
  }

  private static RabbitMqConfig.Access access(Section section) {
    String username =
        section.value("username", TextFormat.notEmpty(text -> text)).orElse(DEFAULT_USER);
    Secret password =
        section
            .value("password", TextFormat.notEmpty(Secret::new))
            .orElse(new Secret(DEFAULT_PASSWORD));
    return new RabbitMqConfig.Access(username, password, TlsDecoder.decode(section));
  }

  private static RabbitMqConfig.Sources sources(Section section) {
    RabbitMqConfig.Sources defaults = RabbitMqConfig.Sources.DEFAULT;
    List<Source> sources = section.list("sources", new EnumFormat<>(Source.class));
    List<String> families =
        section.has("prometheus_families")
            ? section.list("prometheus_families", FAMILY)
            : defaults.prometheusFamilies();
    return new RabbitMqConfig.Sources(
        sources.isEmpty() ? defaults.sources() : Set.copyOf(sources),
        section.list("prometheus_addresses", new UrlFormat()),
        families,
        section
            .value("raft_names", new EnumFormat<>(RaftNames.class))
            .orElse(defaults.raftNames()));
  }
}
