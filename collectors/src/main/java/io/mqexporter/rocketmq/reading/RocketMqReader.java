package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.CurrentClient;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Tls;
import io.mqexporter.relay.RelayedFamily;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.RemotingConnections;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.ClientStatistics;
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
  private final Controllers controllers;
  private final ServerPages pages;
  private final Optional<StatisticsSurvey> statistics;
  private final OnRequest onRequest;
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
   * @param tls the certificates for TLS, if it is spoken
   * @param controllers {@code host:port} of each controller
   * @param prometheusAddresses {@code host:port} of servers that tell metrics of their own
   * @param onRequest what is asked for only if it is wanted
   * @param filter what of the brokers is read
   */
  public RocketMqReader(
      List<String> addresses,
      Optional<SessionCredentials> signer,
      Optional<Tls> tls,
      List<String> controllers,
      List<String> prometheusAddresses,
      OnRequest onRequest,
      ReadFilter filter,
      Clock clock) {
    this.connections = new RemotingConnections(signer, tls);
    this.requests = new BrokerRequests(connections);
    this.nameServers = new NameServers(addresses, requests);
    this.controllers = new Controllers(controllers, requests);
    this.pages = new ServerPages(prometheusAddresses);
    this.statistics =
        onRequest.clientStatistics()
            ? Optional.of(new StatisticsSurvey(requests))
            : Optional.empty();
    this.onRequest = onRequest;
    this.filter = filter;
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param snapshot the cluster
   * @param pages by address, what a server tells of itself; empty if it could not be read
   * @param missing what could not be read
   */
  public record Reading(
      RocketMqSnapshot snapshot,
      Map<String, Optional<List<RelayedFamily>>> pages,
      List<Missing> missing) {}

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
    return connections.requestsSent() + pages.requestsSent();
  }

  @Override
  public void close() {
    connections.close();
    pages.close();
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
    addresses.addAll(controllers.addresses());
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
        return gather(layout, slaves, masters, pages.read(deadline), missing, deadline);
      } finally {
        // Closing would wait for the brokers even if this thread was interrupted.
        threads.shutdownNow();
      }
    }
  }

  private record ProcessReading(BrokerProcess process, List<Missing> missing) {}

  private ProcessReading readSlave(BrokerProcess process, Deadline deadline)
      throws InterruptedException {
    var conversation = new Conversation(requests, process, deadline);
    Optional<RuntimeFigures> figures =
        conversation.end(conversation.begin(BrokerReader.FIGURES, requests::runtimeFigures));
    return new ProcessReading(
        conversation.goesOn() ? process.answered(figures) : process, conversation.missing());
  }

  private Callable<BrokerReader.Reading> readerOf(
      BrokerProcess master, Set<String> brokerNames, boolean hasSlaves, Deadline deadline) {
    BrokerHistory history = histories.computeIfAbsent(master.broker(), _ -> new BrokerHistory());
    var reader =
        new BrokerReader(requests, master, filter, history, onRequest, clock.instant(), deadline);
    return () -> reader.read(brokerNames, hasSlaves);
  }

  private Reading gather(
      NameServers.Layout layout,
      List<Future<ProcessReading>> slaves,
      List<Future<BrokerReader.Reading>> masters,
      ServerPages.Reading told,
      List<Missing> missing,
      Deadline deadline)
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
      missing.addAll(reading.missing());
    }
    missing.addAll(told.missing());
    Map<String, Optional<Boolean>> leaders = controllers.read(missing, deadline);
    Map<String, Map<String, ClientStatistics>> ofClients =
        statistics.isPresent()
            ? statistics
                .get()
                .read(contents, addresses(processes), missing, clock.instant(), deadline)
            : Map.of();
    processes.sort(
        Comparator.comparing(BrokerProcess::broker).thenComparingLong(BrokerProcess::id));
    return new Reading(
        new RocketMqSnapshot(
            clock.instant(),
            new Registry(layout.nameServers(), permissions, leaders),
            processes,
            contents,
            ofClients),
        told.pages(),
        missing);
  }

  /** Returns the addresses of the masters that can be asked, by their names. */
  private static Map<String, String> addresses(List<BrokerProcess> processes) {
    var addresses = new HashMap<String, String>();
    for (BrokerProcess process : processes) {
      if (process.up() && process.id() == MixAll.MASTER_ID) {
        addresses.put(process.broker(), process.address());
      }
    }
    return addresses;
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
