package io.mqexporter.system;

import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Values that Java's own client reads, one attribute at a time. */
// Java finds remote MBeans by JNDI; these are our own, on this machine.
@SuppressWarnings("BanJNDI")
final class PlainRead implements AutoCloseable {

  private final Map<String, JMXConnector> connectors = new HashMap<>();
  private final Map<String, Set<ObjectName>> names = new HashMap<>();
  private final Map<String, Object> values = new HashMap<>();

  PlainRead(List<String> addresses) throws Exception {
    for (String address : addresses) {
      JMXConnector connector =
          JMXConnectorFactory.connect(
              new JMXServiceURL("service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi"));
      connectors.put(address, connector);
      MBeanServerConnection server = connector.getMBeanServerConnection();
      names.put(address, server.queryNames(ObjectName.WILDCARD, null));
      for (MBeanMetric metric : MBeanMetric.all()) {
        for (ObjectName name : names.getOrDefault(address, Set.of())) {
          if (metric.source().labelValues(name).isPresent()) {
            read(address, server, name, metric);
          }
        }
      }
    }
  }

  private void read(
      String address, MBeanServerConnection server, ObjectName name, MBeanMetric metric)
      throws Exception {
    for (String attribute : metric.source().reading().attributes()) {
      String[] parts = attribute.split("\\.", 2);
      try {
        Object value = server.getAttribute(name, parts[0]);
        if (parts.length == 2 && value instanceof CompositeData data) {
          value = data.get(parts[1]);
        }
        if (value != null) {
          values.put(address + name + attribute, value);
        }
      } catch (AttributeNotFoundException _) {
        // Not in this release.
      }
    }
  }

  Optional<Double> value(MBeanMetric metric, Sample sample) {
    String address = sample.labelValues().get(1);
    List<String> own = sample.labelValues().subList(3, 3 + metric.source().labels().size());
    String attribute = attribute(metric, sample);
    return names.getOrDefault(address, Set.of()).stream()
        .filter(name -> metric.source().labelValues(name).equals(Optional.of(own)))
        .map(name -> values.get(address + name + attribute))
        .flatMap(value -> number(value, metric, sample).stream())
        .findFirst();
  }

  private static Optional<Double> number(Object value, MBeanMetric metric, Sample sample) {
    return switch (value) {
      case Number number -> Optional.of(number.doubleValue() * metric.source().reading().scale());
      case String text -> Optional.of(text.equals(sample.labelValues().getLast()) ? 1.0 : 0.0);
      case null, default -> Optional.empty();
    };
  }

  private static String attribute(MBeanMetric metric, Sample sample) {
    if (metric.type() != MetricType.SUMMARY) {
      return metric.source().reading().attributes().getFirst();
    }
    return switch (sample.suffix()) {
      case Sample.COUNT -> "Count";
      case Sample.SUM -> "no attribute";
      default ->
          sample.labelValues().getLast().replace("0.5", "0.50").substring(2) + "thPercentile";
    };
  }

  @Override
  public void close() throws IOException {
    for (JMXConnector connector : connectors.values()) {
      connector.close();
    }
  }
}
