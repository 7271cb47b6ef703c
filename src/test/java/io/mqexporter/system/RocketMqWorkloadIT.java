package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Deadline;
import io.mqexporter.demo.RocketMqWorkload;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watches groups that fare differently, as an operator would. */
@Timeout(240)
class RocketMqWorkloadIT {

  private static final Duration WINDOW = Duration.ofSeconds(20);

  private List<MetricFamily> families = List.of();

  @Test
  void tellsHealthySlowAndStoppedGroupsApart() {
    boolean logsBefore = clientLogsExist();
    try (var broker = RocketMqBroker.start("rocketmq-workload");
        var collector =
            new RocketMqCollector(
                "shop",
                new RocketMqConfig(List.of(broker.nameServer()), Optional.empty()),
                WINDOW,
                Clock.systemUTC())) {
      try (var _ = RocketMqWorkload.start(broker)) {
        await()
            .atMost(Duration.ofSeconds(150))
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(() -> {
              families = collector.collect(Deadline.after(Duration.ofSeconds(10))).families();
              assertThat(status("billing")).isEqualTo("ok");
              assertThat(status("analytics")).isEqualTo("lagging");
              assertThat(status("shipping")).isEqualTo("stopped");
              assertThat(value(MessagingMetric.CONSUMER_LAG, "", "orders", "shipping"))
                  .hasValueSatisfying(lag -> assertThat(lag).isPositive());
              assertThat(value(MessagingMetric.CONSUMER_LAG_SECONDS, "", "orders", "shipping"))
                  .hasValueSatisfying(age -> assertThat(age).isBetween(10.0, 150.0));
              assertThat(value(MessagingMetric.CONSUMER_LAG, "", "orders", "newcomer")).isEmpty();
              assertThat(value(MessagingMetric.CONSUMER_MEMBERS, "", "", "newcomer")).hasValue(1.0);
              assertThat(value(RocketMqMetric.CONSUMER_TOPICS, "newcomer")).hasValue(0.0);
              assertThat(value(MessagingMetric.DEAD_LETTERS, "", "%DLQ%fraud-check"))
                  .hasValueSatisfying(dead -> assertThat(dead).isPositive());
              assertThat(value(MessagingMetric.DESTINATION_MESSAGES, "", "audit")).hasValue(100.0);
            });
      }
      assertThat(clientLogsExist()).isEqualTo(logsBefore);
    }
  }

  private String status(String group) {
    return values(MessagingMetric.CONSUMER_STATUS).entrySet().stream()
        .filter(entry -> entry.getKey().contains(group) && entry.getValue() == 1)
        .map(entry -> entry.getKey().getLast())
        .findFirst()
        .orElse("none");
  }

  private Optional<Double> value(MetricDescriptor descriptor, String... labels) {
    return Optional.ofNullable(values(descriptor).get(List.of(labels)));
  }

  private Map<List<String>, Double> values(MetricDescriptor descriptor) {
    int skipped = descriptor.labelNames().indexOf("messaging_cluster") + 1;
    return families.stream()
        .filter(family -> family.descriptor().equals(descriptor))
        .flatMap(family -> family.samples().stream())
        .collect(
            Collectors.toMap(
                sample -> sample.labelValues().subList(skipped, sample.labelValues().size()),
                Sample::value));
  }

  /** Where the client writes its own logs, unless it is told not to. */
  private static boolean clientLogsExist() {
    return Files.exists(Path.of(System.getProperty("user.home"), "logs", "rocketmqlogs"));
  }
}
