package io.mqexporter.jmx;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.jmx.mbean.MBeanPlan;
import io.mqexporter.jmx.mbean.MBeanPlan.Bean;
import io.mqexporter.jmx.rmi.BrokenOffException;
import io.mqexporter.jmx.rmi.RemoteMBeans;
import io.mqexporter.jmx.rmi.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.ObjectName;

/**
 * Reads many MBeans. JMX has one request for each and none for several; so some dozen requests go
 * out at once on each of a few connections.
 *
 * <p>A connection answers in turn, so that an MBean that hangs holds up those behind it. One that
 * is long in answering is put off, the others are asked for again on another connection, and in the
 * end each that was put off is asked for alone.
 */
final class BeanReader {

  /** How many requests are under way on a connection. */
  private static final int BATCH = 32;

  private static final int BATCHES_PER_WORKER = 4;
  private static final int MAX_WORKERS = 4;
  private static final int MAX_WORKERS_FOR_THE_SLOW = 16;

  private final RemoteMBeans mbeans;
  private final AtomicLong requests;

  /**
   * What was read.
   *
   * @param values the attributes by MBean and name
   * @param gone whether an MBean is not there any more
   */
  record Values(Map<ObjectName, Map<String, Object>> values, boolean gone, List<Missing> missing) {}

  /** What has been read of a plan until now. */
  private record Progress(
      Queue<Bean> open,
      Queue<Bean> slow,
      Map<ObjectName, Map<String, Object>> values,
      Map<ObjectName, String> failures,
      Set<ObjectName> gone) {

    static Progress begin(List<Bean> beans) {
      return new Progress(
          new ConcurrentLinkedQueue<>(beans),
          new ConcurrentLinkedQueue<>(),
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>(),
          ConcurrentHashMap.newKeySet());
    }
  }

  /**
   * Creates a reader.
   *
   * @param requests counts the requests that are sent
   */
  BeanReader(RemoteMBeans mbeans, AtomicLong requests) {
    this.mbeans = mbeans;
    this.requests = requests;
  }

  /** Returns the names of the MBeans that metrics may be read of. */
  Set<ObjectName> names(List<MBeanMetric> catalogue, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    Set<ObjectName> names = ConcurrentHashMap.newKeySet();
    var patterns = new ConcurrentLinkedQueue<ObjectName>();
    Parallel.run(
        1,
        () -> {
          requests.addAndGet(2);
          mbeans.renew();
          Set<String> domains = mbeans.domains();
          catalogue.stream()
              .map(MBeanMetric::source)
              .filter(source -> domains.contains(source.domain()))
              .map(source -> source.pattern())
              .distinct()
              .forEach(patterns::add);
        },
        deadline);
    Parallel.run(
        MAX_WORKERS,
        () -> {
          for (ObjectName next = patterns.poll(); next != null; next = patterns.poll()) {
            requests.incrementAndGet();
            names.addAll(mbeans.names(next));
          }
        },
        deadline);
    return names;
  }

  /**
   * Reads all that a plan names. When the time is up, what was read until then is returned, and
   * what was not is missing.
   *
   * @throws IOException if the connection has broken
   */
  Values read(MBeanPlan plan, Deadline deadline) throws IOException, InterruptedException {
    Progress progress = Progress.begin(plan.beans());
    int workers = Math.clamp(plan.beans().size() / (BATCH * BATCHES_PER_WORKER), 1, MAX_WORKERS);
    boolean late = false;
    try {
      Duration patience = deadline.remaining().dividedBy(4);
      Parallel.run(workers, () -> readBatches(progress, patience), deadline);
      int slow = Math.min(progress.slow().size(), MAX_WORKERS_FOR_THE_SLOW);
      Parallel.run(slow, () -> readTheSlow(progress, deadline), deadline);
    } catch (TimeoutException e) {
      late = true;
    }
    return new Values(progress.values(), !progress.gone().isEmpty(), missing(plan, progress, late));
  }

  private void readBatches(Progress progress, Duration patience) throws IOException {
    List<Bean> batch = take(progress.open(), BATCH);
    while (!batch.isEmpty()) {
      var answered = new AtomicInteger();
      try {
        read(batch, patience, progress, answered);
      } catch (SocketTimeoutException e) {
        progress.slow().add(batch.get(answered.get()));
        progress.open().addAll(batch.subList(answered.get() + 1, batch.size()));
      } catch (BrokenOffException e) {
        progress.open().addAll(batch.subList(answered.get(), batch.size()));
      }
      batch = take(progress.open(), BATCH);
    }
  }

  private void readTheSlow(Progress progress, Deadline deadline) throws IOException {
    List<Bean> next = take(progress.slow(), 1);
    while (!next.isEmpty()) {
      // The deadline ends the thread before.
      try {
        read(next, deadline.remaining().plusSeconds(1), progress, new AtomicInteger());
      } catch (BrokenOffException e) {
        // It was the only one.
      }
      next = take(progress.slow(), 1);
    }
  }

  private static List<Bean> take(Queue<Bean> queue, int most) {
    var taken = new ArrayList<Bean>();
    for (int i = 0; i < most; i++) {
      Optional.ofNullable(queue.poll()).ifPresent(taken::add);
    }
    return taken;
  }

  private void read(List<Bean> beans, Duration patience, Progress progress, AtomicInteger answered)
      throws IOException {
    requests.addAndGet(beans.size());
    mbeans.read(
        beans.stream()
            .map(bean -> new RemoteMBeans.Request(bean.name(), bean.attributes()))
            .toList(),
        patience,
        reply -> take(beans.get(answered.getAndIncrement()), reply, progress));
  }

  private static void take(Bean bean, Reply reply, Progress progress) {
    switch (reply) {
      case Reply.Returned(Optional<Object> value) ->
          progress.values().put(bean.name(), attributes(bean, value));
      case Reply.Thrown(AttributeNotFoundException _) ->
          progress.values().put(bean.name(), Map.of());
      case Reply.Thrown(InstanceNotFoundException _) -> progress.gone().add(bean.name());
      case Reply.Thrown(Exception cause) ->
          progress.failures().put(bean.name(), JmxReason.of(cause));
    }
  }

  private static Map<String, Object> attributes(Bean bean, Optional<Object> answer) {
    if (bean.attributes().size() == 1) {
      return answer.map(value -> Map.of(bean.attributes().getFirst(), value)).orElse(Map.of());
    }
    var read = new HashMap<String, Object>();
    if (answer.orElse("") instanceof AttributeList list) {
      for (Attribute attribute : list.asList()) {
        Optional.ofNullable(attribute.getValue())
            .ifPresent(value -> read.put(attribute.getName(), value));
      }
    }
    return read;
  }

  private static List<Missing> missing(MBeanPlan plan, Progress progress, boolean late) {
    var missing = new ArrayList<Missing>();
    Map<ObjectName, String> failures = progress.failures();
    if (!failures.isEmpty()) {
      Map.Entry<ObjectName, String> first = failures.entrySet().iterator().next();
      missing.add(
          new Missing(failures.size() + " MBeans, such as " + first.getKey(), first.getValue()));
    }
    if (late) {
      int left =
          plan.beans().size() - progress.values().size() - failures.size() - progress.gone().size();
      missing.add(
          new Missing(left + " of " + plan.beans().size() + " MBeans", "did not answer in time"));
    }
    return missing;
  }
}
