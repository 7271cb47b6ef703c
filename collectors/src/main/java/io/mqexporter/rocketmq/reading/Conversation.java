package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.BrokerRequests.Pending;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one broker is asked for in one collection. What it does not give is missing, and the
 * rest goes on; but once it is beyond reach, it is not asked for anything more.
 */
final class Conversation {

  private final BrokerRequests requests;
  private final BrokerProcess process;
  private final Deadline deadline;
  private final List<Missing> missing = new ArrayList<>();
  private Optional<RequestFailedException> ended = Optional.empty();

  Conversation(BrokerRequests requests, BrokerProcess process, Deadline deadline) {
    this.requests = requests;
    this.process = process;
    this.deadline = deadline;
  }

  /** A request and what it is answered. */
  interface Part<T> {
    T read(String address, Deadline deadline) throws RequestFailedException, InterruptedException;
  }

  /** A request whose answer is waited for later. */
  interface Sending<T> {
    Pending<T> send(String address, Deadline deadline)
        throws RequestFailedException, InterruptedException;
  }

  /**
   * What was asked for.
   *
   * @param what its name
   * @param pending the request; empty if it could not be sent
   */
  record Asked<T>(String what, Optional<Pending<T>> pending) {}

  /**
   * What was asked for of many.
   *
   * @param subjects all of them, in their order
   * @param pending the requests, by subject
   * @param failures what went wrong, by subject
   */
  record AskedEach<S, T>(
      Collection<S> subjects,
      Map<S, Pending<T>> pending,
      Map<S, RequestFailedException> failures) {}

  /** A request for one of many things, such as a topic. */
  interface Question<S, T> {
    Pending<T> send(String address, S subject, Deadline deadline)
        throws RequestFailedException, InterruptedException;
  }

  /** Returns whether the broker is within reach. */
  boolean goesOn() {
    return ended.isEmpty();
  }

  /** Returns the broker's address. */
  String address() {
    return process.address();
  }

  /** Returns what it did not give. */
  List<Missing> missing() {
    return List.copyOf(missing);
  }

  /** Notes that something is missing. */
  void miss(String what, String why) {
    missing.add(new Missing(what + " of broker " + process.name(), why));
  }

  /** Asks for something. */
  <T> Optional<T> ask(String what, Part<T> part) throws InterruptedException {
    if (ended.isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(part.read(process.address(), deadline));
    } catch (RequestFailedException e) {
      note(what, e);
      return Optional.empty();
    }
  }

  /** Asks for something without waiting for the answer. */
  <T> Asked<T> begin(String what, Sending<T> sending) throws InterruptedException {
    return new Asked<>(what, ask(what, sending::send));
  }

  /** Waits for the answer. One that came is taken, whatever became of the broker since. */
  <T> Optional<T> end(Asked<T> asked) throws InterruptedException {
    if (asked.pending().isEmpty() || (!goesOn() && !hasCome(asked))) {
      return Optional.empty();
    }
    try {
      return Optional.of(requests.await(asked.pending().get(), deadline));
    } catch (RequestFailedException e) {
      note(asked.what(), e);
      return Optional.empty();
    }
  }

  /** Returns whether there is an answer, be it a refusal. */
  boolean hasCome(Asked<?> asked) {
    return asked.pending().filter(Pending::hasCome).isPresent();
  }

  private void note(String what, RequestFailedException failure) {
    if (failure.endsConversation()) {
      ended = Optional.of(failure);
      missing.add(beyondReach(failure));
    } else {
      miss(what, failure.reason());
    }
  }

  /** Keeps several requests under way and returns, by subject, what went wrong. */
  <S, T> Map<S, RequestFailedException> askForEach(
      Collection<S> subjects, Question<S, T> question, Map<S, T> answers)
      throws InterruptedException {
    return endForEach(beginForEach(subjects, question), answers);
  }

  /** Asks for many things without waiting for the answers. */
  <S, T> AskedEach<S, T> beginForEach(Collection<S> subjects, Question<S, T> question)
      throws InterruptedException {
    var asked = new AskedEach<S, T>(subjects, new LinkedHashMap<>(), new LinkedHashMap<>());
    for (S subject : subjects) {
      if (ended.isPresent()) {
        asked.failures().put(subject, ended.get());
        continue;
      }
      try {
        asked.pending().put(subject, question.send(process.address(), subject, deadline));
      } catch (RequestFailedException e) {
        note(subject, e, asked.failures());
      }
    }
    return asked;
  }

  /** Waits for the answers and returns, by subject, what went wrong. */
  <S, T> Map<S, RequestFailedException> endForEach(AskedEach<S, T> asked, Map<S, T> answers)
      throws InterruptedException {
    for (var entry : asked.pending().entrySet()) {
      try {
        answers.put(entry.getKey(), requests.await(entry.getValue(), deadline));
      } catch (RequestFailedException e) {
        note(entry.getKey(), e, asked.failures());
      }
    }
    return asked.failures();
  }

  /** Notes in one line that something is missing of several subjects. */
  void report(String what, String whose, Map<?, RequestFailedException> failures) {
    failures.values().stream()
        .findFirst()
        .ifPresent(
            first -> miss("%s of %d %s".formatted(what, failures.size(), whose), first.reason()));
  }

  private <S> void note(
      S subject, RequestFailedException failure, Map<S, RequestFailedException> failures) {
    failures.put(subject, failure);
    if (failure.endsConversation() && ended.isEmpty()) {
      ended = Optional.of(failure);
    }
  }

  /**
   * Says that the broker is beyond reach. Most often that is because it has told the name server an
   * address that is only good for those beside it.
   */
  private Missing beyondReach(RequestFailedException failure) {
    return new Missing(
        "broker " + process.name(),
        failure.kind() == Kind.NOT_CONNECTED
            ? failure.reason()
                + " (the address that the broker has registered; its brokerIP1 decides it)"
            : failure.reason());
  }
}
