package io.mqexporter.brokers;

/** A release of Kafka's broker. */
public enum KafkaRelease {
  /** The release that the agent's own client belongs to. */
  CURRENT("kafka"),

  /**
   * The same with the log of Kafka's own distribution, for which options of the JVM say where to.
   */
  LOGGING("kafka-logging"),

  /** The last line that can still run on ZooKeeper; here it runs on KRaft. */
  V3_9("kafka-3.9");

  private final String classPathName;

  KafkaRelease(String classPathName) {
    this.classPathName = classPathName;
  }

  /** Returns the class path on which it runs. */
  String classPath() {
    return Repository.classPathOf(classPathName);
  }

  /** Returns whether it knows share groups, and their properties. */
  boolean hasShareGroups() {
    return this != V3_9;
  }
}
