package io.mqexporter.jmx.mbean;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The MBeans that a metric is read of: those of a domain that have exactly these keys.
 *
 * @param domain the domain
 * @param keys the keys whose values are given
 * @param labelKeys the keys whose values become labels
 * @param labels the names of those labels
 * @param reading what of them is read
 */
public record MBeanSource(
    String domain,
    Map<String, String> keys,
    List<String> labelKeys,
    List<String> labels,
    Reading reading) {

  /** Copies the collections. */
  public MBeanSource {
    keys = Map.copyOf(keys);
    labelKeys = List.copyOf(labelKeys);
    labels = List.copyOf(labels);
  }

  /**
   * Reads a form such as {@code kafka.network:type=RequestMetrics,name=TotalTimeMs,request=*}, in
   * which a star stands for the value of a label. The label's name follows the star, or is the
   * key's in snake case.
   */
  static MBeanSource of(String form, Reading reading) {
    int colon = form.indexOf(':');
    var keys = new LinkedHashMap<String, String>();
    var labelKeys = new ArrayList<String>();
    var labels = new ArrayList<String>();
    for (String pair : form.substring(colon + 1).split(",", -1)) {
      String[] keyAndValue = pair.split("=", 2);
      if (keyAndValue[1].startsWith("*")) {
        String label = keyAndValue[1].substring(1);
        labelKeys.add(keyAndValue[0]);
        labels.add(label.isEmpty() ? snakeCase(keyAndValue[0]) : label);
      } else {
        keys.put(keyAndValue[0], keyAndValue[1]);
      }
    }
    return new MBeanSource(form.substring(0, colon), keys, labelKeys, labels, reading);
  }

  /** Returns a pattern that all of these MBeans match, and not many others. */
  public ObjectName pattern() {
    String type = Objects.requireNonNull(keys.get("type"));
    try {
      return new ObjectName(domain + ":type=" + type + ",*");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(domain + ":type=" + type, e);
    }
  }

  /** Returns the values of the labels of an MBean; empty if it is none of these. */
  public Optional<List<String>> labelValues(ObjectName name) {
    Map<String, String> properties = name.getKeyPropertyList();
    if (!name.getDomain().equals(domain)
        || properties.size() != keys.size() + labelKeys.size()
        || !properties.entrySet().containsAll(keys.entrySet())
        || !properties.keySet().containsAll(labelKeys)) {
      return Optional.empty();
    }
    return Optional.of(
        labelKeys.stream().map(key -> unquoted(properties.getOrDefault(key, ""))).toList());
  }

  private static String snakeCase(String key) {
    return key.replaceAll("(?<=[a-z])(?=[A-Z])", "_").replace('-', '_').toLowerCase(Locale.ROOT);
  }

  private static String unquoted(String value) {
    return value.startsWith("\"") ? ObjectName.unquote(value) : value;
  }
}
