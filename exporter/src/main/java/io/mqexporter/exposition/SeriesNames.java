package io.mqexporter.exposition;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code name{labels} } of each series of one family as bytes, kept from one rendering to the
 * next. Series are found by their place: collectors keep their order, so only what follows a series
 * that came or went is encoded anew, once.
 */
final class SeriesNames {

  private final MetricDescriptor descriptor;
  private final List<List<String>> labelValues = new ArrayList<>();
  private final List<byte[]> encoded = new ArrayList<>();

  SeriesNames(MetricDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** Writes all samples of the family, a line each, and forgets series that are gone. */
  void write(List<Sample> samples, ByteSink out) {
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      out.write(name(i, sample.labelValues()));
      out.write(sample.value());
      out.write('\n');
    }
    if (samples.size() < encoded.size()) {
      labelValues.subList(samples.size(), labelValues.size()).clear();
      encoded.subList(samples.size(), encoded.size()).clear();
    }
  }

  private byte[] name(int place, List<String> values) {
    if (place == encoded.size()) {
      labelValues.add(values);
      encoded.add(encode(values));
    } else if (!labelValues.get(place).equals(values)) {
      labelValues.set(place, values);
      encoded.set(place, encode(values));
    }
    return encoded.get(place);
  }

  private byte[] encode(List<String> values) {
    var out = new ByteSink();
    out.write(descriptor.metricName());
    char separator = '{';
    for (int i = 0; i < values.size(); i++) {
      // To Prometheus an empty label and an absent one are the same.
      if (!values.get(i).isEmpty()) {
        out.write(separator);
        out.write(descriptor.labelNames().get(i));
        out.write("=\"");
        out.write(escape(values.get(i)));
        out.write('"');
        separator = ',';
      }
    }
    out.write(separator == '{' ? " " : "} ");
    return out.toByteArray();
  }

  /** Escapes a label value as both text formats ask for. */
  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
  }
}
