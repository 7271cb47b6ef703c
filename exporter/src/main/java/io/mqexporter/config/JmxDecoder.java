package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import io.mqexporter.jmx.JmxConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the configuration of JMX of its section. */
final class JmxDecoder {

  private JmxDecoder() {}

  /**
   * Reads the section {@code jmx} of a target.
   *
   * @param brokersAreJvms whether the target's brokers have JMX ports
   */
  static Optional<JmxConfig> decode(Section section, boolean brokersAreJvms) {
    List<String> addresses =
        section.has("addresses")
            ? section.requiredList("addresses", TextFormat.address()).orElse(List.of())
            : List.of();
    Optional<Integer> port = section.value("port", new WholeNumberFormat(1, 65_535));
    if (!section.has("addresses") && !section.has("port")) {
      String expected = brokersAreJvms ? "port or addresses" : "addresses";
      section.reject("", "neither port nor addresses", expected);
    } else if (section.has("port") && !brokersAreJvms) {
      section.reject("port", "not for RabbitMQ, whose nodes are no JVMs", "addresses");
    }
    Optional<String> username = section.value("username", TextFormat.notEmpty(text -> text));
    Optional<Secret> password = section.value("password", TextFormat.notEmpty(Secret::new));
    section.rejectIfAlone("username", "password");
    section.rejectIfAlone("password", "username");
    Optional<JmxConfig.Tls> tls = section.section("tls", JmxDecoder::tls);
    int maxMbeans =
        section
            .value("max_mbeans", new WholeNumberFormat(1, 1_000_000))
            .orElse(JmxConfig.DEFAULT_MAX_MBEANS);
    return Optional.of(
        new JmxConfig(
            addresses,
            port.map(OptionalInt::of).orElse(OptionalInt.empty()),
            username.flatMap(u -> password.map(p -> new JmxConfig.Credentials(u, p))),
            tls,
            section.value("rules", new RuleFileFormat(section.configFile())),
            maxMbeans));
  }

  private static Optional<JmxConfig.Tls> tls(Section section) {
    Optional<Path> trustStore = section.value("trust_store", TextFormat.file());
    Optional<Secret> trustStorePassword =
        section.value("trust_store_password", TextFormat.notEmpty(Secret::new));
    section.rejectIfAlone("trust_store_password", "trust_store");
    Optional<Path> keyStore = section.value("key_store", TextFormat.file());
    Optional<Secret> keyStorePassword =
        section.value("key_store_password", TextFormat.notEmpty(Secret::new));
    section.rejectIfAlone("key_store", "key_store_password");
    section.rejectIfAlone("key_store_password", "key_store");
    boolean verifyHost = section.value("verify_host", TextFormat.yesOrNo()).orElse(true);
    return Optional.of(
        new JmxConfig.Tls(trustStore, trustStorePassword, keyStore, keyStorePassword, verifyHost));
  }
}
