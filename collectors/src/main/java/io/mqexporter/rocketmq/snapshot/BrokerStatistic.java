package io.mqexporter.rocketmq.snapshot;

import java.util.Comparator;

/**
 * What a broker counts of one topic or consumption, and tells as the mean of its last minute.
 *
 * @param kind what is counted
 * @param topic the topic
 * @param group the group that consumes it; empty if the topic's producers are counted
 */
public record BrokerStatistic(Kind kind, String topic, String group) {

  /** By what is counted, then by name. */
  public static final Comparator<BrokerStatistic> ORDER =
      Comparator.comparing(BrokerStatistic::kind)
          .thenComparing(BrokerStatistic::topic)
          .thenComparing(BrokerStatistic::group);

  /** What is counted, under the broker's own names ({@code org.apache.rocketmq.common.stats}). */
  public enum Kind {
    /** Bytes written to a topic. */
    TOPIC_PUT_SIZE,
    /** Bytes given to a group. */
    GROUP_GET_SIZE,
    /** Messages that a group has given back because it failed to consume them. */
    SNDBCK_PUT_NUMS
  }

  /** Returns by what the broker knows it. */
  public String key() {
    return group.isEmpty() ? topic : topic + "@" + group;
  }
}
