package io.mqexporter.rocketmq.snapshot;

import java.util.Comparator;
import java.util.Set;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.topic.TopicValidator;

/** What a topic is for, which its name tells. */
public sealed interface TopicKind {

  /** Where messages wait: for a delay level, and on the timer wheel. */
  Set<String> DELAYING = Set.of(TopicValidator.RMQ_SYS_SCHEDULE_TOPIC, "rmq_sys_wheel_timer");

  /** A topic of the users. */
  record Ordinary() implements TopicKind {}

  /**
   * What a group failed to consume and will be given again.
   *
   * @param group the consumer group
   */
  record Retry(String group) implements TopicKind {}

  /**
   * What a group failed to consume for good.
   *
   * @param group the consumer group
   */
  record DeadLetter(String group) implements TopicKind {}

  /**
   * A topic of the brokers themselves.
   *
   * @param delays whether messages wait in it for their time
   */
  record Internal(boolean delays) implements TopicKind {}

  /** Returns the value of the label that tells kinds apart. */
  default String label() {
    return switch (this) {
      case Ordinary() -> "ordinary";
      case Retry(_) -> "retry";
      case DeadLetter(_) -> "dead_letter";
      case Internal(boolean delays) -> delays ? "delay" : "system";
    };
  }

  /**
   * Tells what a topic is for.
   *
   * @param brokerNames the names of brokers and clusters: each has a topic of its own
   * @param groups all consumer groups
   */
  static TopicKind of(String topic, Set<String> brokerNames, Set<String> groups) {
    if (topic.startsWith(MixAll.DLQ_GROUP_TOPIC_PREFIX)) {
      return new DeadLetter(topic.substring(MixAll.DLQ_GROUP_TOPIC_PREFIX.length()));
    }
    if (topic.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX)) {
      return new Retry(retrier(topic.substring(MixAll.RETRY_GROUP_TOPIC_PREFIX.length()), groups));
    }
    return isInternal(topic, brokerNames) ? new Internal(DELAYING.contains(topic)) : new Ordinary();
  }

  /** Tells whether a group belongs to the brokers and tools themselves. */
  static boolean isInternalGroup(String group) {
    return MixAll.isPredefinedGroup(group)
        || MixAll.isSysConsumerGroup(group)
        || MixAll.isSysConsumerGroupPullMessage(group);
  }

  private static boolean isInternal(String topic, Set<String> brokerNames) {
    String replyTopic = "_" + MixAll.REPLY_TOPIC_POSTFIX;
    String owner =
        topic.endsWith(replyTopic)
            ? topic.substring(0, topic.length() - replyTopic.length())
            : topic;
    return TopicValidator.isSystemTopic(topic) || brokerNames.contains(owner);
  }

  /**
   * POP consumers have a retry topic for each topic: {@code group_topic} or {@code group+topic}.
   */
  private static String retrier(String suffix, Set<String> groups) {
    if (groups.contains(suffix)) {
      return suffix;
    }
    return groups.stream()
        .filter(group -> suffix.startsWith(group + "_") || suffix.startsWith(group + "+"))
        .max(Comparator.comparingInt(String::length))
        .orElse(suffix);
  }
}
