package io.mqexporter.jmx;

import io.mqexporter.collector.Deadline;
import io.mqexporter.jmx.rmi.RemoteMBeans;
import java.io.IOException;
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
 * attribute. The JVM stands still for a moment for it, so that it is asked for with the plan only.
 *
 * @param threads their number; empty if it is not known
 */
record Deadlocks(Optional<Integer> threads) {

  static final Deadlocks UNKNOWN = new Deadlocks(Optional.empty());

  private static final String OPERATION = "findDeadlockedThreads";
  private static final ObjectName threading = threading();

  private static ObjectName threading() {
    try {
      return new ObjectName("java.lang:type=Threading");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the JVM. A user that may only read, and a JVM without such an MBean, leave it unknown. */
  static Deadlocks of(RemoteMBeans mbeans, AtomicLong requests, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
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
    return new Deadlocks(Optional.of(found.get()).filter(count -> count >= 0));
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
