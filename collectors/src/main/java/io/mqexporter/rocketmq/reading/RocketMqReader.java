package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.CurrentClient;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.RemotingConnections;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Registry;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.common.MixAll;

/**
 * Reads a cluster: its layout from a name server, then all brokers at the same time, each on a
 * virtual thread that ends with the call, so that one that hangs costs the others nothing.
 */
public final class RocketMqReader implements CurrentClient.Client {

  private static final ThreadFactory THREADS =
      Thread.ofVirtual().name("rocketmq-reader-", 0).factory();

  private static final int READ_AND_WRITE = 6;
  private static final Duration PERMISSIONS_BEAT = Duration.ofMinutes(1);

  private final RemotingConnections connections;
  private final BrokerRequests requests;
  private final NameServers nameServers;
  private final ReadFilter filter;
  private final Clock clock;
  private final Map<String, BrokerHistory> histories = new HashMap<>();
  private final Map<String, Integer> permissions = new HashMap<>();
  private Instant permissionsAsked = Instant.EPOCH;

  /**
   * Creates a reader that has not connected yet.
   *
   * @param addresses {@code host:port} of each name server
   * @param signer what requests are signed with, where access control is on
   * @param filter what of the brokers is read
   */
  public RocketMqReader(
      List<String> addresses, Optional<SessionCredentials> signer, ReadFilter filter, Clock clock) {
    this.connections = new RemotingConnections(signer);
    this.requests = new BrokerRequests(connections);
    this.nameServers = new NameServers(addresses, requests);
    this.filter = filter;
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param snapshot the cluster
   * @param missing what could not be read
   */
  public record Reading(RocketMqSnapshot snapshot, List<Missing> missing) {}

  /**
   * Reads the cluster once.
   *
   * @throws CollectionException if no name server or no broker can be read
   */
  public Reading read(Deadline deadline) throws CollectionException, InterruptedException {
    NameServers.Layout layout = nameServers.layout(deadline);
    var missing = new ArrayList<>(layout.missing());
    readPermissions(layout, missing, deadline);
    int ofNameServers = missing.size();
    Reading reading = readBrokers(layout, missing, deadline);
    boolean nothing =
        reading.snapshot().processes().stream().allMatch(process -> process.figures().isEmpty())
            && reading.snapshot().contents().stream().allMatch(RocketMqReader::isEmpty);
    if (nothing) {
      throw new CollectionException("broker " + reading.missing().get(ofNameServers).why());
    }
    return reading;
  }

  @Override
  public long requestsSent() {
    return connections.requestsSent();
  }

  @Override
  public void close() {
    connections.close();
  }

  /**
   * Asks what may be done on each broker. Every broker has a topic that is named like the cluster,
   * so one request for each cluster tells; no broker is asked.
   */
  private void readPermissions(NameServers.Layout layout, List<Missing> missing, Deadline deadline)
      throws InterruptedException {
    Instant now = clock.instant();
    if (permissionsAsked.plus(PERMISSIONS_BEAT).isAfter(now)) {
      return;
    }
    permissions.clear();
    permissionsAsked = now;
    var clusters = new TreeSet<String>();
    layout.processes().forEach(process -> clusters.add(process.cluster()));
    clusters.remove("");
    var share = Deadline.after(deadline.remaining().dividedBy(4));
    for (String cluster : clusters) {
      try {
        requests
            .permissions(layout.answering(), cluster, share)
            .forEach((broker, permission) -> permissions.put(broker, permission & READ_AND_WRITE));
      } catch (RequestFailedException e) {
        // Who has forbidden clusters to have topics gets no permissions.
        if (e.kind() != Kind.TOPIC_NOT_FOUND) {
          permissionsAsked = Instant.EPOCH;
          missing.add(new Missing("permissions of the brokers of " + cluster, e.reason()));
        }
      }
    }
  }

  private Reading readBrokers(NameServers.Layout layout, List<Missing> missing, Deadline deadline)
      throws InterruptedException {
    Set<String> brokerNames = new HashSet<>();
    Set<String> replicated = new HashSet<>();
    Set<String> addresses = new HashSet<>(nameServers.addresses());
    for (BrokerProcess process : layout.processes()) {
      brokerNames.add(process.broker());
      brokerNames.add(process.cluster());
      addresses.add(process.address());
      if (process.id() != MixAll.MASTER_ID) {
        replicated.add(process.broker());
      }
    }
    connections.retain(addresses);
    histories.keySet().retainAll(brokerNames);

    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(THREADS)) {
      try {
        var slaves = new ArrayList<Future<ProcessReading>>();
        var masters = new ArrayList<Future<BrokerReader.Reading>>();
        for (BrokerProcess process : layout.processes()) {
          if (process.id() == MixAll.MASTER_ID) {
            boolean hasSlaves = replicated.contains(process.broker());
            masters.add(threads.submit(readerOf(process, brokerNames, hasSlaves, deadline)));
          } else {
            slaves.add(threads.submit(() -> readSlave(process, deadline)));
          }
        }
        return gather(layout, slaves, masters, missing);
      } finally {
        // Closing would wait for the brokers even if this thread was interrupted.
        threads.shutdownNow();
      }
    }
  }

  private record ProcessReading(BrokerProcess process, Optional<Missing> missing) {}

  private ProcessReading readSlave(BrokerProcess process, Deadline deadline)
      throws InterruptedException {
    try {
      RuntimeFigures figures = requests.runtimeFigures(process.address(), deadline);
      return new ProcessReading(process.answered(Optional.of(figures)), Optional.empty());
    } catch (RequestFailedException e) {
      return e.endsConversation()
          ? new ProcessReading(process, Optional.of(BrokerReader.missing(process, e)))
          : new ProcessReading(
              process.answered(Optional.empty()),
              Optional.of(new Missing("runtime figures of broker " + process.name(), e.reason())));
    }
  }

  private Callable<BrokerReader.Reading> readerOf(
      BrokerProcess master, Set<String> brokerNames, boolean hasSlaves, Deadline deadline) {
    BrokerHistory history = histories.computeIfAbsent(master.broker(), _ -> new BrokerHistory());
    var reader = new BrokerReader(requests, master, filter, history, clock.instant(), deadline);
    return () -> reader.read(brokerNames, hasSlaves);
  }

  private Reading gather(
      NameServers.Layout layout,
      List<Future<ProcessReading>> slaves,
      List<Future<BrokerReader.Reading>> masters,
      List<Missing> missing)
      throws InterruptedException {
    var processes = new ArrayList<BrokerProcess>();
    var contents = new ArrayList<BrokerContents>();
    for (var future : masters) {
      BrokerReader.Reading reading = get(future);
      processes.add(reading.process());
      contents.add(reading.contents());
      missing.addAll(reading.missing());
    }
    for (var future : slaves) {
      ProcessReading reading = get(future);
      processes.add(reading.process());
      reading.missing().ifPresent(missing::add);
    }
    processes.sort(
        Comparator.comparing(BrokerProcess::broker).thenComparingLong(BrokerProcess::id));
    return new Reading(
        new RocketMqSnapshot(
            clock.instant(), new Registry(layout.nameServers(), permissions), processes, contents),
        missing);
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      // Readers turn every failure of a broker into something missing: what is left is a bug.
      throw new IllegalStateException(e.getCause());
    }
  }

  private static boolean isEmpty(BrokerContents contents) {
    return contents.topics().isEmpty()
        && contents.commits().isEmpty()
        && contents.groups().isEmpty();
  }
}
