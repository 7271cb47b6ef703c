package io.mqexporter.collection;

import static io.mqexporter.collection.TestFamilies.family;
import static io.mqexporter.metric.Granularity.CLUSTER;
import static io.mqexporter.metric.Granularity.DESTINATION;
import static io.mqexporter.metric.Granularity.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collection.LeftOut.Reason;
import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private static final List<MetricFamily> FAMILIES =
      List.of(
          family("messaging_up", CLUSTER, 1),
          family("messaging_lag", DESTINATION, 100),
          family("messaging_status", DESTINATION, 700),
          family("kafka_members", DESTINATION, 50),
          family("kafka_state", DESTINATION, 60),
          family("kafka_brokers", CLUSTER, 3),
          family("kafka_lag", PARTITION, 1000),
          family("kafka_offset", PARTITION, 1020),
          family("kafka_leader", PARTITION, 300));

  private static final int ALL = 3234;

  @Test
  void everythingIsExposedWithinTheLimit() {
    Selection selection = select(PARTITION, ALL);

    assertThat(selection.exposed()).isEqualTo(FAMILIES);
    assertThat(selection.leftOut()).isEmpty();
    assertThat(selection.series()).isEqualTo(ALL);
  }

  @Test
  void whatIsFinerThanTheGranularityIsLeftOut() {
    assertThat(names(select(DESTINATION, ALL)))
        .containsExactly(
            "messaging_up",
            "messaging_lag",
            "messaging_status",
            "kafka_members",
            "kafka_state",
            "kafka_brokers");
    assertThat(select(DESTINATION, ALL).leftOut())
        .containsExactly(
            new LeftOut(
                Reason.GRANULARITY, List.of("kafka_lag", "kafka_offset", "kafka_leader"), 2320));
    assertThat(names(select(CLUSTER, ALL))).containsExactly("messaging_up", "kafka_brokers");
  }

  @Test
  void beyondTheBudgetTheFinestGoFirstAndOfThoseTheLargest() {
    assertThat(leftOut(ALL - 1)).containsExactly("kafka_lag");
    assertThat(leftOut(ALL - 1001)).containsExactly("kafka_lag", "kafka_offset");
    assertThat(leftOut(1213)).containsExactly("kafka_lag", "kafka_offset", "kafka_leader");
  }

  @Test
  void theAggregatesOfDestinationsGoLastAndTheClustersNever() {
    assertThat(leftOut(913))
        .containsExactly("kafka_lag", "kafka_offset", "kafka_leader", "kafka_members");
    assertThat(leftOut(800)).endsWith("kafka_members", "kafka_state", "messaging_status");
    assertThat(leftOut(1)).endsWith("messaging_status", "messaging_lag").hasSize(7);
    assertThat(names(select(PARTITION, 1))).containsExactly("messaging_up", "kafka_brokers");
  }

  @Test
  void aFewSeriesMoreOrLessDoNotChangeWhatIsLeftOut() {
    List<MetricFamily> grown =
        FAMILIES.stream()
            .map(family ->
                family.descriptor().metricName().equals("kafka_lag")
                    ? family("kafka_lag", PARTITION, 1023)
                    : family)
            .toList();

    assertThat(Selection.of(grown, new SeriesLimit(PARTITION, ALL - 1)).leftOut())
        .singleElement()
        .extracting(LeftOut::metricNames)
        .isEqualTo(leftOut(ALL - 1));
  }

  @Test
  void theOrderInWhichFamiliesWereReadDoesNotMatter() {
    var shuffled = new ArrayList<>(FAMILIES);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(Selection.of(shuffled, new SeriesLimit(PARTITION, 1000)).leftOut())
        .isEqualTo(select(PARTITION, 1000).leftOut());
  }

  @Test
  void granularityComesBeforeTheBudget() {
    assertThat(select(DESTINATION, 900).leftOut())
        .extracting(LeftOut::describe)
        .containsExactly(
            "2320 series of kafka_lag, kafka_offset, kafka_leader", "50 series of kafka_members");
    assertThat(select(CLUSTER, ALL).leftOut())
        .extracting(LeftOut::describe)
        .containsExactly(
            "3230 series of messaging_lag, messaging_status, kafka_members and 4 more");
  }

  private static Selection select(Granularity granularity, int maxSeries) {
    return Selection.of(FAMILIES, new SeriesLimit(granularity, maxSeries));
  }

  private static List<String> leftOut(int maxSeries) {
    return select(PARTITION, maxSeries).leftOut().stream()
        .flatMap(leftOut -> leftOut.metricNames().stream())
        .toList();
  }

  private static List<String> names(Selection selection) {
    return selection.exposed().stream().map(family -> family.descriptor().metricName()).toList();
  }
}
