package io.mqexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.LeftOut;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Missing;
import io.mqexporter.metric.Granularity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusPageTest {

  private static final Target TARGET =
      new Target(
          "kafka",
          "orders",
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          new SeriesLimit(Granularity.DESTINATION, 1000));

  private static final List<LeftOut> LEFT_OUT =
      List.of(
          new LeftOut(LeftOut.Reason.GRANULARITY, List.of("kafka_lag"), 700),
          new LeftOut(LeftOut.Reason.BUDGET, List.of("kafka_state", "kafka_members"), 500));

  private final LatestResults results = new LatestResults(List.of(TARGET));
  private final StatusPage page =
      new StatusPage(
          results, "1", "/metrics", Clock.fixed(Instant.EPOCH.plusSeconds(3), ZoneOffset.UTC));

  @Test
  void whatIsLeftOutIsSaid() {
    results.publish(
        new CollectionResult.Success(TARGET, Instant.EPOCH, Duration.ofMillis(5), 0, LEFT_OUT),
        new Exposed(List.of()));

    assertThat(page.html())
        .contains(
            "<td><ul><li>finer than the granularity: 700 series of kafka_lag</li>"
                + "<li>beyond max_series, 1000: 500 series of kafka_state, kafka_members</li></ul>");
  }

  @Test
  void whatIsMissingIsSaidFirst() {
    var missing = List.of(new Missing("groups", "timeout <1>"));
    results.publish(
        new CollectionResult.Partial(
            TARGET, Instant.EPOCH, Duration.ofMillis(5), 0, LEFT_OUT, missing),
        new Exposed(List.of()));

    assertThat(page.html()).contains("<td><ul><li>groups: timeout &lt;1&gt;</li><li>finer than");
  }

  @Test
  void nothingIsSaidWhereAllIsExposed() {
    results.publish(
        new CollectionResult.Success(TARGET, Instant.EPOCH, Duration.ofMillis(5), 0, List.of()),
        new Exposed(List.of()));

    assertThat(page.html()).contains("<td class=\"number\">0</td><td></td></tr>");
  }
}
