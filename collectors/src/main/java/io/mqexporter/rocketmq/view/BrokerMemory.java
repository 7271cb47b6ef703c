package io.mqexporter.rocketmq.view;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which topics and consumptions each broker was last seen to have a share in. While a broker cannot
 * be read, sums over brokers are not known for those; without this they would fall, as if messages
 * and commits had been undone. A broker that is gone is forgotten after an hour.
 */
public final class BrokerMemory {

  private static final Duration MEMORY = Duration.ofHours(1);

  private final Map<String, Shares> brokers = new HashMap<>();
  private final Map<String, Seen> processes = new HashMap<>();

  private record Seen(Instant registered, BrokerProcess process) {}

  private record Shares(
      Instant registered, Optional<Set<String>> topics, Optional<Set<GroupTopic>> consumptions) {}

  /** Takes in a snapshot. Snapshots must come in the order of their times. */
  public void observe(RocketMqSnapshot snapshot) {
    var none = new Shares(snapshot.at(), Optional.empty(), Optional.empty());
    for (BrokerProcess process : snapshot.processes()) {
      brokers.merge(
          process.broker(),
          none,
          (known, _) -> new Shares(snapshot.at(), known.topics(), known.consumptions()));
    }
    for (BrokerContents contents : snapshot.contents()) {
      brokers.computeIfPresent(
          contents.broker(),
          (_, known) ->
              new Shares(
                  known.registered(),
                  contents.topics().map(topics -> Set.copyOf(topics.keySet())).or(known::topics),
                  contents
                      .commits()
                      .map(commits -> Set.copyOf(commits.committed().keySet()))
                      .or(known::consumptions)));
    }
    for (BrokerProcess process : snapshot.processes()) {
      processes.put(process.name(), new Seen(snapshot.at(), process.gone()));
    }
    Instant forgotten = snapshot.at().minus(MEMORY);
    processes.values().removeIf(seen -> seen.registered().isBefore(forgotten));
    brokers.values().removeIf(shares -> shares.registered().isBefore(forgotten));
  }

  /** Returns the masters and slaves that were registered within the last hour and are no longer. */
  public List<BrokerProcess> gone(RocketMqSnapshot snapshot) {
    var gone = new TreeMap<String, BrokerProcess>();
    processes.forEach((name, seen) -> {
      if (seen.registered().isBefore(snapshot.at())) {
        gone.put(name, seen.process());
      }
    });
    return List.copyOf(gone.values());
  }

  /** Returns what is not known of brokers that the snapshot could not read in whole. */
  public List<UnreadShare> unread(RocketMqSnapshot snapshot) {
    var unread = new ArrayList<UnreadShare>();
    for (String broker : new TreeSet<>(brokers.keySet())) {
      Shares shares = brokers.get(broker);
      Optional<BrokerContents> contents =
          snapshot.contents().stream().filter(c -> c.broker().equals(broker)).findFirst();
      boolean topicsRead = contents.flatMap(BrokerContents::topics).isPresent();
      Optional<Commits> commits = contents.flatMap(BrokerContents::commits);
      if (shares != null && !(topicsRead && commits.isPresent())) {
        unread.add(
            new UnreadShare(
                broker,
                topicsRead ? Optional.of(Set.of()) : shares.topics(),
                commits.isPresent() && topicsRead ? Optional.of(Set.of()) : shares.consumptions()));
      }
    }
    return unread;
  }
}
