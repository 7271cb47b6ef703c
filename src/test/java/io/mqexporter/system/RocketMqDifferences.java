package io.mqexporter.system;

import io.mqexporter.brokers.RocketMqAdmin;
import io.mqexporter.brokers.RocketMqAdmin.GroupProgress;
import io.mqexporter.brokers.RocketMqAdmin.QueueProgress;
import io.mqexporter.brokers.RocketMqAdmin.QueueStatus;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * What {@code mqadmin} and a collection do not agree on.
 *
 * @param admin the tool
 * @param values what was collected
 */
record RocketMqDifferences(RocketMqAdmin admin, MetricValues values) {

  /** Compares the offsets of topics. */
  List<String> offsets(Set<String> topics) {
    var min = new HashMap<List<String>, Double>();
    var max = new HashMap<List<String>, Double>();
    for (String topic : topics) {
      for (QueueStatus row : admin.status(topic).rows()) {
        var key = List.of(topic, row.broker(), Integer.toString(row.queueId()));
        min.put(key, (double) row.minOffset());
        max.put(key, (double) row.maxOffset());
      }
    }
    var differences = new ArrayList<String>();
    differences.addAll(
        MetricValues.differences(values.of(RocketMqMetric.TOPIC_MIN_OFFSET, topics), min));
    differences.addAll(
        MetricValues.differences(values.of(RocketMqMetric.TOPIC_MAX_OFFSET, topics), max));
    return differences;
  }

  /** Compares what groups have committed, and how far behind they are. */
  List<String> consumptions(Set<String> groups) {
    var committed = values.of(RocketMqMetric.CONSUMER_COMMITTED, groups);
    var toolCommitted = new HashMap<List<String>, Double>();
    var toolLag = new HashMap<List<String>, Double>();
    var differences = new ArrayList<String>();
    for (String group : groups) {
      for (QueueProgress row : admin.progress(group).rows()) {
        var key = List.of(group, row.topic(), row.broker(), Integer.toString(row.queueId()));
        if (committed.containsKey(key)) {
          toolCommitted.put(key, (double) row.consumerOffset());
          toolLag.put(key, (double) row.diff());
        } else if (row.consumerOffset() != 0) {
          // The tool prints 0 where nothing was ever committed.
          differences.add(row + ": not there");
        }
      }
    }
    differences.addAll(MetricValues.differences(committed, toolCommitted));
    differences.addAll(
        MetricValues.differences(values.of(RocketMqMetric.CONSUMER_QUEUE_LAG, groups), toolLag));
    return differences;
  }

  /** Compares how many clients the groups have that the tool lists. */
  List<String> members(Collection<GroupProgress> groups) {
    var members = values.of(MessagingMetric.CONSUMER_MEMBERS);
    return groups.stream()
        .filter(
            row -> !Double.valueOf(row.clients()).equals(members.get(List.of("", "", row.group()))))
        .map(GroupProgress::toString)
        .toList();
  }
}
