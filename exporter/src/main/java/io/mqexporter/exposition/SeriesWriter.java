package io.mqexporter.exposition;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.Sample;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the lines of one family. Of a series only the labels are encoded in which it differs from
 * the one before it: collectors keep series together that have labels in common.
 */
final class SeriesWriter {

  private final byte[][] labelStarts;
  private final ByteSink name = new ByteSink();
  private final String metricName;
  private int metricNameLength;
  private String suffix = "";
  private final int[] labelEnds;
  private List<String> labelValues = List.of();

  SeriesWriter(MetricDescriptor descriptor) {
    this.labelStarts =
        descriptor.labelNames().stream()
            .map(label -> (label + "=\"").getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.labelEnds = new int[labelStarts.length];
    this.metricName = descriptor.metricName();
    name.write(metricName);
    this.metricNameLength = name.length();
  }

  /** Writes the line of one sample. */
  void write(Sample sample, ByteSink out) {
    if (!sample.suffix().equals(suffix)) {
      rename(sample.suffix());
    }
    encode(sample.labelValues());
    out.write(name.array(), name.length());
    if (name.length() > metricNameLength) {
      out.write('}');
    }
    out.write(' ');
    out.write(sample.value());
    out.write('\n');
  }

  private void rename(String newSuffix) {
    suffix = newSuffix;
    name.truncate(0);
    name.write(metricName);
    name.write(suffix);
    metricNameLength = name.length();
    labelValues = List.of();
  }

  private void encode(List<String> values) {
    int label = 0;
    while (label < labelValues.size() && labelValues.get(label).equals(values.get(label))) {
      label++;
    }
    name.truncate(label == 0 ? metricNameLength : labelEnds[label - 1]);
    for (; label < labelStarts.length; label++) {
      // To Prometheus an empty label and an absent one are the same.
      if (!values.get(label).isEmpty()) {
        name.write(name.length() == metricNameLength ? '{' : ',');
        name.write(labelStarts[label]);
        name.writeEscaped(values.get(label));
        name.write('"');
      }
      labelEnds[label] = name.length();
    }
    labelValues = values;
  }
}
