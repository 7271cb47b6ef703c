package io.mqexporter.jmx;

import java.util.Collection;
import java.util.Objects;
import javax.management.ObjectName;

/** Tells which node of a Kafka cluster runs in a JVM. */
final class KafkaNode {

  private KafkaNode() {}

  /**
   * Returns the id of the broker or controller, which it tells by {@code
   * kafka.server:type=app-info,id=…}; empty if there is none.
   */
  static String id(Collection<ObjectName> names) {
    return names.stream()
        .filter(name -> name.getDomain().equals("kafka.server"))
        .filter(name -> "app-info".equals(name.getKeyProperty("type")))
        .map(name -> name.getKeyProperty("id"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }
}
