package io.mqexporter.kafka;

import static java.util.Objects.requireNonNull;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.SharedPartition;
import io.mqexporter.kafka.snapshot.TopicCommits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsResult;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads groups: their state, their members, and how far they have consumed. */
final class GroupReader {

  /** How the client names a broker, as in {@code Error listing groups on host:9092 (id: 2 ...)}. */
  private static final Pattern BROKER =
      Pattern.compile("^Error listing groups on \\S+ \\(id: (\\d+) ");

  private final NameFilter topics;
  private final NameFilter groups;
  private final WantedTopics wanted;
  private final Map<String, String> topicNames = new ConcurrentHashMap<>();
  private final Gaps gaps;

  GroupReader(NameFilter topics, NameFilter groups, WantedTopics wanted, Gaps gaps) {
    this.topics = topics;
    this.groups = groups;
    this.wanted = wanted;
    this.gaps = gaps;
  }

  /**
   * The groups that the brokers list.
   *
   * @param answered whether all brokers answered that were asked
   * @param silent the ids of those that did not answer in time
   */
  record Listed(Collection<GroupListing> groups, boolean answered, Set<Integer> silent) {}

  /** Waits for the list of groups. */
  Listed list(ListGroupsResult result, Stage stage) throws InterruptedException {
    try {
      Collection<Throwable> failures = Answers.await(result.errors(), stage.end());
      failures.forEach(failure -> gaps.add("groups of a broker", failure));
      return new Listed(
          Answers.await(result.valid(), stage.end()).stream()
              .filter(listing ->
                  groups.accepts(listing.groupId()) && wanted.ownsGroup(listing.groupId()))
              .toList(),
          failures.isEmpty(),
          silent(failures));
    } catch (NoAnswerException e) {
      gaps.add("groups", e.failure());
    }
    return new Listed(List.of(), false, Set.of());
  }

  /** Returns which brokers did not answer; the client names them only in its text. */
  private static Set<Integer> silent(Collection<Throwable> failures) {
    return failures.stream()
        .filter(TimeoutException.class::isInstance)
        .map(failure -> BROKER.matcher(String.valueOf(failure.getMessage())))
        .filter(Matcher::find)
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .collect(Collectors.toSet());
  }

  /**
   * What the coordinators have answered, by the groups' names.
   *
   * @param progress what becomes of the commits of all that were asked for theirs
   */
  record Answered(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> commits,
      Map<String, CompletableFuture<Progress>> progress,
      Map<String, Map<TopicPartition, SharePartitionOffsetInfo>> shares,
      Map<String, Membership> members) {}

  /**
   * Waits for what was asked about the groups.
   *
   * @param internalTopics the topics that Kafka keeps for itself; offsets on them are left out
   * @param persistence how long the client may go on asking
   */
  Answered await(
      GroupRequest request, Set<String> internalTopics, Persistence persistence, Stage stage)
      throws InterruptedException {
    // A group may have very many commits; those of some are put together while others are awaited,
    // on threads that no other work of this JVM can keep busy.
    var progress =
        HashMap.<String, CompletableFuture<Progress>>newHashMap(request.commits().size());
    request
        .commits()
        .forEach((group, answer) ->
            progress.put(
                group,
                answer
                    .toCompletionStage()
                    .thenApplyAsync(
                        commits -> committed(commits, internalTopics), Thread::startVirtualThread)
                    .toCompletableFuture()));
    return new Answered(
        await("committed offsets", request.commits(), persistence, stage),
        progress,
        await("lag", request.shares(), persistence, stage),
        await("members", request.members(), persistence, stage));
  }

  /** Puts the groups together. */
  List<Group> groups(Listed listed, Answered answered) {
    List<String> unknownProtocol =
        listed.groups().stream()
            .filter(listing -> GroupRequest.type(listing) == GroupType.UNKNOWN)
            .map(GroupListing::groupId)
            .toList();
    gaps.add("members and offsets", "group", unknownProtocol, "a protocol that is not known here");
    return listed.groups().stream().map(listing -> group(listing, answered)).toList();
  }

  private Group group(GroupListing listing, Answered answered) {
    String name = listing.groupId();
    return new Group(
        name,
        GroupRequest.type(listing).toString().toLowerCase(Locale.ROOT),
        listing.groupState().orElse(GroupState.UNKNOWN).toString(),
        Optional.ofNullable(answered.members().get(name)),
        progress(name, answered));
  }

  private Progress progress(String group, Answered answered) {
    if (answered.commits().containsKey(group)) {
      return requireNonNull(answered.progress().get(group)).join();
    }
    Map<TopicPartition, SharePartitionOffsetInfo> shares = answered.shares().get(group);
    return shares == null ? new Progress.Unknown() : shared(shares);
  }

  private <V> Map<String, V> await(
      String part, Map<String, KafkaFuture<V>> futures, Persistence persistence, Stage stage)
      throws InterruptedException {
    Answers<String, V> answers =
        Answers.await(
            futures.keySet(), key -> requireNonNull(futures.get(key)), stage.end(), persistence);
    // A group that is gone since it was listed is not missing.
    answers.failures().values().removeIf(GroupIdNotFoundException.class::isInstance);
    gaps.add(part, "group", answers.failures());
    return answers.values();
  }

  private Progress committed(
      Map<TopicPartition, OffsetAndMetadata> offsets, Set<String> internalTopics) {
    var commits = new TopicCommits.Sorter();
    offsets.forEach((partition, offset) -> {
      String topic = nameOf(partition.topic(), internalTopics);
      // The client says by null that nothing is committed there.
      if (offset != null && !topic.isEmpty()) {
        commits.add(topic, partition.partition(), offset.offset());
      }
    });
    return new Progress.Committed(commits.sorted());
  }

  /**
   * Returns the one text that stands for a topic in this reading, whose hash is then known: the
   * client makes a new one for each commit. Empty if the topic is not read.
   */
  private String nameOf(String topic, Set<String> internalTopics) {
    String known = topicNames.get(topic);
    return known != null
        ? known
        : topicNames.computeIfAbsent(
            topic, t -> internalTopics.contains(t) || !topics.accepts(t) ? "" : t);
  }

  private Progress shared(Map<TopicPartition, SharePartitionOffsetInfo> offsets) {
    var partitions = new ArrayList<SharedPartition>(offsets.size());
    offsets.forEach((partition, offset) -> {
      // Nothing was shared of a partition without a start offset, as nothing was committed.
      if (offset != null && offset.startOffset() >= 0 && topics.accepts(partition.topic())) {
        partitions.add(new SharedPartition(partition.topic(), partition.partition(), lag(offset)));
      }
    });
    return new Progress.Shared(partitions);
  }

  private static OptionalLong lag(SharePartitionOffsetInfo offset) {
    return offset.lag().filter(lag -> lag >= 0).map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
