package io.mqexporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import io.mqexporter.otlp.RequestWriter.Frame;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestWriterTest {

  private static final Frame FRAME =
      new Frame(ResourceMetrics.getDefaultInstance(), ScopeMetrics.getDefaultInstance(), true);

  private final SeriesMemory memory = new SeriesMemory(Instant.ofEpochSecond(50));

  @Test
  void namesTypesAndLabelsAreThoseOfThePage() {
    var families = new MetricFamilies();
    families.add(TestMetric.DEPTH, 7, "c", "orders");
    families.add(TestMetric.DEPTH, 8, "c", "");
    families.add(TestMetric.SENT, 5, "c", "orders");
    families.add(TestMetric.OWN, 3, "c", "orders");
    families.add(TestMetric.ODD, 2, "c", "orders");
    families.add(TestMetric.UNKNOWN, 1, "c", "orders");

    assertThat(write(families, 100))
        .containsExactly(
            "gauge queue_depth{cluster=c,queue=orders} 0..100 7.0",
            "gauge queue_depth{cluster=c} 0..100 8.0",
            "counter sent_messages_total{cluster=c,queue=orders} 100..100 5.0",
            "counter mq_exporter_requests_total{cluster=c,queue=orders} 50..100 3.0",
            "gauge published{cluster=c,queue=orders} 0..100 2.0",
            "gauge of_no_type{cluster=c,queue=orders} 0..100 1.0");
  }

  @Test
  void aCounterCountsSinceItWasSeenFirstAndAnewWhenItHasFallen() {
    assertThat(sent(100, 5)).containsExactly("100..100 5.0");
    assertThat(sent(115, 9)).containsExactly("100..115 9.0");
    assertThat(sent(130, 9)).containsExactly("100..130 9.0");
    // It began anew at some time after the push before.
    assertThat(sent(145, 2)).containsExactly("130..145 2.0");
    assertThat(sent(160, 4)).containsExactly("130..160 4.0");
  }

  @Test
  void aSeriesThatIsGoneIsSaidToBeOnce() {
    var both = new MetricFamilies();
    both.add(TestMetric.DEPTH, 7, "c", "orders");
    both.add(TestMetric.DEPTH, 8, "c", "bills");
    both.add(TestMetric.SENT, 1, "c", "bills");
    write(both, 100);
    var one = new MetricFamilies();
    one.add(TestMetric.DEPTH, 7, "c", "orders");

    assertThat(write(one, 115))
        .containsExactlyInAnyOrder(
            "gauge queue_depth{cluster=c,queue=orders} 0..115 7.0",
            "gauge queue_depth{cluster=c,queue=bills} 0..115 gone",
            "counter sent_messages_total{cluster=c,queue=bills} 0..115 gone");
    assertThat(write(one, 130))
        .containsExactly("gauge queue_depth{cluster=c,queue=orders} 0..130 7.0");
  }

  @Test
  void manySamplesOfADistributionAreOnePoint() {
    var families = new MetricFamilies();
    families.add(TestMetric.TIMES, new Sample(List.of("c", "q", "0.5"), 2));
    families.add(TestMetric.TIMES, new Sample(List.of("c", "q", "0.99"), 4));
    families.add(TestMetric.TIMES, new Sample(List.of("c", "q", ""), 20, Sample.SUM));
    families.add(TestMetric.TIMES, new Sample(List.of("c", "q", ""), 9, Sample.COUNT));
    families.add(TestMetric.TIMES, new Sample(List.of("c", "no count", "0.5"), 2));
    families.add(TestMetric.SIZES, new Sample(List.of("c", "q", "10.0"), 3, Sample.BUCKET));
    families.add(TestMetric.SIZES, new Sample(List.of("c", "q", "20.0"), 5, Sample.BUCKET));
    families.add(TestMetric.SIZES, new Sample(List.of("c", "q", "+Inf"), 6, Sample.BUCKET));

    assertThat(write(families, 100))
        .containsExactly(
            "summary times_seconds{cluster=c,queue=q} 100..100 9 20.0 0.5=2.0,0.99=4.0",
            "histogram sizes_bytes{cluster=c,queue=q} 100..100 6 no sum [10.0, 20.0] [3, 2, 1]");
  }

  @Test
  void aLargeResultIsSeveralRequestsOfABoundedSize() {
    var families = new MetricFamilies();
    for (int i = 0; i < 12_000; i++) {
      families.add(TestMetric.DEPTH, i, "c", "queue-" + i);
    }
    families.add(TestMetric.SENT, 1, "c", "orders");

    List<Push> pushes = RequestWriter.write(FRAME, memory, families.toList(), Instant.EPOCH);

    assertThat(pushes).extracting(Push::points).containsExactly(5_000, 5_000, 2_001);
    assertThat(RequestText.lines(pushes)).hasSize(12_001).doesNotHaveDuplicates();
    assertThat(RequestText.lines(pushes.subList(2, 3)))
        .endsWith("counter sent_messages_total{cluster=c,queue=orders} 0..0 1.0");
  }

  @Test
  void nothingMakesNoRequest() {
    assertThat(write(new MetricFamilies(), 100)).isEmpty();
  }

  private List<String> write(MetricFamilies families, long atSeconds) {
    return write(families.toList(), atSeconds);
  }

  private List<String> write(List<MetricFamily> families, long atSeconds) {
    return RequestText.lines(
        RequestWriter.write(FRAME, memory, families, Instant.ofEpochSecond(atSeconds)));
  }

  private List<String> sent(long atSeconds, double value) {
    var families = new MetricFamilies();
    families.add(TestMetric.SENT, value, "c", "orders");
    return write(families, atSeconds).stream()
        .map(line -> line.substring(line.indexOf('}') + 2))
        .toList();
  }
}
