package io.mqexporter.rocketmq;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.CurrentClient;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.RemotingConnections;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
final class RocketMqReader implements CurrentClient.Client {

  private static final ThreadFactory THREADS =
      Thread.ofVirtual().name("rocketmq-reader-", 0).factory();

  private static final int GROUPS_SURVEYED_PER_COLLECTION = 64;

  private final RemotingConnections connections;
  private final BrokerRequests requests;
  private final NameServers nameServers;
  private final ReadFilter filter;
  private final Clock clock;
  private final Map<String, ClientSurvey> surveys = new HashMap<>();

  RocketMqReader(RocketMqConfig config, Clock clock) {
    this.connections =
        new RemotingConnections(
            config
                .credentials()
                .map(signer ->
                    new SessionCredentials(signer.accessKey(), signer.secretKey().value())));
    this.requests = new BrokerRequests(connections);
    this.nameServers = new NameServers(config.nameServers(), requests);
    this.filter = new ReadFilter(config.topics(), config.groups());
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param snapshot the cluster
   * @param missing what could not be read
   */
  record Reading(RocketMqSnapshot snapshot, List<Missing> missing) {}

  /**
   * Reads the cluster once.
   *
   * @throws CollectionException if no name server or no broker can be read
   */
  Reading read(Deadline deadline) throws CollectionException, InterruptedException {
    List<BrokerProcess> layout = nameServers.layout(deadline);
    Reading reading = readBrokers(layout, deadline);
    boolean nothing =
        reading.snapshot().processes().stream().allMatch(process -> process.figures().isEmpty())
            && reading.snapshot().contents().stream().allMatch(RocketMqReader::isEmpty);
    if (nothing) {
      throw new CollectionException("broker " + reading.missing().getFirst().why());
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

  private Reading readBrokers(List<BrokerProcess> layout, Deadline deadline)
      throws InterruptedException {
    Set<String> brokerNames = new HashSet<>();
    Set<String> addresses = new HashSet<>(nameServers.addresses());
    for (BrokerProcess process : layout) {
      brokerNames.add(process.broker());
      brokerNames.add(process.cluster());
      addresses.add(process.address());
    }
    connections.retain(addresses);
    surveys.keySet().retainAll(brokerNames);

    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(THREADS)) {
      try {
        var processes = new ArrayList<Future<ProcessReading>>();
        var masters = new ArrayList<Future<BrokerReader.Reading>>();
        for (BrokerProcess process : layout) {
          processes.add(threads.submit(() -> readProcess(process, deadline)));
          if (process.id() == MixAll.MASTER_ID) {
            masters.add(threads.submit(readerOf(process, brokerNames, deadline)));
          }
        }
        return gather(processes, masters);
      } finally {
        // Closing would wait for the brokers even if this thread was interrupted.
        threads.shutdownNow();
      }
    }
  }

  private record ProcessReading(BrokerProcess process, Optional<Missing> missing) {}

  private ProcessReading readProcess(BrokerProcess process, Deadline deadline)
      throws InterruptedException {
    try {
      RuntimeFigures figures = requests.runtimeFigures(process.address(), deadline);
      return new ProcessReading(process.answered(Optional.of(figures)), Optional.empty());
    } catch (RequestFailedException e) {
      return e.endsConversation()
          ? new ProcessReading(
              process, Optional.of(new Missing("broker " + process.name(), e.reason())))
          : new ProcessReading(
              process.answered(Optional.empty()),
              Optional.of(new Missing("runtime figures of broker " + process.name(), e.reason())));
    }
  }

  private Callable<BrokerReader.Reading> readerOf(
      BrokerProcess master, Set<String> brokerNames, Deadline deadline) {
    ClientSurvey survey =
        surveys.computeIfAbsent(
            master.broker(), _ -> new ClientSurvey(GROUPS_SURVEYED_PER_COLLECTION));
    var reader = new BrokerReader(requests, master.broker(), master.address(), filter, deadline);
    return () -> reader.read(brokerNames, survey);
  }

  private Reading gather(
      List<Future<ProcessReading>> processReadings, List<Future<BrokerReader.Reading>> readings)
      throws InterruptedException {
    var processes = new ArrayList<BrokerProcess>();
    var contents = new ArrayList<BrokerContents>();
    var missing = new LinkedHashSet<Missing>();
    for (var future : processReadings) {
      ProcessReading reading = get(future);
      processes.add(reading.process());
      reading.missing().ifPresent(missing::add);
    }
    for (var future : readings) {
      BrokerReader.Reading reading = get(future);
      contents.add(reading.contents());
      missing.addAll(reading.missing());
    }
    return new Reading(
        new RocketMqSnapshot(clock.instant(), processes, contents), List.copyOf(missing));
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
