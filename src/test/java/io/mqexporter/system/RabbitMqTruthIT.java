package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqCtl;
import io.mqexporter.brokers.RabbitMqRelease;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqQueueMetric;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the agent's numbers against what RabbitMQ's own tool says. */
@Timeout(400)
class RabbitMqTruthIT {

  // Quorum queues tell their numbers every five seconds.
  private static final int EQUAL_POLLS_AT_REST = 8;

  /** What the tool calls the numbers, and what we call them. */
  private static final Map<String, RabbitMqQueueMetric> NUMBERS =
      Map.ofEntries(
          Map.entry("messages", RabbitMqQueueMetric.MESSAGES),
          Map.entry("messages_ready", RabbitMqQueueMetric.MESSAGES_READY),
          Map.entry("messages_unacknowledged", RabbitMqQueueMetric.MESSAGES_UNACKED),
          Map.entry("messages_ram", RabbitMqQueueMetric.MESSAGES_RAM),
          Map.entry("messages_ready_ram", RabbitMqQueueMetric.MESSAGES_READY_RAM),
          Map.entry("messages_unacknowledged_ram", RabbitMqQueueMetric.MESSAGES_UNACKED_RAM),
          Map.entry("messages_persistent", RabbitMqQueueMetric.MESSAGES_PERSISTENT),
          Map.entry("message_bytes", RabbitMqQueueMetric.BYTES),
          Map.entry("message_bytes_ready", RabbitMqQueueMetric.BYTES_READY),
          Map.entry("message_bytes_unacknowledged", RabbitMqQueueMetric.BYTES_UNACKED),
          Map.entry("message_bytes_ram", RabbitMqQueueMetric.BYTES_RAM),
          Map.entry("message_bytes_persistent", RabbitMqQueueMetric.BYTES_PERSISTENT),
          Map.entry("head_message_timestamp", RabbitMqQueueMetric.HEAD_TIMESTAMP),
          Map.entry("consumers", RabbitMqQueueMetric.CONSUMERS));

  /** The texts that the tool tells, and the labels in which we tell them. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "type", "queue_type",
          "durable", "durable",
          "exclusive", "exclusive",
          "auto_delete", "auto_delete",
          "policy", "policy");

  private static final List<String> COLUMNS =
      Stream.of(
              NUMBERS.keySet().stream(),
              TEXTS.keySet().stream(),
              Stream.of("state", "leader", "members", "online"))
          .flatMap(columns -> columns)
          .toList();

  /** What changes while nothing happens. */
  private static final Set<RabbitMqQueueMetric> RESTLESS =
      Set.of(
          RabbitMqQueueMetric.MEMORY,
          RabbitMqQueueMetric.REDUCTIONS,
          RabbitMqQueueMetric.OLDEST_AGE_MIN,
          RabbitMqQueueMetric.OLDEST_AGE_MAX);

  private int equalPolls;
  private Map<String, Double> lastPoll = Map.of();

  @ParameterizedTest
  @CsvSource({"INSTALLED, 75", "TRIXIE, 75", "SID, 500"})
  void showsTheSameNumbersAsRabbitMqCtlForQueuesOfRandomShapes(RabbitMqRelease release, int count)
      throws Exception {
    long seed = System.nanoTime();
    System.out.println("RabbitMqTruthIT: seed " + seed);
    try (var broker =
            RabbitMqBroker.start("truth-" + release.name().toLowerCase(Locale.ROOT), release, "");
        var _ = RabbitMqShapes.declare(broker, release, count, new Random(seed));
        var collector = collector(broker)) {
      awaitRest(collector, count);

      List<RabbitMqCtl.Queue> theirs = RabbitMqCtl.listQueues(broker, COLUMNS);
      var ours = new QueueSeries(collector.collect(soon()));

      assertThat(theirs)
          .as("seed %d", seed)
          .hasSize(count)
          .anyMatch(queue -> queue.columns().path("messages_ready").asLong() > 0)
          .anyMatch(queue -> queue.columns().path("messages_unacknowledged").asLong() > 0)
          .anyMatch(queue -> queue.columns().path("consumers").asLong() > 1)
          .anyMatch(queue -> queue.columns().path("head_message_timestamp").asLong() > 0)
          .anyMatch(queue -> queue.columns().path("policy").asText().equals("short"));
      assertThat(ours.ids())
          .isEqualTo(
              theirs.stream()
                  .map(queue -> List.of(queue.vhost(), queue.name()))
                  .collect(Collectors.toSet()));
      var differences = new ArrayList<String>();
      int compared = theirs.stream().mapToInt(queue -> compare(queue, ours, differences)).sum();
      System.out.printf(
          "RabbitMqTruthIT: %s, %d queues, %d values, %d differences%n",
          release, theirs.size(), compared, differences.size());
      assertThat(differences).as("seed %d", seed).isEmpty();
      assertThat(compared).isGreaterThan(15 * count);
    }
  }

