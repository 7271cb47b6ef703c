package io.mqexporter.jmx;

import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.jmx.mbean.MBeanPlan.Bean;
import io.mqexporter.jmx.mbean.MBeanPlan.Use;
import io.mqexporter.jmx.mbean.Reading;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import javax.management.openmbean.CompositeData;

/** Makes families of what JVMs have told. */
final class JmxMetrics {

  private JmxMetrics() {}

  /** Returns the families of all JVMs of a target. */
  static List<MetricFamily> of(String cluster, List<JvmReading> readings) {
    var families = new MetricFamilies();
    for (JvmReading reading : readings) {
      for (Bean bean : reading.plan().beans()) {
        Map<String, Object> values = reading.values().getOrDefault(bean.name(), Map.of());
        for (Use use : bean.uses()) {
          var labels = new ArrayList<>(List.of(cluster, reading.jvm(), reading.broker()));
          labels.addAll(use.labelValues());
          add(use.metric(), labels, values, families);
        }
      }
    }
    return families.toList();
  }

  private static void add(
      MBeanMetric metric,
      List<String> labels,
      Map<String, Object> values,
      MetricFamilies families) {
    Reading reading = metric.source().reading();
    if (metric.type() == MetricType.SUMMARY) {
      addSummary(metric, labels, reading.attributes(), values, families);
    } else if (reading.text().isPresent()) {
      if (values.getOrDefault(reading.attributes().getFirst(), 0) instanceof String text) {
        families.add(metric, new Sample(with(labels, text), 1));
      }
    } else {
      number(reading.attributes().getFirst(), values)
          .ifPresent(value -> {
            if (value >= 0 || !reading.negativeIsUnknown()) {
              double scaled = value * reading.scale();
              families.add(metric, new Sample(labels, scaled));
              BrokerResources.add(metric, scaled, labels.get(0), labels.get(2), families);
            }
          });
    }
  }

  /** Adds nothing of a histogram without values: its quantiles are 0 then, which says nothing. */
  private static void addSummary(
      MBeanMetric metric,
      List<String> labels,
      List<String> attributes,
      Map<String, Object> values,
      MetricFamilies families) {
    OptionalDouble count = number(attributes.get(0), values);
    OptionalDouble mean = number(attributes.get(1), values);
    if (count.isEmpty() || mean.isEmpty() || count.getAsDouble() == 0) {
      return;
    }
    for (int i = 0; i < Reading.QUANTILES.size(); i++) {
      List<String> quantile = with(labels, Reading.QUANTILES.get(i));
      number(attributes.get(2 + i), values)
          .ifPresent(value -> families.add(metric, new Sample(quantile, value)));
    }
    List<String> whole = with(labels, "");
    double sum = count.getAsDouble() * mean.getAsDouble();
    families.add(metric, new Sample(whole, sum, Sample.SUM));
    families.add(metric, new Sample(whole, count.getAsDouble(), Sample.COUNT));
  }

  private static List<String> with(List<String> labels, String last) {
    var all = new ArrayList<>(labels);
    all.add(last);
    return all;
  }

  /** Returns the number that an attribute is; empty if there is none, or no number. */
  static OptionalDouble number(String attribute, Map<String, Object> values) {
    String[] names = attribute.split("\\.", 2);
    Object value = values.getOrDefault(names[0], "");
    if (names.length == 2) {
      value = item(value, names[1]);
    }
    return switch (value) {
      case Number number when !Double.isNaN(number.doubleValue()) ->
          OptionalDouble.of(number.doubleValue());
      case Boolean is -> OptionalDouble.of(is ? 1 : 0);
      default -> OptionalDouble.empty();
    };
  }

  private static Object item(Object value, String name) {
    return value instanceof CompositeData data && data.containsKey(name)
        ? Objects.requireNonNullElse(data.get(name), "")
        : "";
  }
}
