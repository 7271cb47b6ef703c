package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.BrokerRequests.Pending;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What consumers tell of themselves. A broker passes each such request on to the client and waits
 * for it, so only some are asked in a collection, and those that hang cost a bounded time.
 */
final class StatisticsSurvey {

  private static final int CLIENTS_PER_COLLECTION = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final BrokerRequests requests;
  private final Map<Subject, ClientStatistics> answers = new HashMap<>();
  private Optional<Subject> lastAsked = Optional.empty();

  StatisticsSurvey(BrokerRequests requests) {
    this.requests = requests;
  }

  private record Subject(String group, String client) {

    private static final Comparator<Subject> ORDER =
        Comparator.comparing(Subject::group).thenComparing(Subject::client);
  }

  private record Place(String address, Client client) {}

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
      Deadline deadline)
      throws InterruptedException {
    NavigableMap<Subject, Place> places = places(brokers, addresses);
    answers.keySet().retainAll(places.keySet());
    ask(turn(places), missing, limit(deadline));
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
    while (turn.size() > CLIENTS_PER_COLLECTION) {
      turn.pollLastEntry();
    }
    return turn;
  }

  private void ask(Map<Subject, Place> turn, List<Missing> missing, Deadline deadline)
      throws InterruptedException {
    var pending = new LinkedHashMap<Subject, Pending<ClientStatistics>>();
    var failures = new ArrayList<RequestFailedException>();
    for (var subject : turn.entrySet()) {
      lastAsked = Optional.of(subject.getKey());
      try {
        pending.put(
            subject.getKey(),
            requests.statistics(
                subject.getValue().address(),
                subject.getKey().group(),
                subject.getKey().client(),
                deadline));
      } catch (RequestFailedException e) {
        failures.add(e);
        answers.remove(subject.getKey());
      }
    }
    for (var one : pending.entrySet()) {
      try {
        ClientStatistics told = requests.awaitPassedOn(one.getValue(), deadline);
        Place place = turn.get(one.getKey());
        answers.put(one.getKey(), place == null ? told : told.of(place.client()));
      } catch (RequestFailedException e) {
        failures.add(e);
        answers.remove(one.getKey());
      }
    }
    if (!failures.isEmpty()) {
      missing.add(
          new Missing(
              "statistics of %d clients".formatted(failures.size()), failures.getFirst().reason()));
    }
  }

  private static Deadline limit(Deadline deadline) {
    Duration half = deadline.remaining().dividedBy(2);
    return Deadline.after(half.compareTo(PATIENCE) < 0 ? half : PATIENCE);
  }
}
