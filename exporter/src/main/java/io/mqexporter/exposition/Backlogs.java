package io.mqexporter.exposition;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much work waits for each group of consumers, for what scales them. Whoever scales to zero on
 * a number that is not known stops the work, so there is an answer only while the last collection
 * is fresh and told the lag whole.
 */
public final class Backlogs {

  private final LatestResults results;
  private final Clock clock;
  private final Map<String, Latest> latest = new ConcurrentHashMap<>();

  /** What the last collection told of a cluster; nothing of a cluster that did not answer. */
  private record Latest(CollectionResult result, Map<String, List<Backlog>> groups) {}

  /** Creates it; the results have to be given to {@link #accept}. */
  public Backlogs(LatestResults results, Clock clock) {
    this.results = results;
    this.clock = clock;
  }

  /** What is asked for. */
  public record Question(String cluster, String group, String destination, String vhost) {}

  /** What an answer comes to. */
  public sealed interface Answer {

    /**
     * It is known.
     *
     * @param lag the messages that wait and can be read
     * @param lagSeconds the age of the oldest of them
     * @param drainSeconds how long until none is left; infinite while they do not get fewer
     * @param partitions of the destinations; more consumers than these get nothing
     * @param age how old the answer is
     */
    record Known(
        long lag,
        OptionalDouble lagSeconds,
        OptionalDouble drainSeconds,
        OptionalLong partitions,
        Duration age)
        implements Answer {}

    /** There is no such cluster or group; what there is. */
    record NotThere(String reason) implements Answer {}

    /** It is not known, or not any more. */
    record Unknown(String reason) implements Answer {}
  }

  /** Takes in a new result in place of the cluster's last one. */
  public void accept(CollectionResult result, Exposed exposed) {
    latest.put(result.target().id(), new Latest(result, BacklogReader.read(exposed.families())));
  }

  /** Forgets a target that is no longer collected. */
  public void forget(Target target) {
    latest.remove(target.id());
  }

  /** Answers from the last collection. */
  public Answer find(Question question) {
    String about = "cluster %s".formatted(question.cluster());
    List<Target> targets =
        results.targets().stream()
            .filter(target -> target.name().equals(question.cluster()))
            // The JVMs of a cluster have its name, and no groups.
            .filter(target -> !target.system().equals("jmx"))
            .toList();
    if (targets.isEmpty()) {
      return new Answer.NotThere(
          "%s: not in the configuration (expected: %s)".formatted(about, clusters()));
    }
    Instant now = clock.instant();
    Optional<Latest> fresh =
        targets.stream()
            .flatMap(target -> Optional.ofNullable(latest.get(target.id())).stream())
            .filter(one -> now.isBefore(one.result().expiresAt()))
            .findFirst();
    if (fresh.isEmpty()) {
      return new Answer.Unknown(about + ": nothing was read lately");
    }
    CollectionResult result = fresh.get().result();
    about += ", group %s".formatted(question.group());
    List<Backlog> all =
        fresh.get().groups().getOrDefault(question.group(), List.of()).stream()
            .filter(backlog -> isAskedFor(backlog, question))
            .toList();
    return all.isEmpty()
        ? nothing(about, result)
        : sum(about, all, Duration.between(result.at(), now));
  }

  /** A group that a whole collection did not tell of is not there; of any other it is not known. */
  private static Answer nothing(String about, CollectionResult result) {
    return switch (result) {
      case CollectionResult.Failure failure ->
          new Answer.Unknown("%s: nothing was read: %s".formatted(about, failure.reason()));
      case CollectionResult.Success success when success.leftOut().isEmpty() ->
          new Answer.NotThere(
              "%s: not there (expected: one that has consumed something)".formatted(about));
      default -> new Answer.Unknown("%s: not among what was read".formatted(about));
    };
  }

  private static boolean isAskedFor(Backlog backlog, Question question) {
    return (question.destination().isEmpty()
            || question.destination().equals(backlog.destination()))
        && (question.vhost().isEmpty() || question.vhost().equals(backlog.vhost()));
  }

  private static Answer sum(String about, List<Backlog> all, Duration age) {
    long lag = 0;
    for (Backlog backlog : all) {
      if (backlog.lag().isEmpty()) {
        return new Answer.Unknown(
            "%s: the lag on %s is not known".formatted(about, backlog.destination()));
      }
      lag += backlog.lag().getAsLong();
    }
    return new Answer.Known(
        lag,
        largest(all, Backlog::lagSeconds),
        largest(all, Backlog::drainSeconds),
        partitions(all),
        age);
  }

  /** Returns the largest, or nothing if one is not known. */
  private static OptionalDouble largest(
      List<Backlog> all, Function<Backlog, OptionalDouble> value) {
    return all.stream().map(value).allMatch(OptionalDouble::isPresent)
        ? all.stream().map(value).mapToDouble(OptionalDouble::getAsDouble).max()
        : OptionalDouble.empty();
  }

  private static OptionalLong partitions(List<Backlog> all) {
    return all.stream().allMatch(backlog -> backlog.partitions().isPresent())
        ? OptionalLong.of(all.stream().mapToLong(backlog -> backlog.partitions().getAsLong()).sum())
        : OptionalLong.empty();
  }

  private SortedSet<String> clusters() {
    return results.targets().stream()
        .map(Target::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
