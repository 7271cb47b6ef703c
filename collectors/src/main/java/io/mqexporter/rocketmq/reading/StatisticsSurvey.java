package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.BrokerRequests.Pending;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What consumers tell of themselves. A broker passes each such request on to the client and waits
 * for it, so only some are asked in a collection, and those that hang cost a bounded time.
 *
 * <p>A client of RocketMQ 5 answers on the same few threads, one for each processor, on which it
 * takes in what it has fetched, and itself asks the broker before it answers. Two such requests at
 * the same time leave a client with two processors waiting for itself for five seconds, in which it
 * consumes nothing. So a client is asked for one of its groups at a time, and one that did not
 * answer is asked ever more seldom.
 */
final class StatisticsSurvey {

  private static final int CLIENTS_PER_COLLECTION = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final BrokerRequests requests;
  private final Map<Subject, ClientStatistics> answers = new HashMap<>();
  private final Map<Subject, String> failures = new LinkedHashMap<>();
  private final Map<String, Silence> silent = new HashMap<>();
  private final Map<String, Duration> pauses = new HashMap<>();
  private Optional<Subject> lastAsked = Optional.empty();

  StatisticsSurvey(BrokerRequests requests) {
    this.requests = requests;
  }

  private record Subject(String group, String client) {

    private static final Comparator<Subject> ORDER =
        Comparator.comparing(Subject::group).thenComparing(Subject::client);
  }

  private record Place(String address, Client client) {}

  /** Until when a client that did not answer is left alone. */
  private record Silence(Instant until, String why) {}

  /**
   * Asks the clients whose turn it is, each through one of the brokers that it is connected to.
   *
   * @param addresses the masters' addresses by their brokers' names
   * @return by group and client, what was last told
   */
  Map<String, Map<String, ClientStatistics>> read(
      List<BrokerContents> brokers,
      Map<String, String> addresses,
      List<Missing> missing,
      Instant now,
      Deadline deadline)
      throws InterruptedException {
    NavigableMap<Subject, Place> places = places(brokers, addresses);
    silent.values().removeIf(silence -> !silence.until().isAfter(now));
    ask(turn(places), now, limit(deadline));
    answers.keySet().retainAll(places.keySet());
    pauses
        .keySet()
        .removeIf(client -> places.keySet().stream().noneMatch(one -> one.client().equals(client)));
    name(places, missing);
    var told = new HashMap<String, Map<String, ClientStatistics>>();
    answers.forEach((subject, statistics) ->
        told.computeIfAbsent(subject.group(), _ -> new TreeMap<>())
            .put(subject.client(), statistics));
    return told;
  }

  private static NavigableMap<Subject, Place> places(
      List<BrokerContents> brokers, Map<String, String> addresses) {
    var places = new TreeMap<Subject, Place>(Subject.ORDER);
    for (BrokerContents broker : brokers) {
      String address = addresses.get(broker.broker());
      if (address != null) {
        broker
            .clients()
            .forEach((group, clients) ->
                clients
                    .clients()
                    .forEach((identifier, client) ->
                        places.putIfAbsent(
                            new Subject(group, identifier), new Place(address, client))));
      }
    }
    return places;
  }

  private Map<Subject, Place> turn(NavigableMap<Subject, Place> places) {
    var turn = new LinkedHashMap<Subject, Place>();
    lastAsked.ifPresent(last -> turn.putAll(places.tailMap(last, false)));
    places.forEach(turn::putIfAbsent);
    turn.keySet().removeIf(subject -> silent.containsKey(subject.client()));
    while (turn.size() > CLIENTS_PER_COLLECTION) {
      turn.pollLastEntry();
    }
    return turn;
  }

  private void ask(Map<Subject, Place> turn, Instant now, Deadline deadline)
      throws InterruptedException {
    failures.clear();
    var waiting = new LinkedHashMap<>(turn);
    while (!waiting.isEmpty() && deadline.remaining().isPositive()) {
      Map<Subject, Place> round = round(waiting);
      waiting.keySet().removeAll(round.keySet());
      askOnce(round, now, deadline);
      waiting.keySet().removeIf(subject -> silent.containsKey(subject.client()));
    }
  }

  /** Returns the first of what each client is to be asked for. */
  private static Map<Subject, Place> round(Map<Subject, Place> waiting) {
    var round = new LinkedHashMap<Subject, Place>();
    var clients = new HashSet<String>();
    waiting.forEach((subject, place) -> {
      if (clients.add(subject.client())) {
        round.put(subject, place);
      }
    });
    return round;
  }

  private void askOnce(Map<Subject, Place> round, Instant now, Deadline deadline)
      throws InterruptedException {
    var pending = new LinkedHashMap<Subject, Pending<ClientStatistics>>();
    for (var one : round.entrySet()) {
      Subject subject = one.getKey();
      lastAsked = Optional.of(subject);
      try {
        pending.put(
            subject,
            requests.statistics(
                one.getValue().address(), subject.group(), subject.client(), deadline));
      } catch (RequestFailedException e) {
        failed(subject, e, now);
      }
    }
    for (var one : pending.entrySet()) {
      Subject subject = one.getKey();
      try {
        ClientStatistics told = requests.awaitPassedOn(one.getValue(), deadline);
        Place place = round.get(subject);
        answers.put(subject, place == null ? told : told.of(place.client()));
        pauses.remove(subject.client());
      } catch (RequestFailedException e) {
        failed(subject, e, now);
      }
    }
  }

  private void failed(Subject subject, RequestFailedException failure, Instant now) {
    answers.remove(subject);
    if (failure.kind() == Kind.TIMED_OUT) {
      Duration pause = pauses.merge(subject.client(), SHORTEST_PAUSE, (last, _) -> longer(last));
      silent.put(subject.client(), new Silence(now.plus(pause), failure.reason()));
    } else {
      failures.put(subject, failure.reason());
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Says what was not told. */
  private void name(NavigableMap<Subject, Place> places, List<Missing> missing) {
    var reasons = new ArrayList<>(failures.values());
    for (Subject subject : places.keySet()) {
      Silence silence = silent.get(subject.client());
      if (silence != null) {
        answers.remove(subject);
        reasons.add(
            "%s (client %s, not asked for a while)".formatted(silence.why(), subject.client()));
      }
    }
    if (!reasons.isEmpty()) {
      missing.add(
          new Missing("statistics of %d clients".formatted(reasons.size()), reasons.getFirst()));
    }
  }

  private static Deadline limit(Deadline deadline) {
    Duration half = deadline.remaining().dividedBy(2);
    return Deadline.after(half.compareTo(PATIENCE) < 0 ? half : PATIENCE);
  }
}
