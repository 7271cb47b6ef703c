package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.NameServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The name servers of a cluster. They do not talk to each other, and each knows only the brokers
 * that have registered with it: so all are asked at the same time. One that hangs costs a second
 * once, and little while it goes on hanging.
 */
final class NameServers {

  /** How much longer than the first one the others may take. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** The same for those that did not answer the last time. */
  private static final Duration LITTLE_GRACE = Duration.ofMillis(100);

  private final List<String> addresses;
  private final BrokerRequests requests;
  private Set<String> silent = Set.of();

  NameServers(List<String> addresses, BrokerRequests requests) {
    this.addresses = addresses;
    this.requests = requests;
  }

  /**
   * What the name servers tell.
   *
   * @param processes the brokers that any of them knows, in the order of their names; none of them
   *     has been asked for anything yet
   * @param nameServers each of them, in the order of the configuration
   * @param missing those that did not answer
   */
  record Layout(
      List<BrokerProcess> processes, List<NameServer> nameServers, List<Missing> missing) {

    /** Returns the address of a name server that answered. */
    String answering() {
      return nameServers.stream()
          .filter(server -> server.registered().isPresent())
          .findFirst()
          .orElseThrow()
          .address();
    }
  }

  private record Answer(
      String address, Optional<List<BrokerProcess>> processes, Optional<String> failure) {}

  /** Returns the addresses of all name servers. */
  List<String> addresses() {
    return addresses;
  }

  /**
   * Asks all name servers.
   *
   * @throws CollectionException if none answers, or no broker is registered
   */
  Layout layout(Deadline deadline) throws CollectionException, InterruptedException {
    // Half of the time is left to the brokers.
    Map<String, Answer> answers = ask(Deadline.after(deadline.remaining().dividedBy(2)));
    var nameServers = new ArrayList<NameServer>();
    var missing = new ArrayList<Missing>();
    var processes = new HashMap<String, BrokerProcess>();
    for (String address : addresses) {
      Optional<Answer> answer = Optional.ofNullable(answers.get(address));
      Optional<List<BrokerProcess>> told = answer.flatMap(Answer::processes);
      nameServers.add(new NameServer(address, told.map(NameServers::registered)));
      if (told.isPresent()) {
        told.get().forEach(process -> processes.putIfAbsent(process.name(), process));
      } else {
        String late =
            String.format(
                Locale.ROOT,
                "%s: no answer within %.1f s after another one's",
                address,
                grace(Set.of(address)).toMillis() / 1e3);
        missing.add(
            new Missing("name server " + address, answer.flatMap(Answer::failure).orElse(late)));
      }
    }
    silent = new HashSet<>(addresses);
    silent.removeAll(answers.keySet());
    if (missing.size() == addresses.size()) {
      throw new CollectionException(
          String.join("; ", missing.stream().map(one -> "name server " + one.why()).toList()));
    }
    if (processes.isEmpty()) {
      throw new CollectionException(
          "name server %s: no broker is registered".formatted(addresses.getFirst()));
    }
    return new Layout(
        processes.values().stream()
            .sorted(
                Comparator.comparing(BrokerProcess::broker).thenComparingLong(BrokerProcess::id))
            .toList(),
        nameServers,
        missing);
  }

  private Map<String, Answer> ask(Deadline deadline) throws InterruptedException {
    var answers = new LinkedHashMap<String, Answer>();
    // Each of them ends by itself, with a reason.
    Deadline limit = Deadline.after(deadline.remaining().plus(GRACE));
    var outstanding = new HashSet<>(addresses);
    boolean answered = false;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        var completed = new ExecutorCompletionService<Answer>(threads);
        addresses.forEach(address -> completed.submit(() -> ask(address, deadline)));
        while (answers.size() < addresses.size()) {
          Future<Answer> next = completed.poll(limit.remaining().toNanos(), TimeUnit.NANOSECONDS);
          if (next == null) {
            break;
          }
          Answer answer = next.get();
          answers.put(answer.address(), answer);
          outstanding.remove(answer.address());
          answered |= answer.processes().isPresent();
          if (answered) {
            limit = earlier(limit, Deadline.after(grace(outstanding)));
          }
        }
        return answers;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } finally {
        // Closing would wait for those that were given up.
        threads.shutdownNow();
      }
    }
  }

  private Duration grace(Set<String> outstanding) {
    return silent.containsAll(outstanding) ? LITTLE_GRACE : GRACE;
  }

  private Answer ask(String address, Deadline deadline) throws InterruptedException {
    try {
      return new Answer(address, Optional.of(requests.layout(address, deadline)), Optional.empty());
    } catch (RequestFailedException e) {
      return new Answer(address, Optional.empty(), Optional.of(e.reason()));
    }
  }

  private static Map<String, String> registered(List<BrokerProcess> processes) {
    var registered = new TreeMap<String, String>();
    processes.forEach(process -> registered.put(process.name(), process.address()));
    return registered;
  }

  private static Deadline earlier(Deadline one, Deadline other) {
    return one.remaining().compareTo(other.remaining()) <= 0 ? one : other;
  }
}
