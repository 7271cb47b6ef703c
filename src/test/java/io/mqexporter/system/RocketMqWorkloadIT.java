package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Deadline;
import io.mqexporter.demo.RocketMqWorkload;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqMetric;
import io.mqexporter.rocketmq.vocabulary.RocketMqExporterMetric;
import io.mqexporter.rocketmq.vocabulary.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Watches groups that fare differently, as an operator would. */
class RocketMqWorkloadIT {

  private static final Duration WINDOW = Duration.ofSeconds(20);

  private MetricValues values = new MetricValues(List.of());

  @Test
  void tellsHealthySlowAndStoppedGroupsApart() {
    boolean logsBefore = clientLogsExist();
    try (var broker = RocketMqBroker.start("rocketmq-workload");
        var collector =
            new RocketMqCollector(
                "shop",
                new RocketMqConfig(List.of(broker.nameServer()), Optional.empty())
                    .with(new RocketMqConfig.Further(List.of(), List.of(), true, true, true))
                    .speaking(List.of(Vocabulary.ROCKETMQ_EXPORTER)),
                WINDOW,
                Clock.systemUTC())) {
      long start = System.nanoTime();
      try (var _ = RocketMqWorkload.start(broker)) {
        await()
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(() -> {
              values =
                  new MetricValues(
                      collector.collect(Deadline.after(Duration.ofMinutes(1))).families());
              assertThat(status("billing")).isEqualTo("ok");
              assertThat(status("analytics")).isEqualTo("lagging");
              assertThat(status("shipping")).isEqualTo("stopped");
              assertThat(values.value(MessagingMetric.CONSUMER_LAG, "", "orders", "shipping"))
                  .hasValueSatisfying(lag -> assertThat(lag).isPositive());
              assertThat(
                      values.value(MessagingMetric.CONSUMER_LAG_SECONDS, "", "orders", "shipping"))
                  .hasValueSatisfying(age -> assertThat(age).isBetween(10.0, secondsSince(start)));
              assertThat(values.of(MessagingMetric.CONSUMER_LAG_SECONDS_SOURCE))
                  .as("a message that the broker has looked at")
                  .containsKey(List.of("", "orders", "shipping", "record"));
              assertThat(values.value(MessagingMetric.CONSUMER_LAG, "", "orders", "newcomer"))
                  .isEmpty();
              assertThat(values.value(MessagingMetric.CONSUMER_MEMBERS, "", "", "newcomer"))
                  .hasValue(1.0);
              assertThat(values.value(RocketMqMetric.CONSUMER_TOPICS, "newcomer")).hasValue(0.0);
              assertThat(values.value(MessagingMetric.DEAD_LETTERS, "", "%DLQ%fraud-check"))
                  .hasValueSatisfying(dead -> assertThat(dead).isPositive());
              assertThat(values.value(MessagingMetric.DESTINATION_MESSAGES, "", "audit"))
                  .hasValue(100.0);
              assertThat(ofClient(RocketMqMetric.CLIENT_CONSUME, "analytics", "orders"))
                  .as("what it needs for a message, as it tells itself")
                  .isBetween(0.1, 0.5);
              assertThat(ofClient(RocketMqMetric.CLIENT_FAILURES, "fraud-check", "payments"))
                  .isPositive();
              assertThat(ofClient(RocketMqMetric.CLIENT_FAILURES, "billing", "orders")).isZero();
              assertThat(counted(RocketMqExporterMetric.PRODUCER_SIZE, "orders")).isPositive();
              assertThat(counted(RocketMqExporterMetric.CONSUMER_SIZE, "orders", "billing"))
                  .isPositive();
              assertThat(counted(RocketMqExporterMetric.SEND_BACK, "payments", "fraud-check"))
                  .isPositive();
              assertThat(counted(RocketMqExporterMetric.SEND_BACK, "orders", "billing")).isZero();
            });
      }
      assertThat(clientLogsExist()).isEqualTo(logsBefore);
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Returns what the only client of a group tells of a topic; -1 if it tells nothing. */
  private double ofClient(RocketMqMetric metric, String group, String topic) {
    return values.of(metric).entrySet().stream()
        .filter(entry -> entry.getKey().subList(0, 2).equals(List.of(group, topic)))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElse(-1);
  }

  /** Returns what the only broker has counted; -1 if it tells nothing. */
  private double counted(RocketMqExporterMetric metric, String... of) {
    return values.of(metric).entrySet().stream()
        .filter(entry -> entry.getKey().subList(2, entry.getKey().size()).equals(List.of(of)))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElse(-1);
  }

  private String status(String group) {
    return values.of(MessagingMetric.CONSUMER_STATUS).entrySet().stream()
        .filter(entry -> entry.getKey().contains(group) && entry.getValue() == 1)
        .map(entry -> entry.getKey().getLast())
        .findFirst()
        .orElse("none");
  }

  /** Where the client writes its own logs, unless it is told not to. */
  private static boolean clientLogsExist() {
    return Files.exists(Path.of(System.getProperty("user.home"), "logs", "rocketmqlogs"));
  }
}
