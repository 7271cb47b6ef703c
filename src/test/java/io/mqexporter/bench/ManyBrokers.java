package io.mqexporter.bench;

import io.mqexporter.jmx.mbean.KafkaServerMetric;
import io.mqexporter.jmx.mbean.MBeanSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.registry.LocateRegistry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/** The program of a JVM that has the MBeans of several Kafka brokers, each behind a JMX port. */
final class ManyBrokers {

  private static final Map<String, Integer> VALUES =
      Map.of("request", 45, "topic", 10, "networkProcessor", 3);

  private ManyBrokers() {}

  /** An MBean that has every attribute that it is asked for. */
  private static final class Any implements DynamicMBean {

    @Override
    public Object getAttribute(String attribute) {
      return attribute.equals("Count") ? (Object) 1000L : (Object) 1.5;
    }

    @Override
    public AttributeList getAttributes(String[] names) {
      return new AttributeList(
          Arrays.stream(names).map(name -> new Attribute(name, getAttribute(name))).toList());
    }

    @Override
    public MBeanInfo getMBeanInfo() {
      return new MBeanInfo(Any.class.getName(), "", null, null, null, null);
    }

    @Override
    public void setAttribute(Attribute attribute) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
      throw new UnsupportedOperationException();
    }
  }

  /** Takes the file to create when all are ready, and the port of each broker. */
  public static void main(String[] arguments) throws Exception {
    for (String port : List.of(arguments).subList(1, arguments.length)) {
      MBeanServer server = MBeanServerFactory.newMBeanServer();
      for (String name : names(port)) {
        server.registerMBean(new Any(), new ObjectName(name));
      }
      LocateRegistry.createRegistry(Integer.parseInt(port));
      JMXConnectorServerFactory.newJMXConnectorServer(
              new JMXServiceURL(
                  "service:jmx:rmi:///jndi/rmi://127.0.0.1:%s/jmxrmi".formatted(port)),
              Map.of(),
              server)
          .start();
    }
    Files.createFile(Path.of(arguments[0]));
    new CountDownLatch(1).await();
  }

  private static Set<String> names(String id) {
    Set<String> names = new HashSet<>(Set.of("kafka.server:type=app-info,id=" + id));
    for (KafkaServerMetric metric : KafkaServerMetric.values()) {
      MBeanSource source = metric.source();
      int count =
          source.labelKeys().stream().mapToInt(key -> VALUES.getOrDefault(key, 1)).max().orElse(1);
      IntStream.range(0, count).forEach(i -> names.add(name(source, i)));
    }
    return names;
  }

  private static String name(MBeanSource source, int number) {
    var name = new StringBuilder(source.domain() + ":");
    source.keys().forEach((key, value) -> name.append(key).append('=').append(value).append(','));
    source.labelKeys().forEach(key -> name.append(key).append("=v").append(number).append(','));
    return name.substring(0, name.length() - 1);
  }
}
