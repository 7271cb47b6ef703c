package io.mqexporter.rocketmq.reading;

import io.mqexporter.rocketmq.snapshot.BrokerStatistic;
import io.mqexporter.rocketmq.snapshot.BrokerStatistic.Kind;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.rocketmq.common.MixAll;

/** What a broker counts, with the offsets of the same messages: what it counts moves with them. */
final class BrokerCounts {

  private BrokerCounts() {}

  /**
   * Returns all that is counted of some topics and of those who consume them, with sums of offsets.
   */
  static Map<BrokerStatistic, Long> of(
      Set<String> topics,
      Map<String, Map<Integer, QueueOffsets>> offsets,
      Optional<Commits> commits) {
    var sums = new HashMap<BrokerStatistic, Long>();
    for (String topic : topics) {
      sums.put(new BrokerStatistic(Kind.TOPIC_PUT_SIZE, topic, ""), written(offsets, topic));
    }
    commits.ifPresent(told -> {
      Map<GroupTopic, Map<Integer, Long>> pulled = told.pulled().orElse(Map.of());
      told.committed()
          .forEach((consumption, committed) -> {
            String group = consumption.group();
            if (topics.contains(consumption.topic()) && !TopicKind.isInternalGroup(group)) {
              sums.put(
                  new BrokerStatistic(Kind.GROUP_GET_SIZE, consumption.topic(), group),
                  sum(committed) + sum(pulled.getOrDefault(consumption, Map.of())));
              // What a group gives back is written to its retry topic, or to its dead letters.
              sums.put(
                  new BrokerStatistic(Kind.SNDBCK_PUT_NUMS, consumption.topic(), group),
                  written(offsets, MixAll.getRetryTopic(group))
                      + written(offsets, MixAll.getDLQTopic(group)));
            }
          });
    });
    return sums;
  }

  private static long written(Map<String, Map<Integer, QueueOffsets>> offsets, String topic) {
    return offsets.getOrDefault(topic, Map.of()).values().stream()
        .mapToLong(QueueOffsets::max)
        .sum();
  }

  private static long sum(Map<Integer, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }
}
