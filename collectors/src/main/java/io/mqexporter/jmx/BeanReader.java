package io.mqexporter.jmx;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.jmx.mbean.MBeanPlan;
import io.mqexporter.jmx.mbean.MBeanPlan.Bean;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.ReflectionException;

/**
 * Reads many MBeans at once over one connection, each with one request: JMX has none for several.
 * RMI opens a socket for each request that is under way, so few MBeans are read with few.
 */
final class BeanReader {

  private static final int BEANS_PER_WORKER = 64;
  private static final int MIN_WORKERS = 4;
  private static final int MAX_WORKERS = 16;

  private final MBeanServerConnection connection;
  private final AtomicLong requests;

  /**
   * What was read.
   *
   * @param values the attributes by MBean and name
   * @param gone whether an MBean is not there any more
   */
  record Values(Map<ObjectName, Map<String, Object>> values, boolean gone, List<Missing> missing) {}

  /**
   * Creates a reader.
   *
   * @param requests counts the requests that are sent
   */
  BeanReader(MBeanServerConnection connection, AtomicLong requests) {
    this.connection = connection;
    this.requests = requests;
  }

  /** Returns the names of the MBeans that metrics may be read of. */
  Set<ObjectName> names(List<MBeanMetric> catalogue, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    requests.incrementAndGet();
    Set<String> domains = Set.of(connection.getDomains());
    var patterns = new ConcurrentLinkedQueue<ObjectName>();
    catalogue.stream()
        .map(MBeanMetric::source)
        .filter(source -> domains.contains(source.domain()))
        .map(source -> source.pattern())
        .distinct()
        .forEach(patterns::add);
    Set<ObjectName> names = ConcurrentHashMap.newKeySet();
    inParallel(
        MIN_WORKERS,
        patterns,
        pattern -> {
          requests.incrementAndGet();
          names.addAll(connection.queryNames(pattern, null));
        },
        deadline);
    return new HashSet<>(names);
  }

  /**
   * Reads all that a plan names. When the time is up, what was read until then is returned, and
   * what was not is missing.
   *
   * @throws IOException if the connection has broken
   */
  Values read(MBeanPlan plan, Deadline deadline) throws IOException, InterruptedException {
    Map<ObjectName, Map<String, Object>> values = new ConcurrentHashMap<>();
    Map<ObjectName, String> failures = new ConcurrentHashMap<>();
    Set<ObjectName> gone = ConcurrentHashMap.newKeySet();
    var beans = new ConcurrentLinkedQueue<>(plan.beans());
    int workers = Math.clamp(plan.beans().size() / BEANS_PER_WORKER, MIN_WORKERS, MAX_WORKERS);
    boolean late = false;
    try {
      inParallel(workers, beans, bean -> read(bean, values, failures, gone), deadline);
    } catch (TimeoutException e) {
      late = true;
    }
    var missing = new ArrayList<Missing>();
    if (!failures.isEmpty()) {
      Map.Entry<ObjectName, String> first = failures.entrySet().iterator().next();
      missing.add(
          new Missing(failures.size() + " MBeans, such as " + first.getKey(), first.getValue()));
    }
    if (late) {
      int left = plan.beans().size() - values.size() - failures.size() - gone.size();
      missing.add(
          new Missing(left + " of " + plan.beans().size() + " MBeans", "did not answer in time"));
    }
    return new Values(values, !gone.isEmpty(), missing);
  }

  private void read(
      Bean bean,
      Map<ObjectName, Map<String, Object>> values,
      Map<ObjectName, String> failures,
      Set<ObjectName> gone)
      throws IOException {
    try {
      requests.incrementAndGet();
      var read = new HashMap<String, Object>();
      for (Attribute attribute :
          connection
              .getAttributes(bean.name(), bean.attributes().toArray(String[]::new))
              .asList()) {
        Optional.ofNullable(attribute.getValue())
            .ifPresent(value -> read.put(attribute.getName(), value));
      }
      values.put(bean.name(), read);
    } catch (InstanceNotFoundException e) {
      gone.add(bean.name());
    } catch (ReflectionException | RuntimeException e) {
      failures.put(bean.name(), JmxReason.of(e));
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    void accept(T element) throws IOException;
  }

  /** Takes all elements in turns; the threads that still wait at the deadline are interrupted. */
  private static <T> void inParallel(
      int workers, Queue<T> elements, Step<T> step, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    Callable<Boolean> worker =
        () -> {
          for (T next = elements.poll(); next != null; next = elements.poll()) {
            step.accept(next);
          }
          return true;
        };
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var running = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < workers; i++) {
        running.add(executor.submit(worker));
      }
      for (Future<Boolean> each : running) {
        each.get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      // A virtual thread that waits for an answer wakes up, and its socket is closed.
      executor.shutdownNow();
    }
  }
}
