package io.mqexporter.jmx;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.jmx.mbean.MBeanPlan;
import io.mqexporter.jmx.mbean.MBeanPlan.Bean;
import io.mqexporter.jmx.rmi.BrokenOffException;
import io.mqexporter.jmx.rmi.RemoteMBeans;
import io.mqexporter.jmx.rmi.Reply;
import io.mqexporter.jmx.rmi.Request;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
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

  /** Those of some requests that still have to be answered, and the answers until now. */
  private record Progress(Queue<Request> open, Queue<Request> slow, Map<Request, Reply> replies) {

    static Progress begin(Collection<? extends Request> requests) {
      return new Progress(
          new ConcurrentLinkedQueue<>(requests),
          new ConcurrentLinkedQueue<>(),
          new ConcurrentHashMap<>());
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
    Set<ObjectName> patterns = ConcurrentHashMap.newKeySet();
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
              .forEach(patterns::add);
        },
        deadline);
    Set<ObjectName> names = ConcurrentHashMap.newKeySet();
    matching(patterns, deadline).values().forEach(names::addAll);
    return names;
  }

  /** Returns the names of the MBeans that match each of some patterns. */
  Map<ObjectName, Set<ObjectName>> matching(Set<ObjectName> patterns, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    var names = new ConcurrentHashMap<ObjectName, Set<ObjectName>>();
    var open = new ConcurrentLinkedQueue<ObjectName>(patterns);
    Parallel.run(
        Math.min(MAX_WORKERS, patterns.size()),
        () -> {
          for (ObjectName next = open.poll(); next != null; next = open.poll()) {
            requests.incrementAndGet();
            names.put(next, mbeans.names(next));
          }
        },
        deadline);
    return names;
  }

  /** Returns how many MBeans there are. */
  int count(Deadline deadline) throws IOException, TimeoutException, InterruptedException {
    var count = new AtomicInteger();
    Parallel.run(
        1,
        () -> {
          requests.incrementAndGet();
          count.set(mbeans.count());
        },
        deadline);
    return count.get();
  }

  /**
   * Reads all that a plan names. When the time is up, what was read until then is returned, and
   * what was not is missing.
   *
   * @throws IOException if the connection has broken
   */
  Values read(MBeanPlan plan, Deadline deadline) throws IOException, InterruptedException {
    var attributes = new ArrayList<Request.Attributes>();
    for (Bean bean : plan.beans()) {
      attributes.add(new Request.Attributes(bean.name(), bean.attributes()));
    }
    Map<Request, Reply> replies = ask(attributes, deadline);
    var values = new HashMap<ObjectName, Map<String, Object>>();
    var failures = new TreeMap<ObjectName, String>();
    boolean gone = false;
    for (Request.Attributes request : attributes) {
      switch (replies.get(request)) {
        case null -> {}
        case Reply.Returned(Optional<Object> value) ->
            values.put(request.name(), attributes(request, value));
        case Reply.Thrown(AttributeNotFoundException _) -> values.put(request.name(), Map.of());
        case Reply.Thrown(InstanceNotFoundException _) -> gone = true;
        case Reply.Thrown(Exception cause) -> failures.put(request.name(), JmxReason.of(cause));
      }
    }
    var missing = new ArrayList<Missing>();
    if (!failures.isEmpty()) {
      Map.Entry<ObjectName, String> first = failures.firstEntry();
      missing.add(
          new Missing(failures.size() + " MBeans, such as " + first.getKey(), first.getValue()));
    }
    unanswered(attributes, replies).ifPresent(missing::add);
    return new Values(values, gone, missing);
  }

  /** Returns what is to be said of requests that were not answered in time. */
  static Optional<Missing> unanswered(
      Collection<? extends Request> asked, Map<Request, Reply> replies) {
    long left = asked.stream().filter(request -> !replies.containsKey(request)).count();
    return left == 0
        ? Optional.empty()
        : Optional.of(
            new Missing(left + " of " + asked.size() + " MBeans", "did not answer in time"));
  }

  /** Returns the attributes that an answer tells, by name. */
  static Map<String, Object> attributes(Request.Attributes request, Optional<Object> answer) {
    if (request.attributes().size() == 1) {
      return answer.map(value -> Map.of(request.attributes().getFirst(), value)).orElse(Map.of());
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

  /**
   * Sends requests, and returns the answers that there are when the time is up.
   *
   * @throws IOException if the connection has broken
   */
  Map<Request, Reply> ask(Collection<? extends Request> asked, Deadline deadline)
      throws IOException, InterruptedException {
    Progress progress = Progress.begin(asked);
    int workers = Math.clamp(asked.size() / (BATCH * BATCHES_PER_WORKER), 1, MAX_WORKERS);
    try {
      Duration patience = deadline.remaining().dividedBy(4);
      Parallel.run(workers, () -> askInBatches(progress, patience), deadline);
      int slow = Math.min(progress.slow().size(), MAX_WORKERS_FOR_THE_SLOW);
      Parallel.run(slow, () -> askTheSlow(progress, deadline), deadline);
    } catch (TimeoutException e) {
      // Those that did not answer are not among the answers.
    }
    return Map.copyOf(progress.replies());
  }

  private void askInBatches(Progress progress, Duration patience) throws IOException {
    List<Request> batch = take(progress.open(), BATCH);
    while (!batch.isEmpty()) {
      var answered = new AtomicInteger();
      try {
        ask(batch, patience, progress, answered);
      } catch (SocketTimeoutException e) {
        progress.slow().add(batch.get(answered.get()));
        progress.open().addAll(batch.subList(answered.get() + 1, batch.size()));
      } catch (BrokenOffException e) {
        progress.open().addAll(batch.subList(answered.get(), batch.size()));
      }
      batch = take(progress.open(), BATCH);
    }
  }

  private void askTheSlow(Progress progress, Deadline deadline) throws IOException {
    List<Request> next = take(progress.slow(), 1);
    while (!next.isEmpty()) {
      // The deadline ends the thread before.
      try {
        ask(next, deadline.remaining().plusSeconds(1), progress, new AtomicInteger());
      } catch (BrokenOffException e) {
        // It was the only one.
      }
      next = take(progress.slow(), 1);
    }
  }

  private static List<Request> take(Queue<Request> queue, int most) {
    var taken = new ArrayList<Request>();
    for (int i = 0; i < most; i++) {
      Optional.ofNullable(queue.poll()).ifPresent(taken::add);
    }
    return taken;
  }

  private void ask(
      List<Request> batch, Duration patience, Progress progress, AtomicInteger answered)
      throws IOException {
    requests.addAndGet(batch.size());
    mbeans.ask(
        batch,
        patience,
        reply -> progress.replies().put(batch.get(answered.getAndIncrement()), reply));
  }
}
