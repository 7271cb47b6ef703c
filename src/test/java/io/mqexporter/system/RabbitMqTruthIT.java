package io.mqexporter.system;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqCtl;
import io.mqexporter.brokers.RabbitMqCtl.Queue;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqMetric;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds the agent's numbers against what RabbitMQ's own tool says. */
@Timeout(400)
class RabbitMqTruthIT {

  private static final int QUEUES = 75;
  // Quorum queues tell their numbers every five seconds.
  private static final int EQUAL_POLLS_AT_REST = 8;

  private int equalPolls;
  private Map<List<String>, Queue> lastPoll = Map.of();

  @Test
  void showsTheSameNumbersAsRabbitMqCtlForQueuesOfRandomShapes() throws Exception {
    long seed = System.nanoTime();
    System.out.println("RabbitMqTruthIT: seed " + seed);
    try (var broker = RabbitMqBroker.start("truth");
        var _ = RabbitMqShapes.declare(broker, QUEUES, new Random(seed));
        var collector = collector(broker)) {
      awaitRest(collector);

      Map<List<String>, Queue> ours = queues(collector.collect(soon()));
      Map<List<String>, Queue> theirs =
          RabbitMqCtl.listQueues(broker).stream()
              .collect(
                  Collectors.toMap(
                      queue -> List.of(queue.vhost(), queue.name()), Function.identity()));

      assertThat(ours.keySet()).as("seed %d", seed).isEqualTo(theirs.keySet()).hasSize(QUEUES);
      assertThat(theirs.values())
          .as("seed %d", seed)
          .anyMatch(queue -> queue.ready().orElse(0) > 0)
          .anyMatch(queue -> queue.unacknowledged().orElse(0) > 0)
          .anyMatch(queue -> queue.consumers().orElse(0) > 1);
      var differences = new ArrayList<String>();
      int compared = 0;
      for (var entry : theirs.entrySet()) {
        Queue queue = requireNonNull(ours.get(entry.getKey()));
        compared += compare(entry.getValue(), queue, differences);
      }
      System.out.printf(
          "RabbitMqTruthIT: %d queues, %d values, %d differences%n",
          ours.size(), compared, differences.size());
      assertThat(differences).as("seed %d", seed).isEmpty();
      assertThat(compared).isGreaterThan(6 * QUEUES);
    }
  }

  /** Compares two views of a queue where both tell, and returns the number of values compared. */
  private static int compare(Queue theirs, Queue ours, List<String> differences) {
    boolean same = theirs.type().equals(ours.type()) && theirs.state().equals(ours.state());
    int compared = 2;
    List<OptionalLong> theirNumbers = numbers(theirs);
    List<OptionalLong> ourNumbers = numbers(ours);
    for (int i = 0; i < theirNumbers.size(); i++) {
      if (theirNumbers.get(i).isPresent() && ourNumbers.get(i).isPresent()) {
        same &= theirNumbers.get(i).equals(ourNumbers.get(i));
        compared++;
      }
    }
    if (!same) {
      differences.add("theirs: %s%nours: %s".formatted(theirs, ours));
    }
    return compared;
  }

  private static List<OptionalLong> numbers(Queue queue) {
    return List.of(
        queue.ready(), queue.unacknowledged(), queue.messages(), queue.consumers(), queue.bytes());
  }

  /** Waits until every queue has told its numbers and none of them has changed for a while. */
  private void awaitRest(RabbitMqCollector collector) {
    await()
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          Map<List<String>, Queue> poll = queues(collector.collect(soon()));
          boolean complete =
              poll.size() == QUEUES
                  && poll.values().stream()
                      .allMatch(queue ->
                          queue.messages().isPresent()
                              && queue.consumers().isPresent()
                              && !queue.state().isEmpty());
          equalPolls = complete && poll.equals(lastPoll) ? equalPolls + 1 : 0;
          lastPoll = poll;
          return equalPolls >= EQUAL_POLLS_AT_REST;
        });
  }

  private static Map<List<String>, Queue> queues(Collected collected) {
    assertThat(collected.missing()).isEmpty();
    var numbers = new HashMap<RabbitMqMetric, Map<List<String>, Sample>>();
    for (MetricFamily family : collected.families()) {
      if (family.descriptor() instanceof RabbitMqMetric metric
          && metric.labelNames().contains("queue")) {
        numbers.put(
            metric,
            family.samples().stream()
                .collect(
                    Collectors.toMap(
                        sample -> sample.labelValues().subList(1, 3), Function.identity())));
      }
    }
    return numbers.getOrDefault(RabbitMqMetric.QUEUE_INFO, Map.of()).keySet().stream()
        .collect(Collectors.toMap(Function.identity(), key -> queue(key, numbers)));
  }

  private static Queue queue(
      List<String> key, Map<RabbitMqMetric, Map<List<String>, Sample>> numbers) {
    return new Queue(
        key.get(0),
        key.get(1),
        number(key, numbers, RabbitMqMetric.QUEUE_MESSAGES_READY),
        number(key, numbers, RabbitMqMetric.QUEUE_MESSAGES_UNACKED),
        number(key, numbers, RabbitMqMetric.QUEUE_MESSAGES),
        number(key, numbers, RabbitMqMetric.QUEUE_CONSUMERS),
        number(key, numbers, RabbitMqMetric.QUEUE_BYTES),
        label(key, numbers, RabbitMqMetric.QUEUE_INFO),
        label(key, numbers, RabbitMqMetric.QUEUE_STATE));
  }

  /** Returns the first label after the queue's name. */
  private static String label(
      List<String> key,
      Map<RabbitMqMetric, Map<List<String>, Sample>> numbers,
      RabbitMqMetric metric) {
    Map<List<String>, Sample> samples = numbers.getOrDefault(metric, Map.of());
    return samples.containsKey(key) ? samples.get(key).labelValues().get(3) : "";
  }

  private static OptionalLong number(
      List<String> key,
      Map<RabbitMqMetric, Map<List<String>, Sample>> numbers,
      RabbitMqMetric metric) {
    Map<List<String>, Sample> samples = numbers.getOrDefault(metric, Map.of());
    return samples.containsKey(key)
        ? OptionalLong.of((long) samples.get(key).value())
        : OptionalLong.empty();
  }

  private static RabbitMqCollector collector(RabbitMqBroker broker) {
    return new RabbitMqCollector(
        "truth",
        new RabbitMqConfig(
            broker.managementUrl(), RabbitMqBroker.USERNAME, new Secret(RabbitMqBroker.PASSWORD)),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(30));
  }
}
