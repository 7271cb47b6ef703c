package io.mqexporter.rocketmq.vocabulary;

import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.view.ClusterView;
import io.mqexporter.rocketmq.view.QueueCommit;
import io.mqexporter.rocketmq.view.RocketMqClusterState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.rocketmq.common.MixAll;

/**
 * What a vocabulary is given to render.
 *
 * @param target the target's name
 * @param view what was read
 * @param memory what is remembered of the collections before
 * @param rates the same of the counters that vocabularies have made rates of
 */
public record Reading(String target, ClusterView view, ClusterMemory memory, Rates rates) {

  /** Returns a master, if it is registered. */
  Optional<BrokerProcess> master(String broker) {
    return view.snapshot().processes().stream()
        .filter(process -> process.id() == MixAll.MASTER_ID && process.broker().equals(broker))
        .findFirst();
  }

  /** Returns the name of a broker's cluster in RocketMQ's own terms. */
  String cluster(String broker) {
    return master(broker).map(BrokerProcess::cluster).orElse("");
  }

  /** Returns what a group has committed, by broker. */
  static Map<String, List<QueueCommit>> byBroker(List<QueueCommit> commits) {
    return commits.stream()
        .collect(
            Collectors.groupingBy(
                commit -> commit.queue().broker(), TreeMap::new, Collectors.toList()));
  }

  /** Returns a group's consumption of these queues. */
  Consumption consumption(GroupTopic consumption, List<QueueCommit> commits) {
    return RocketMqClusterState.consumption(view, consumption, commits);
  }

  /** Returns how old the oldest message is that a group has yet to consume of these queues. */
  OptionalDouble lagSeconds(GroupTopic consumption, List<QueueCommit> commits) {
    var ofQueues =
        new Consumption(
            DestinationId.topic(consumption.topic()),
            consumption.group(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            commits.stream().map(QueueCommit::consumption).toList());
    return memory.lagSeconds(ofQueues, view.snapshot().at());
  }

  /** Returns the sum of a topic's end offsets on a broker, if they are known. */
  static OptionalLong written(BrokerContents contents, String topic) {
    var offsets = contents.offsets().get(topic);
    return offsets == null
        ? OptionalLong.empty()
        : OptionalLong.of(offsets.values().stream().mapToLong(queue -> queue.max()).sum());
  }

  /** Returns the sum over queues, or nothing if it is not known of one of them. */
  static OptionalLong sum(List<QueueCommit> commits, Function<QueueCommit, OptionalLong> of) {
    long sum = 0;
    for (QueueCommit commit : commits) {
      OptionalLong one = of.apply(commit);
      if (one.isEmpty()) {
        return one;
      }
      sum += one.getAsLong();
    }
    return OptionalLong.of(sum);
  }
}
