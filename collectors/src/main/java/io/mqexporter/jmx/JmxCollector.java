package io.mqexporter.jmx;

import io.mqexporter.collector.BrokerAddress;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.jmx.rmi.RmiSockets;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.relay.RelayedFamily;
import io.mqexporter.relay.RelayedMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The collector of all JVMs of one target. They are read at the same time, each on a thread of its
 * own: one that hangs costs its own series and that thread.
 */
public final class JmxCollector implements Collector {

  /** The share of the time that a JVM may take; it is then asked no more and shows what it has. */
  private static final double JVM_SHARE = 0.8;

  /** The share of the time after which a JVM is not waited for that did not notice. */
  private static final double READING_SHARE = 0.9;

  private final String name;
  private final Settings<JmxConfig> settings;
  private final Supplier<List<BrokerAddress>> brokers;
  private final List<MBeanMetric> catalogue = MBeanMetric.all();
  private final AtomicLong requests = new AtomicLong();
  private final Map<String, Watched> jvms = new LinkedHashMap<>();
  private TlsSetup tls = new TlsSetup(RmiSockets.PLAIN, List.of());
  private long edition = -1;
  private boolean closed;

  private record Watched(Jvm jvm, FutureTask<JvmReading> reading, Thread thread) {}

  /**
   * Creates a collector that connects when it first collects.
   *
   * @param brokers where the brokers of the cluster are, as far as is known
   */
  public JmxCollector(
      String name, Settings<JmxConfig> settings, Supplier<List<BrokerAddress>> brokers) {
    this.name = name;
    this.settings = settings;
    this.brokers = brokers;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String system() {
    return "jmx";
  }

  @Override
  public Collected collect(Deadline deadline) throws CollectionException, InterruptedException {
    Deadline end = deadline.share(READING_SHARE);
    List<Watched> started = start(settings.current(), deadline.share(JVM_SHARE));
    var readings = new ArrayList<JvmReading>();
    var missing = new ArrayList<Missing>();
    for (Watched watched : started) {
      await(watched, end, readings, missing);
    }
    if (readings.isEmpty()) {
      Missing first = missing.getFirst();
      String others = missing.size() == 1 ? "" : "; %d more likewise".formatted(missing.size() - 1);
      throw new CollectionException(first.what() + ": " + first.why() + others);
    }
    return new Collected(families(readings), missing);
  }

  /** What the rules make stands in place of what is built in, where both have a name. */
  private List<MetricFamily> families(List<JvmReading> readings) {
    var bySource = new TreeMap<String, List<RelayedFamily>>();
    readings.forEach(reading -> bySource.put(reading.jvm(), reading.ruled()));
    List<MetricFamily> ruled = RelayedMetrics.of(name, "jvm", bySource, _ -> true);
    var names = new HashSet<String>();
    ruled.forEach(family -> names.add(family.descriptor().metricName()));
    var families = new ArrayList<MetricFamily>();
    JmxMetrics.of(name, readings).stream()
        .filter(family -> !names.contains(family.descriptor().metricName()))
        .forEach(families::add);
    families.addAll(ruled);
    families.add(up(readings.stream().map(JvmReading::jvm).collect(Collectors.toSet())));
    return families;
  }

  private synchronized MetricFamily up(Set<String> read) {
    var families = new MetricFamilies();
    jvms.keySet().forEach(jvm -> families.add(JmxMetric.UP, read.contains(jvm) ? 1 : 0, name, jvm));
    return families.toList().getFirst();
  }

  private synchronized List<Watched> start(Edition<JmxConfig> current, Deadline end)
      throws CollectionException {
    if (closed) {
      throw new CollectionException("closed");
    }
    if (current.number() != edition) {
      tls = TlsSetup.of(current.value().tls());
      edition = current.number();
      jvms.values().forEach(JmxCollector::stop);
      jvms.clear();
    }
    Set<String> addresses = addresses(current.value());
    jvms.entrySet()
        .removeIf(entry -> {
          boolean gone = !addresses.contains(entry.getKey());
          if (gone) {
            stop(entry.getValue());
          }
          return gone;
        });
    for (String address : addresses) {
      Watched before = jvms.get(address);
      if (before == null || before.reading().isDone()) {
        Jvm jvm =
            before == null
                ? new Jvm(current.value(), tls, address, catalogue, requests)
                : before.jvm();
        var reading = new FutureTask<>(() -> jvm.read(end));
        Thread thread = Thread.ofVirtual().name("jmx-" + address).start(reading);
        jvms.put(address, new Watched(jvm, reading, thread));
      }
    }
    return List.copyOf(jvms.values());
  }

  private Set<String> addresses(JmxConfig config) throws CollectionException {
    var addresses = new LinkedHashSet<>(config.addresses());
    config
        .port()
        .ifPresent(port ->
            brokers.get().stream()
                .map(broker -> hostAndPort(broker.host(), port))
                .sorted()
                .forEach(addresses::add));
    if (addresses.isEmpty()) {
      throw new CollectionException("no broker is known yet of which the JMX port could be read");
    }
    return addresses;
  }

  private static String hostAndPort(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static void await(
      Watched watched, Deadline end, List<JvmReading> readings, List<Missing> missing)
      throws InterruptedException {
    String address = watched.jvm().address();
    try {
      JvmReading reading =
          watched.reading().get(end.remaining().toMillis() + 1, TimeUnit.MILLISECONDS);
      readings.add(reading);
      for (Missing part : reading.missing()) {
        missing.add(new Missing(address + ": " + part.what(), part.why()));
      }
    } catch (TimeoutException e) {
      // On a virtual thread this ends the waiting for a socket, too.
      watched.thread().interrupt();
      missing.add(new Missing(address, "did not answer in time"));
    } catch (ExecutionException e) {
      String reason =
          e.getCause() instanceof CollectionException expected
              ? String.valueOf(expected.getMessage())
              : String.valueOf(e.getCause());
      missing.add(new Missing(address, reason));
    }
  }

  private static void stop(Watched watched) {
    watched.thread().interrupt();
    watched.jvm().close();
  }

  @Override
  public synchronized List<MetricFamily> unavailable() {
    return jvms.isEmpty() ? List.of() : List.of(up(Set.of()));
  }

  @Override
  public long requestsSent() {
    return requests.get();
  }

  @Override
  public synchronized void close() {
    closed = true;
    jvms.values().forEach(JmxCollector::stop);
  }
}
