package io.mqexporter.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes of a target's section which of the cluster's brokers the agent stands beside. */
final class SidecarDecoder {

  private static final String KEY = "sidecar_of";

  private static final Map<String, Format<String>> NAMES =
      Map.of(
          "kafka", name("the id of a broker, such as 1", "0|[1-9][0-9]{0,9}"),
          "rabbitmq", name("the name of a node, such as rabbit@host", "[^@\\s]+@[^@\\s]+"),
          "rocketmq", name("the name of a broker and its id, such as broker-a:0", "\\S+:[0-9]+"));

  private SidecarDecoder() {}

  /**
   * Reads the name of the broker, in the form that is this kind of broker's.
   *
   * @param sources what is read of the target, if that is known
   */
  static Optional<String> decode(Section target, Optional<Sources> sources) {
    Format<String> format =
        NAMES.entrySet().stream()
            .filter(kind -> target.has(kind.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(TextFormat.name());
    Optional<String> broker = target.value(KEY, format);
    if (target.has(KEY)) {
      sources.ifPresent(all -> rejectWhatEachWouldRead(target, all));
    }
    return broker;
  }

  private static Format<String> name(String expected, String pattern) {
    return new TextFormat<>(expected, Pattern.compile(pattern).asMatchPredicate(), text -> text);
  }

  /** What is not cut by brokers would be there once for each agent. */
  private static void rejectWhatEachWouldRead(Section target, Sources sources) {
    if (sources.jmx().stream().anyMatch(jmx -> jmx.port().isPresent())) {
      target.reject("jmx", "a port of all brokers", "addresses alone, beside " + KEY);
    }
    if (sources.broker() instanceof BrokerConfig.Kafka(var kafka) && !kafka.mirrors().isEmpty()) {
      target.reject("kafka", "mirrors", "mirrors where there is no " + KEY);
    }
  }
}
