package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.rocketmq.common.PopAckConstants;
import org.apache.rocketmq.common.topic.TopicValidator;

/**
 * What of a broker is read. A group's retry and dead-letter topics are read where the group is; the
 * brokers' own topics always are, for they cost nothing.
 *
 * @param topics which of the users' topics
 * @param groups which consumer groups
 */
public record ReadFilter(NameFilter topics, NameFilter groups) {

  /**
   * Returns those of a broker's topics that are read.
   *
   * @param brokerNames the names of brokers and clusters
   * @param allGroups all groups of the broker, those that are not read too
   */
  <T> Map<String, T> topics(Map<String, T> all, Set<String> brokerNames, Set<String> allGroups) {
    return kept(all, topic -> readsTopic(topic, brokerNames, allGroups));
  }

  /** Returns those of a broker's groups that are read. */
  <T> Map<String, T> groups(Map<String, T> all) {
    return kept(all, groups::accepts);
  }

  /** Returns what groups that are read have committed on topics that are read. */
  Commits commits(Commits all, Set<String> brokerNames, Set<String> allGroups) {
    Predicate<GroupTopic> wanted =
        consumption ->
            (groups.accepts(consumption.group()) || TopicKind.isInternalGroup(consumption.group()))
                && readsTopic(consumption.topic(), brokerNames, allGroups);
    return new Commits(
        kept(all.committed(), wanted),
        all.pulled().map(pulled -> kept(pulled, wanted)),
        all.broadcasting());
  }

  /** Returns those of the users' topics that are read. */
  <T> Map<String, T> ordinaryTopics(Map<String, T> all) {
    return kept(all, topics::accepts);
  }

  private boolean readsTopic(String topic, Set<String> brokerNames, Set<String> allGroups) {
    if (topics.equals(NameFilter.ALL) && groups.equals(NameFilter.ALL)) {
      // To tell what a topic is for takes time; there are many.
      return true;
    }
    return switch (TopicKind.of(topic, brokerNames, allGroups)) {
      case TopicKind.Ordinary() -> topics.accepts(topic);
      case TopicKind.Retry(String group) -> groups.accepts(group);
      case TopicKind.DeadLetter(String group) -> groups.accepts(group);
      case TopicKind.Internal _ -> true;
    };
  }

  /** Returns the topics whose offsets are wanted, some of the broker's own among them. */
  static Set<String> withOffsets(Set<String> topics, Set<String> brokerNames) {
    var wanted = new TreeSet<>(topics);
    wanted.removeIf(topic ->
        !isWatched(topic)
            && TopicKind.of(topic, brokerNames, Set.of()) instanceof TopicKind.Internal);
    return wanted;
  }

  /** Returns whether a topic holds open transactions, or notes of what was popped. */
  private static boolean isWatched(String topic) {
    return topic.equals(TopicValidator.RMQ_SYS_TRANS_HALF_TOPIC)
        || PopAckConstants.isStartWithRevivePrefix(topic);
  }

  private static <K, V> Map<K, V> kept(Map<K, V> all, Predicate<K> wanted) {
    var kept = new HashMap<>(all);
    kept.keySet().removeIf(wanted.negate());
    return kept;
  }
}
