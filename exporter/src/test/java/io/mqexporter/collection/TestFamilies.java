package io.mqexporter.collection;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import java.util.List;
import java.util.stream.IntStream;

/** Families of which only name, granularity and size matter. */
final class TestFamilies {

  private TestFamilies() {}

  private record TestMetric(MetricDefinition definition) implements MetricDescriptor {}

  static MetricFamily family(String name, Granularity granularity, int series) {
    var definition =
        new MetricDefinition(name, MetricType.GAUGE, "A test.", List.of("id"), granularity);
    List<Sample> samples =
        IntStream.range(0, series)
            .mapToObj(id -> new Sample(List.of(Integer.toString(id)), 1))
            .toList();
    return new MetricFamily(new TestMetric(definition), samples);
  }
}
