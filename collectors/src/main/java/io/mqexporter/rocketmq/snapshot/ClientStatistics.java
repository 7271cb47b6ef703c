package io.mqexporter.rocketmq.snapshot;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import java.util.Map;

/**
 * What a consumer tells of itself.
 *
 * @param client the consumer
 * @param topics how it fares with each topic
 * @param subscriptions what it has subscribed to, the expression by topic
 */
public record ClientStatistics(
    Client client, Map<String, OfTopic> topics, Map<String, String> subscriptions) {

  /** Copies the collections. */
  public ClientStatistics {
    topics = Map.copyOf(topics);
    subscriptions = Map.copyOf(subscriptions);
  }

  /** Returns the same of a client. */
  public ClientStatistics of(Client other) {
    return new ClientStatistics(other, topics, subscriptions);
  }

  /**
   * How a consumer fares with a topic; but for the last, over the last minute.
   *
   * @param pullMillis the mean time to pull
   * @param pulledPerSecond the messages pulled
   * @param consumeMillis the mean time to consume a message
   * @param consumedPerSecond the messages consumed
   * @param failedPerSecond the messages that could not be consumed
   * @param failedWithinHour the same within the last hour, as a number
   */
  public record OfTopic(
      double pullMillis,
      double pulledPerSecond,
      double consumeMillis,
      double consumedPerSecond,
      double failedPerSecond,
      long failedWithinHour) {}
}
