package io.mqexporter.jmx;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.jmx.mbean.MBeanPlan;
import io.mqexporter.jmx.rmi.RemoteMBeans;
import io.mqexporter.jmx.rules.RuleSet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ObjectName;

/** One JVM that is read again and again. Used by one thread at a time. */
final class Jvm implements AutoCloseable {

  /** After how long the MBeans are listed anew, even if there are as many as before. */
  private static final Duration PLAN_AGE = Duration.ofMinutes(1);

  /** So many times as long as it takes to list them, they are not listed again. */
  private static final int LISTING_PAUSE = 10;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final String address;
  private final Optional<JmxConfig.Credentials> credentials;
  private final TlsSetup tls;
  private final int maxBeans;
  private final List<MBeanMetric> catalogue;
  private final AtomicLong requests;

  private volatile Optional<RemoteMBeans> connection = Optional.empty();
  private MBeanPlan plan = new MBeanPlan(List.of(), 0);
  private Deadline planDue = Deadline.after(Duration.ZERO);
  private Deadline listingPauseEnd = Deadline.after(Duration.ZERO);
  private int count;
  private String broker = "";
  private Deadlocks deadlocks = Deadlocks.UNKNOWN;
  private final KnownAttributes known = new KnownAttributes();
  private final Optional<RuleThread> rules;
  private Duration pause = Duration.ZERO;
  private Deadline pauseEnd = Deadline.after(Duration.ZERO);
  private String lastFailure = "";

  /**
   * Creates one that is not connected yet.
   *
   * @param requests counts the requests that are sent
   */
  Jvm(
      JmxConfig config,
      TlsSetup tls,
      String address,
      List<MBeanMetric> catalogue,
      AtomicLong requests) {
    this.address = address;
    this.credentials = config.credentials();
    this.tls = tls;
    this.maxBeans = config.maxMbeans();
    this.catalogue = catalogue;
    this.requests = requests;
    this.rules =
        config
            .rules()
            .map(file ->
                new RuleThread(address, new RuleReader(new RuleSet(file), config.maxMbeans())));
  }

  String address() {
    return address;
  }

  /**
   * Reads the JVM. After a failure it is left alone for a while, which doubles each time.
   *
   * @throws CollectionException if nothing could be read, with the reason
   */
  JvmReading read(Deadline deadline) throws CollectionException, InterruptedException {
    if (!pauseEnd.hasPassed()) {
      throw new CollectionException(lastFailure);
    }
    boolean kept = connection.isPresent();
    try {
      JvmReading reading = readOnce(deadline);
      pause = Duration.ZERO;
      return reading;
    } catch (IOException e) {
      disconnect();
      // A kept connection breaks when the JVM is started anew, which may be up again by now.
      return kept ? read(deadline) : failed(JmxReason.of(e), e);
    } catch (TimeoutException e) {
      disconnect();
      return failed("did not answer in time", e);
    } catch (RuntimeException e) {
      disconnect();
      return failed(JmxReason.of(e), e);
    }
  }

  private JvmReading failed(String reason, Exception e) throws CollectionException {
    pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    pauseEnd = Deadline.after(pause);
    lastFailure = reason.startsWith(JmxReason.TLS) ? reason + tls.complaint() : reason;
    throw new CollectionException(lastFailure, e);
  }

  private JvmReading readOnce(Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    boolean another = connection.isEmpty();
    if (another) {
      connection = Optional.of(connect());
      planDue = Deadline.after(Duration.ZERO);
    }
    var reader = new BeanReader(connection.get(), requests);
    boolean anew = isToBeListed(reader, deadline);
    rules.ifPresent(thread -> thread.start(reader, another, anew, deadline));
    if (anew) {
      replan(connection.get(), reader, deadline);
    }
    BeanReader.Values read = reader.read(plan, deadline);
    if (read.gone()) {
      planDue = Deadline.after(Duration.ZERO);
    }
    var missing = new ArrayList<>(read.missing());
    known.vanished(read.values()).ifPresent(missing::add);
    if (plan.leftOut() > 0) {
      missing.add(
          new Missing(
              plan.leftOut() + " of " + (plan.beans().size() + plan.leftOut()) + " MBeans",
              "more than max_mbeans, " + maxBeans));
    }
    if (read.values().isEmpty() && !plan.beans().isEmpty()) {
      throw new TimeoutException("no MBean answered");
    }
    RuleReading ruled = rules.isPresent() ? rules.get().await(deadline) : RuleReading.NONE;
    missing.addAll(ruled.missing());
    return new JvmReading(
        address, broker, plan, deadlocks.addedTo(read.values()), ruled.families(), missing);
  }

  /**
   * How many MBeans there are is one small request; it says that some have come or gone. To list
   * them costs more, so that it is not done at each pass where they come and go all the time.
   */
  private boolean isToBeListed(BeanReader reader, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    int before = count;
    count = reader.count(deadline);
    if (count != before) {
      planDue = planDue.hasPassed() ? planDue : listingPauseEnd;
    }
    return planDue.hasPassed();
  }

  private RemoteMBeans connect() throws IOException {
    int colon = address.lastIndexOf(':');
    return RemoteMBeans.connect(
        address.substring(0, colon).replaceAll("[\\[\\]]", ""),
        Integer.parseInt(address.substring(colon + 1)),
        credentials.map(c -> new String[] {c.username(), c.password().value()}),
        tls.sockets());
  }

  private void replan(RemoteMBeans mbeans, BeanReader reader, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    long start = System.nanoTime();
    Set<ObjectName> names = reader.names(catalogue, deadline);
    plan = MBeanPlan.of(names, catalogue, maxBeans);
    broker = KafkaNode.id(names);
    known.forget();
    planDue = Deadline.after(PLAN_AGE);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    listingPauseEnd = Deadline.after(took.multipliedBy(LISTING_PAUSE));
    deadlocks = deadlocks.ofNow(mbeans, requests, deadline);
  }

  private void disconnect() {
    close();
    connection = Optional.empty();
  }

  /** Does not wait for the JVM, which may hang. */
  @Override
  public void close() {
    connection.ifPresent(open -> Thread.ofVirtual().name("jmx-close").start(open::close));
  }
}
