package io.mqexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Missing;
import io.mqexporter.exposition.Backlogs.Answer;
import io.mqexporter.exposition.Backlogs.Question;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricFamilies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BacklogsTest {

  private static final Target ORDERS = target("kafka", "orders");
  private static final Target SHOP = target("rabbitmq", "shop");

  private final TestClock clock = new TestClock();
  private final Backlogs backlogs =
      new Backlogs(new LatestResults(List.of(ORDERS, target("jmx", "orders"), SHOP)), clock);
  private final Instant start = clock.now;
  private final MetricFamilies families = new MetricFamilies();

  @Test
  void theDestinationsOfAGroupAreSummedUp() {
    consumption("invoices", "billing", 7, 3.5, "history");
    consumption("refunds", "billing", 5, 60, "record");
    consumption("invoices", "audit", 100, 1, "record");
    families.add(KafkaMetric.TOPIC_PARTITIONS, 12, "orders", "invoices");
    families.add(KafkaMetric.TOPIC_PARTITIONS, 3, "orders", "refunds");
    read();
    clock.now = start.plusSeconds(4);

    assertThat(find("billing"))
        .isEqualTo(
            new Answer.Known(
                12,
                OptionalDouble.of(60),
                OptionalDouble.empty(),
                OptionalLong.of(15),
                Duration.ofSeconds(4)));
    assertThat(backlogs.find(new Question("orders", "billing", "refunds", "")))
        .isEqualTo(
            new Answer.Known(
                5,
                OptionalDouble.of(60),
                OptionalDouble.empty(),
                OptionalLong.of(3),
                Duration.ofSeconds(4)));
  }

  @Test
  void endMarkersAreNobodysWork() {
    consumption("invoices", "billing", 1, 0, "");
    read();

    assertThat(find("billing"))
        .isInstanceOfSatisfying(Answer.Known.class, known -> assertThat(known.lag()).isZero());
  }

  @Test
  void workThatJustCameIsWork() {
    consumption("invoices", "billing", 9, 0, "history");
    read();

    assertThat(find("billing"))
        .isInstanceOfSatisfying(Answer.Known.class, known -> assertThat(known.lag()).isEqualTo(9));
  }

  @Test
  void aSumWithAnUnknownPartIsUnknown() {
    consumption("invoices", "billing", 7, 3.5, "history");
    status("refunds", "billing");
    read();

    assertThat(find("billing"))
        .isEqualTo(
            new Answer.Unknown("cluster orders, group billing: the lag on refunds is not known"));
  }

  @Test
  void anAnswerGrowsOld() {
    consumption("invoices", "billing", 7, 3.5, "history");
    read();

    clock.now = start.plusSeconds(44);
    assertThat(find("billing")).isInstanceOf(Answer.Known.class);
    clock.now = start.plusSeconds(45);
    assertThat(find("billing"))
        .isEqualTo(new Answer.Unknown("cluster orders: nothing was read lately"));
  }

  @Test
  void aClusterThatDoesNotAnswerHasNoEmptyGroups() {
    consumption("invoices", "billing", 7, 3.5, "history");
    read();
    backlogs.accept(
        new CollectionResult.Failure(ORDERS, clock.now, Duration.ZERO, 1, "connection refused"),
        new Exposed(List.of()));

    assertThat(find("billing"))
        .isEqualTo(
            new Answer.Unknown(
                "cluster orders, group billing: nothing was read: connection refused"));
  }

  @Test
  void aGroupThatWasNotReadIsNotGone() {
    consumption("invoices", "billing", 7, 3.5, "history");
    backlogs.accept(
        new CollectionResult.Partial(
            ORDERS,
            clock.now,
            Duration.ZERO,
            1,
            List.of(),
            List.of(new Missing("offsets of 1 group", "no coordinator"))),
        new Exposed(families.toList()));

    assertThat(find("billing")).isInstanceOf(Answer.Known.class);
    assertThat(find("audit"))
        .isEqualTo(new Answer.Unknown("cluster orders, group audit: not among what was read"));
  }

  @Test
  void whatIsNotThereIsSaid() {
    consumption("invoices", "billing", 7, 3.5, "history");
    read();

    assertThat(find("audit"))
        .isEqualTo(
            new Answer.NotThere(
                "cluster orders, group audit: not there (expected: one that has consumed"
                    + " something)"));
    assertThat(backlogs.find(new Question("order", "billing", "", "")))
        .isEqualTo(
            new Answer.NotThere(
                "cluster order: not in the configuration (expected: [orders, shop])"));
  }

  @Test
  void aQueueIsItsOwnGroup() {
    String[] here = {"rabbitmq", "shop", "/", "invoices", ""};
    String[] there = {"rabbitmq", "shop", "test", "invoices", ""};
    for (String[] labels : List.of(here, there)) {
      families.add(
          MessagingMetric.CONSUMER_STATUS, 1, labels[0], labels[1], labels[2], labels[3], "", "ok");
    }
    families.add(MessagingMetric.CONSUMER_LAG, 29, here);
    families.add(MessagingMetric.CONSUMER_LAG, 1, there);
    backlogs.accept(
        new CollectionResult.Success(SHOP, clock.now, Duration.ZERO, 1, List.of()),
        new Exposed(families.toList()));

    assertThat(backlogs.find(new Question("shop", "invoices", "", "/")))
        .isInstanceOfSatisfying(
            Answer.Known.class,
            known -> {
              assertThat(known.lag()).isEqualTo(29);
              assertThat(known.partitions()).isEmpty();
            });
  }

  private Answer find(String group) {
    return backlogs.find(new Question("orders", group, "", ""));
  }

  private void consumption(String topic, String group, long lag, double age, String source) {
    String[] labels = {"kafka", "orders", "", topic, group};
    status(topic, group);
    families.add(MessagingMetric.CONSUMER_LAG, lag, labels);
    families.add(MessagingMetric.CONSUMER_LAG_SECONDS, age, labels);
    if (!source.isEmpty()) {
      families.add(
          MessagingMetric.CONSUMER_LAG_SECONDS_SOURCE,
          1,
          "kafka",
          "orders",
          "",
          topic,
          group,
          source);
    }
  }

  private void status(String topic, String group) {
    families.add(MessagingMetric.CONSUMER_STATUS, 1, "kafka", "orders", "", topic, group, "ok");
    families.add(MessagingMetric.CONSUMER_STATUS, 0, "kafka", "orders", "", topic, group, "lost");
  }

  private void read() {
    backlogs.accept(
        new CollectionResult.Success(ORDERS, clock.now, Duration.ZERO, 1, List.of()),
        new Exposed(families.toList()));
  }

  private static Target target(String system, String name) {
    return new Target(
        system, name, Duration.ofSeconds(15), Duration.ofSeconds(5), SeriesLimit.NONE);
  }
}