  /** Compares two views of a queue where the tool tells, and returns how many values it told. */
  private static int compare(RabbitMqCtl.Queue theirs, QueueSeries ours, List<String> differences) {
    List<String> id = List.of(theirs.vhost(), theirs.name());
    Map<String, String> told = new HashMap<>();
    Map<String, String> shown = new HashMap<>();
    NUMBERS.forEach((column, metric) -> {
      JsonNode value = theirs.columns().path(column);
      if (value.isIntegralNumber()) {
        told.put(column, value.asText());
        shown.put(column, ours.number(metric, id));
      }
    });
    TEXTS.forEach((column, label) -> {
      String text = theirs.columns().path(column).asText();
      // Of replicated queues the tool does not say whether they are exclusive.
      if (!text.isEmpty() || column.equals("policy")) {
        told.put(column, text);
        shown.put(column, ours.label(RabbitMqQueueMetric.INFO, label, id));
      }
    });
    told.put("state", theirs.columns().path("state").asText());
    shown.put("state", ours.label(RabbitMqQueueMetric.STATE, "state", id));
    if (theirs.columns().path("type").asText().equals("quorum")) {
      told.put("leader", theirs.columns().path("leader").asText());
      shown.put("leader", ours.label(RabbitMqQueueMetric.LEADER_INFO, "rabbitmq_node", id));
      told.put("members", "" + theirs.columns().path("members").size());
      shown.put("members", ours.number(RabbitMqQueueMetric.MEMBERS, id));
      told.put("online", "" + theirs.columns().path("online").size());
      shown.put("online", ours.number(RabbitMqQueueMetric.MEMBERS_ONLINE, id));
    }
    if (!told.equals(shown)) {
      differences.add("%s%ntheirs: %s%nours: %s".formatted(id, told, shown));
    }
    return told.size();
  }

  /** Waits until every queue has told its numbers and none of them has changed for a while. */
  private void awaitRest(RabbitMqCollector collector, int count) {
    await()
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          var series = new QueueSeries(collector.collect(soon()));
          boolean complete =
              series.ids().size() == count
                  && series.ids().stream()
                      .allMatch(id ->
                          !series.number(RabbitMqQueueMetric.MESSAGES, id).isEmpty()
                              && !series.number(RabbitMqQueueMetric.CONSUMERS, id).isEmpty()
                              && !series.label(RabbitMqQueueMetric.STATE, "state", id).isEmpty());
          Map<String, Double> poll = series.atRest();
          equalPolls = complete && poll.equals(lastPoll) ? equalPolls + 1 : 0;
          lastPoll = poll;
          return equalPolls >= EQUAL_POLLS_AT_REST;
        });
  }

  /** The series of queues in one collection, each at most once. */
  private static final class QueueSeries {

    private final Map<RabbitMqQueueMetric, Map<List<String>, Sample>> samples =
        new EnumMap<>(RabbitMqQueueMetric.class);

    QueueSeries(Collected collected) {
      assertThat(collected.missing()).isEmpty();
      for (MetricFamily family : collected.families()) {
        if (family.descriptor() instanceof RabbitMqQueueMetric metric) {
          samples.put(
              metric,
              family.samples().stream()
                  .collect(
                      Collectors.toMap(
                          sample -> sample.labelValues().subList(1, 3), Function.identity())));
        }
      }
    }

    Set<List<String>> ids() {
      return of(RabbitMqQueueMetric.INFO).keySet();
    }

    String number(RabbitMqQueueMetric metric, List<String> id) {
      return Optional.ofNullable(of(metric).get(id))
          .map(sample -> "" + (long) sample.value())
          .orElse("");
    }

    String label(RabbitMqQueueMetric metric, String label, List<String> id) {
      return Optional.ofNullable(of(metric).get(id))
          .map(sample -> sample.labelValues().get(metric.labelNames().indexOf(label)))
          .orElse("");
    }

    /** Returns every value that does not change while nothing happens. */
    Map<String, Double> atRest() {
      var values = new HashMap<String, Double>();
      samples.forEach((metric, series) -> {
        if (!RESTLESS.contains(metric)) {
          series.values().forEach(s -> values.put(metric + " " + s.labelValues(), s.value()));
        }
      });
      return values;
    }

    private Map<List<String>, Sample> of(RabbitMqQueueMetric metric) {
      return samples.getOrDefault(metric, Map.of());
    }
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
    return Deadline.after(Duration.ofMinutes(1));
  }
}
