package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.RocketMqAdmin;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.brokers.RocketMqRelease;
import io.mqexporter.brokers.RocketMqSetup;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds what is collected from a broker of the 4.9 line against the tool of that line. */
class RocketMqOlderReleaseIT {

  @Test
  void everythingEqualsWhatTheToolFinds() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("RocketMqOlderReleaseIT: again with -Dseed=" + seed);
    try (var broker =
            RocketMqBroker.start("rocketmq-4.9", RocketMqSetup.SINGLE.of(RocketMqRelease.V4_9));
        var shapes = new RocketMqShapes(broker, seed);
        RocketMqCollector collector = RocketMqPass.collector(broker.nameServer())) {
      RocketMqAtRest atRest = RocketMqAtRest.await(collector, List.of(), RocketMqShapes.BUSY);
      MetricValues values = atRest.values();
      assertThat(atRest.collected().missing()).isEmpty();
      assertThat(values.of(RocketMqMetric.CONSUMER_TOPICS)).hasSizeGreaterThanOrEqualTo(60);
      assertThat(values.of(RocketMqBrokerMetric.BROKER_INFO).keySet())
          .singleElement()
          .satisfies(labels -> assertThat(labels.getLast()).isEqualTo("4.9.7"));
      var differences = new RocketMqDifferences(new RocketMqAdmin(broker.cluster()), values);
      var topics = new TreeSet<>(shapes.messages().keySet());
      topics.add("%DLQ%" + RocketMqShapes.DEAD_LETTERS);
      topics.add("%RETRY%" + RocketMqShapes.RETRYING);
      assertThat(differences.offsets(topics)).isEmpty();
      var groups = new TreeSet<>(shapes.groups());
      // The tool tells nothing of the one, and a negative lag of the other.
      groups.removeAll(Set.of(RocketMqShapes.WITHOUT_RETRY_TOPIC, RocketMqShapes.BEYOND));
      assertThat(differences.consumptions(groups)).isEmpty();
      assertThat(differences.members(differences.admin().groups().rows())).isEmpty();
      assertThat(values.of(RocketMqMetric.CONSUMER_INFLIGHT)).isEmpty();
      assertThat(values.of(RocketMqMetric.CONSUMER_DEAD_LETTERS).keySet())
          .containsExactly(List.of(RocketMqShapes.DEAD_LETTERS));
      System.out.printf(
          "RocketMqOlderReleaseIT: %d groups, %d topics, 0 differences, %d requests%n",
          shapes.groups().size(), shapes.messages().size(), atRest.requests());
    }
  }
}
