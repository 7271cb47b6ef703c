package io.mqexporter.otlp;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import io.mqexporter.otlp.Point.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes data points of samples: of a summary or histogram, one point is many samples. */
final class Points {

  private final int partLabel;
  private final Map<List<String>, Parts> distributions = new LinkedHashMap<>();

  private static final class Parts {
    private final SortedMap<Double, Double> parts = new TreeMap<>();
    private double sum = Double.NaN;
    private double count = Double.NaN;
  }

  private Points(int partLabel) {
    this.partLabel = partLabel;
  }

  /** Returns the points of a family; of a distribution whose count is not known there is none. */
  static List<Point> of(MetricFamily family) {
    MetricDescriptor descriptor = family.descriptor();
    return switch (descriptor.type()) {
      case COUNTER, GAUGE, UNTYPED ->
          family.samples().stream()
              .<Point>map(sample -> new Point.Single(sample.labelValues(), sample.value()))
              .toList();
      case SUMMARY, HISTOGRAM -> {
        var points = new Points(partLabel(descriptor));
        family.samples().forEach(points::add);
        yield points.toList();
      }
    };
  }

  /** Returns the place of the label that tells quantiles or buckets apart; -1 if there is none. */
  static int partLabel(MetricDescriptor descriptor) {
    String label = descriptor.type() == MetricType.SUMMARY ? "quantile" : "le";
    return descriptor.labelNames().indexOf(label);
  }

  private void add(Sample sample) {
    Parts parts =
        distributions.computeIfAbsent(withoutPart(sample.labelValues()), _ -> new Parts());
    switch (sample.suffix()) {
      case Sample.SUM -> parts.sum = sample.value();
      case Sample.COUNT -> parts.count = sample.value();
      default -> parts.parts.put(number(sample.labelValues().get(partLabel)), sample.value());
    }
  }

  private List<String> withoutPart(List<String> values) {
    if (partLabel < 0) {
      return values;
    }
    var without = new ArrayList<>(values);
    without.set(partLabel, "");
    return List.copyOf(without);
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private List<Point> toList() {
    var points = new ArrayList<Point>();
    distributions.forEach((labels, parts) -> {
      double count =
          Double.isNaN(parts.count)
              ? parts.parts.getOrDefault(Double.POSITIVE_INFINITY, Double.NaN)
              : parts.count;
      if (!Double.isNaN(count)) {
        points.add(new Distribution(labels, parts.parts, parts.sum, count));
      }
    });
    return points;
  }
}
