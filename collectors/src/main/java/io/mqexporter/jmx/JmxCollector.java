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
import io.mqexporter.metric.MetricFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

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
    Deadline end = share(deadline, READING_SHARE);
    List<Watched> started = start(settings.current(), share(deadline, JVM_SHARE));
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
    return new Collected(JmxMetrics.of(name, readings), missing);
  }

  private static Deadline share(Deadline deadline, double share) {
    return Deadline.after(Duration.ofNanos((long) (deadline.remaining().toNanos() * share)));
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
  public List<MetricFamily> unavailable() {
    return List.of();
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
