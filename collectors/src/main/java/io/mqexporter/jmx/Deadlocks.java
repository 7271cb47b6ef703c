package io.mqexporter.jmx;

import io.mqexporter.collector.Deadline;
import io.mqexporter.jmx.rmi.RemoteMBeans;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.InstanceNotFoundException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * How many threads of a JVM wait for each other: the one thing that takes an operation and not an
 * attribute. The JVM stands still for a moment for it, so that it is asked for once a minute.
 *
 * @param threads their number; empty if it is not known
 * @param due when it is asked for again
 */
record Deadlocks(Optional<Integer> threads, Deadline due) {

  static final Deadlocks UNKNOWN = new Deadlocks(Optional.empty(), Deadline.after(Duration.ZERO));

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final String OPERATION = "findDeadlockedThreads";
  private static final ObjectName threading = threading();

  private static ObjectName threading() {
    try {
      return new ObjectName("java.lang:type=Threading");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Asks the JVM, if it is time. A user that may only read, and a JVM without such an MBean, leave
   * it unknown.
   */
  Deadlocks ofNow(RemoteMBeans mbeans, AtomicLong requests, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    if (!due.hasPassed()) {
      return this;
    }
    var found = new AtomicInteger(-1);
    Parallel.run(
        1,
        () -> {
          requests.incrementAndGet();
          try {
            found.set(
                mbeans.invoke(threading, OPERATION).orElse(new long[0]) instanceof long[] ids
                    ? ids.length
                    : -1);
          } catch (SecurityException e) {
            // Access "readonly".
          } catch (IOException e) {
            if (!(e.getCause() instanceof InstanceNotFoundException)) {
              throw e;
            }
          }
        },
        deadline);
    return new Deadlocks(
        Optional.of(found.get()).filter(count -> count >= 0), Deadline.after(INTERVAL));
  }

  /** Adds the number to the attributes that were read. */
  Map<ObjectName, Map<String, Object>> addedTo(Map<ObjectName, Map<String, Object>> values) {
    if (threads.isEmpty() || !values.containsKey(threading)) {
      return values;
    }
    var attributes = new HashMap<>(values.getOrDefault(threading, Map.of()));
    attributes.put(OPERATION + "()", threads.get());
    var all = new HashMap<>(values);
    all.put(threading, attributes);
    return all;
  }
}
