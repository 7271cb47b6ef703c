package io.mqexporter.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Gathers samples into families. A value that is not known adds no sample, so that unknown never
 * turns into zero; a family without samples is left out.
 */
public final class MetricFamilies {

  private final Map<MetricDescriptor, List<Sample>> samples = new LinkedHashMap<>();

  /** Returns the families of several parts, which are made side by side, in the parts' order. */
  public static List<MetricFamily> sideBySide(List<Supplier<List<MetricFamily>>> parts) {
    var families = new ArrayList<MetricFamily>();
    parts.parallelStream().map(Supplier::get).forEachOrdered(families::addAll);
    return families;
  }

  /**
   * Adds one sample.
   *
   * @throws IllegalArgumentException if the number of label values is not the number of label names
   */
  public void add(MetricDescriptor descriptor, double value, String... labelValues) {
    add(descriptor, new Sample(List.of(labelValues), value));
  }

  /**
   * Adds one sample, also one of the parts of a summary.
   *
   * @throws IllegalArgumentException if the number of label values is not the number of label names
   */
  public void add(MetricDescriptor descriptor, Sample sample) {
    if (sample.labelValues().size() != descriptor.labelNames().size()) {
      throw new IllegalArgumentException(
          "%s: %d label values (expected: one for each of %s)"
              .formatted(
                  descriptor.metricName(), sample.labelValues().size(), descriptor.labelNames()));
    }
    samples.computeIfAbsent(descriptor, _ -> new ArrayList<>()).add(sample);
  }

  /**
   * Adds one sample whose value is a whole number.
   *
   * @throws IllegalArgumentException if the number of label values is not the number of label names
   */
  public void add(MetricDescriptor descriptor, long value, String... labelValues) {
    add(descriptor, (double) value, labelValues);
  }

  /** Adds one sample, or none if the value is not known. */
  public void add(MetricDescriptor descriptor, OptionalLong value, String... labelValues) {
    if (value.isPresent()) {
      add(descriptor, value.getAsLong(), labelValues);
    }
  }

  /**
   * Adds one sample. Many samples share an immutable list of label values without a copy of it.
   *
   * @throws IllegalArgumentException if the number of label values is not the number of label names
   */
  public void add(MetricDescriptor descriptor, double value, List<String> labelValues) {
    add(descriptor, new Sample(labelValues, value));
  }

  /** Adds one sample as above, or none if the value is not known. */
  public void add(MetricDescriptor descriptor, OptionalLong value, List<String> labelValues) {
    if (value.isPresent()) {
      add(descriptor, new Sample(labelValues, value.getAsLong()));
    }
  }

  /** Adds one sample as above, or none if the value is not known. */
  public void add(MetricDescriptor descriptor, OptionalDouble value, List<String> labelValues) {
    if (value.isPresent()) {
      add(descriptor, new Sample(labelValues, value.getAsDouble()));
    }
  }

  /** Adds one sample as above, or none if the value is not known. */
  public void add(MetricDescriptor descriptor, OptionalInt value, List<String> labelValues) {
    if (value.isPresent()) {
      add(descriptor, new Sample(labelValues, value.getAsInt()));
    }
  }

  /** Returns label values with others after them. */
  public static List<String> and(List<String> labelValues, String... further) {
    String[] all = labelValues.toArray(new String[labelValues.size() + further.length]);
    System.arraycopy(further, 0, all, labelValues.size(), further.length);
    return List.of(all);
  }

  /** Adds one sample, or none if the value is not known. */
  public void add(MetricDescriptor descriptor, OptionalInt value, String... labelValues) {
    if (value.isPresent()) {
      add(descriptor, value.getAsInt(), labelValues);
    }
  }

  /** Adds one sample, or none if the value is not known. */
  public void add(MetricDescriptor descriptor, OptionalDouble value, String... labelValues) {
    if (value.isPresent()) {
      add(descriptor, value.getAsDouble(), labelValues);
    }
  }

  /** Adds all samples of another, after those that are there. */
  public void addAll(MetricFamilies others) {
    others.samples.forEach((descriptor, more) ->
        samples.merge(
            descriptor,
            more,
            (first, second) -> {
              first.addAll(second);
              return first;
            }));
  }

  /** Adds families to others, which give way where they have the same name. */
  public static void putInPlace(List<MetricFamily> families, List<MetricFamily> added) {
    Set<String> names =
        added.stream().map(family -> family.descriptor().metricName()).collect(Collectors.toSet());
    families.removeIf(family -> names.contains(family.descriptor().metricName()));
    families.addAll(added);
  }

  /** Returns the families in the order in which their first sample was added. */
  public List<MetricFamily> toList() {
    return samples.entrySet().stream()
        .map(entry -> new MetricFamily(entry.getKey(), entry.getValue()))
        .toList();
  }
}
