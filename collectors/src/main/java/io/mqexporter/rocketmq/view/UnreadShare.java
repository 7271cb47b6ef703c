package io.mqexporter.rocketmq.view;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import java.util.Optional;
import java.util.Set;

/**
 * What a broker holds that could not be read.
 *
 * @param broker the broker's name
 * @param topics the topics that it holds a part of; empty if it might be any
 * @param consumptions the consumptions that it holds a part of; empty if it might be any
 */
public record UnreadShare(
    String broker, Optional<Set<String>> topics, Optional<Set<GroupTopic>> consumptions) {

  /** Returns whether the broker may hold a part of a topic. */
  boolean mayHold(String topic) {
    return topics.map(known -> known.contains(topic)).orElse(true);
  }

  /** Returns whether the broker may hold a part of a consumption. */
  boolean mayHold(GroupTopic consumption) {
    return consumptions.map(known -> known.contains(consumption)).orElse(true);
  }
}
