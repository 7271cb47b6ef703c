package io.mqexporter.brokers;

/** A release of RocketMQ's servers and tools. */
public enum RocketMqRelease {
  /** The release that the agent's own client belongs to. */
  CURRENT("rocketmq"),

  /** The last release but one of the line before it; the last is not complete on Maven Central. */
  V4_9("rocketmq-4.9");

  private final String classPathName;

  RocketMqRelease(String classPathName) {
    this.classPathName = classPathName;
  }

  /** Returns the class path on which it runs. */
  String classPath() {
    return Repository.classPathOf(classPathName);
  }
}
