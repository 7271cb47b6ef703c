package io.mqexporter.rocketmq.reading;

import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.BrokerStatistic;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one broker counts of its topics and consumptions, and tells in a request for each. It is
 * asked for those that moved a short while ago, and once for each that is new; where no offset has
 * moved for longer than what it tells reaches back, nothing went through.
 */
final class BrokerStatisticsSurvey {

  private static final int MOST_PER_COLLECTION = 200;

  /** More than the minute that an answer is about, as the broker counts by steps of 10 s. */
  private static final Duration REACH = Duration.ofMinutes(2);

  private final Map<BrokerStatistic, Subject> subjects = new HashMap<>();

  private static final class Subject {
    long offsets;
    Instant moved = Instant.EPOCH;
    Instant told = Instant.EPOCH;
    double perSecond;

    boolean isMoving(Instant now) {
      return moved.plus(REACH).isAfter(now);
    }

    boolean isKnown(Instant now) {
      return told.plus(REACH).isAfter(now);
    }
  }

  /**
   * Asks for what is due.
   *
   * @param offsets what there is to know, with the sum of the offsets that move with it
   */
  void read(
      Map<BrokerStatistic, Long> offsets,
      BrokerRequests requests,
      Conversation conversation,
      Instant now)
      throws InterruptedException {
    var answers = new HashMap<BrokerStatistic, Double>();
    Map<BrokerStatistic, RequestFailedException> failures =
        conversation.askForEach(next(offsets, now), requests::perSecond, answers);
    for (BrokerStatistic statistic : List.copyOf(failures.keySet())) {
      RequestFailedException failure = failures.get(statistic);
      if (failure != null && failure.kind() == Kind.NOT_COUNTED) {
        failures.remove(statistic);
        answers.put(statistic, 0.0);
      }
    }
    answers.forEach((statistic, perSecond) -> answered(statistic, perSecond, now));
    conversation.report("statistics", "topics and consumptions", failures);
  }

  /**
   * Returns what is to be asked for.
   *
   * @param offsets what there is to know, with the sum of the offsets that move with it
   */
  List<BrokerStatistic> next(Map<BrokerStatistic, Long> offsets, Instant now) {
    subjects.keySet().retainAll(offsets.keySet());
    offsets.forEach((statistic, sum) -> {
      Subject subject = subjects.get(statistic);
      if (subject == null) {
        subject = new Subject();
        subjects.put(statistic, subject);
      } else if (subject.offsets != sum) {
        subject.moved = now;
      } else if (!subject.isMoving(now) && subject.told.isAfter(Instant.EPOCH)) {
        subject.perSecond = 0;
        subject.told = now;
      }
      subject.offsets = sum;
    });
    return subjects.entrySet().stream()
        .filter(one -> one.getValue().isMoving(now) || !one.getValue().isKnown(now))
        // Those that move go first: of the others nobody knows that there is anything to tell.
        .sorted(
            Comparator.<Map.Entry<BrokerStatistic, Subject>, Boolean>comparing(
                    one -> !one.getValue().isMoving(now))
                .thenComparing(one -> one.getValue().told)
                .thenComparing(Map.Entry::getKey, BrokerStatistic.ORDER))
        .limit(MOST_PER_COLLECTION)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Takes in an answer, a mean by second. */
  void answered(BrokerStatistic statistic, double perSecond, Instant now) {
    Subject subject = subjects.get(statistic);
    if (subject != null) {
      if (perSecond > 0 && subject.told.equals(Instant.EPOCH)) {
        // It has moved before anybody looked.
        subject.moved = now;
      }
      subject.perSecond = perSecond;
      subject.told = now;
    }
  }

  /** Returns what is known, by second. */
  Map<BrokerStatistic, Double> perSecond(Instant now) {
    var known = new HashMap<BrokerStatistic, Double>();
    subjects.forEach((statistic, subject) -> {
      if (subject.isKnown(now)) {
        known.put(statistic, subject.perSecond);
      }
    });
    return known;
  }
}
