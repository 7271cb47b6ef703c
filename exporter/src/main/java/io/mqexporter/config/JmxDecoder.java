package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import io.mqexporter.jmx.JmxConfig;
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
    int maxMbeans =
        section
            .value("max_mbeans", new WholeNumberFormat(1, 1_000_000))
            .orElse(JmxConfig.DEFAULT_MAX_MBEANS);
    return Optional.of(
        new JmxConfig(
            addresses,
            port.map(OptionalInt::of).orElse(OptionalInt.empty()),
            username.flatMap(u -> password.map(p -> new JmxConfig.Credentials(u, p))),
            maxMbeans));
  }
}
