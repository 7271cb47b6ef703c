package io.mqexporter.kafka;

import static java.util.Objects.requireNonNull;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Reads topics, their partitions and the offsets at which those begin and end. */
final class TopicReader {

  private static final String GROUPS_TOPIC = "__consumer_offsets";

  private final NameFilter topics;
  private final WantedTopics wanted;
  private final Gaps gaps;

  TopicReader(NameFilter topics, WantedTopics wanted, Gaps gaps) {
    this.topics = topics;
    this.wanted = wanted;
    this.gaps = gaps;
  }

  /** The topics that are read by name, with those that Kafka keeps for itself. */
  record Listed(Map<String, TopicListing> topics) {

    Set<String> internal() {
      return topics.values().stream()
          .filter(TopicListing::isInternal)
          .map(TopicListing::name)
          .collect(Collectors.toSet());
    }
  }

  /**
   * Topics and their partitions, without those that Kafka keeps for itself.
   *
   * @param groupLeaders the leaders of the partitions in which brokers keep groups; empty if not
   *     known
   * @param byId whether the brokers know topics by their ids (since 3.1)
   * @param silent the brokers that do not answer
   */
  record Described(
      List<TopicDescription> topics,
      List<OptionalInt> groupLeaders,
      boolean byId,
      Set<Integer> silent) {}

  /** What brokers answer, and whether they were asked by id. */
  private record Descriptions(Answers<String, TopicDescription> answers, boolean byId) {}

  /**
   * What was asked about offsets and is perhaps not answered yet.
   *
   * @param starts the offsets of the oldest records
   * @param lastStable the offsets up to which no transaction is open
   * @param ends the offsets that the next records will get
   */
  record OffsetRequest(Asked starts, Asked lastStable, Asked ends) {}

  /** Partitions, and what was asked about all of them. */
  record Asked(List<TopicPartition> partitions, ListOffsetsResult result) {}

  /** Waits for the list of topics. */
  Listed list(ListTopicsResult result, Stage stage) throws InterruptedException {
    var listed = new HashMap<String, TopicListing>();
    try {
      Answers.await(result.listings(), stage.end()).stream()
          .filter(listing -> listing.isInternal() || topics.accepts(listing.name()))
          .forEach(listing -> listed.put(listing.name(), listing));
    } catch (NoAnswerException e) {
      gaps.add("topics", e.failure());
    }
    return new Listed(listed);
  }

  /**
   * Reads the partitions of the topics.
   *
   * @param silent the brokers that do not answer
   */
  Described describe(Admin admin, Listed listed, Set<Integer> silent, Stage stage)
      throws InterruptedException {
    Descriptions descriptions = descriptions(admin, listed, stage);
    Answers<String, TopicDescription> answers = descriptions.answers();
    gaps.add("partitions", "topic", answers.failures());
    var topics = new ArrayList<TopicDescription>();
    var withoutLeader = new ArrayList<TopicPartition>();
    var withSilentLeader = new ArrayList<TopicPartition>();
    List<OptionalInt> groupLeaders = List.of();
    for (TopicDescription topic : answers.values().values()) {
      if (!topic.isInternal()) {
        topics.add(topic);
        for (TopicPartitionInfo partition : topic.partitions()) {
          OptionalInt leader = leader(partition);
          if (wanted.wants(topic.name()) && !canAnswer(leader, silent)) {
            (leader.isEmpty() ? withoutLeader : withSilentLeader)
                .add(new TopicPartition(topic.name(), partition.partition()));
          }
        }
      } else if (topic.name().equals(GROUPS_TOPIC)) {
        groupLeaders = topic.partitions().stream().map(TopicReader::leader).toList();
        reportLostGroups(groupLeaders);
      }
    }
    gaps.add("offsets", "partition", withoutLeader, "no leader");
    gaps.add("offsets", "partition", withSilentLeader, "the leader does not answer");
    return new Described(topics, groupLeaders, descriptions.byId(), silent);
  }

  /** Asks for the start offset of each partition. */
  Asked requestStarts(Admin admin, Described described, Stage stage) {
    return request(
        admin,
        withLeader(described),
        OffsetSpec.earliest(),
        IsolationLevel.READ_UNCOMMITTED,
        stage);
  }

  /**
   * Asks for the offsets at which each partition ends. The end comes first: what is written between
   * the two answers must not look like a transaction that is open.
   */
  OffsetRequest requestEnds(Admin admin, Described described, Asked starts, Stage stage) {
    // Also of topics of which it was not known before that somebody consumes them.
    List<TopicPartition> partitions = withLeader(described);
    Asked ends =
        request(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, stage);
    Asked lastStable =
        request(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, stage);
    return new OffsetRequest(starts, lastStable, ends);
  }

  /**
   * Returns the partitions whose offsets can be asked for: the client would look for a leader that
   * is missing, or about to be, again and again, without a pause, until its time is up.
   */
  private List<TopicPartition> withLeader(Described described) {
    return described.topics().stream()
        .filter(topic -> wanted.wants(topic.name()))
        .flatMap(topic ->
            topic.partitions().stream()
                .filter(partition -> canAnswer(leader(partition), described.silent()))
                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
        .toList();
  }

  private static boolean canAnswer(OptionalInt leader, Set<Integer> silent) {
    return leader.isPresent() && !silent.contains(leader.getAsInt());
  }

  private static Asked request(
      Admin admin,
      List<TopicPartition> partitions,
      OffsetSpec spec,
      IsolationLevel isolation,
      Stage stage) {
    Map<TopicPartition, OffsetSpec> specs =
        partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
    return new Asked(
        partitions, admin.listOffsets(specs, stage.limit(new ListOffsetsOptions(isolation))));
  }

  /** Waits for the offsets and puts the topics together. */
  List<Topic> await(
      Described described, OffsetRequest request, Persistence persistence, Stage stage)
      throws InterruptedException {
    Map<TopicPartition, ListOffsetsResultInfo> starts =
        await("start offsets", request.starts(), persistence, stage);
    Map<TopicPartition, ListOffsetsResultInfo> lastStable =
        await("last stable offsets", request.lastStable(), persistence, stage);
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        await("end offsets", request.ends(), persistence, stage);
    var topics = new ArrayList<Topic>(described.topics().size());
    for (TopicDescription topic : described.topics()) {
      var partitions = new ArrayList<Partition>(topic.partitions().size());
      for (TopicPartitionInfo partition : topic.partitions()) {
        var key = new TopicPartition(topic.name(), partition.partition());
        partitions.add(
            new Partition(
                partition.partition(),
                leader(partition),
                partition.replicas().stream().map(Node::id).toList(),
                partition.isr().size(),
                offset(starts, key),
                offset(lastStable, key),
                offset(ends, key)));
      }
      topics.add(new Topic(topic.name(), id(topic), partitions));
    }
    return topics;
  }

  /**
   * Reads descriptions by topic id, which is one request whatever the number of partitions; by name
   * from brokers that cannot do that (before 3.1).
   */
  private static Descriptions descriptions(Admin admin, Listed listed, Stage stage)
      throws InterruptedException {
    Set<String> names = listed.topics().keySet();
    Map<String, Uuid> ids =
        listed.topics().values().stream()
            .collect(Collectors.toMap(TopicListing::name, TopicListing::topicId));
    if (!ids.containsValue(Uuid.ZERO_UUID)) {
      var byId = describe(admin, TopicCollection.ofTopicIds(ids.values()), stage).topicIdValues();
      Answers<String, TopicDescription> answers =
          Answers.await(
              names, name -> requireNonNull(byId.get(requireNonNull(ids.get(name)))), stage.end());
      if (answers.failures().values().stream()
          .noneMatch(UnsupportedVersionException.class::isInstance)) {
        return new Descriptions(answers, true);
      }
    }
    var byName = describe(admin, TopicCollection.ofTopicNames(names), stage).topicNameValues();
    return new Descriptions(
        Answers.await(names, name -> requireNonNull(byName.get(name)), stage.end()), false);
  }

  private static DescribeTopicsResult describe(Admin admin, TopicCollection topics, Stage stage) {
    return admin.describeTopics(topics, stage.limit(new DescribeTopicsOptions()));
  }

  private Map<TopicPartition, ListOffsetsResultInfo> await(
      String part, Asked asked, Persistence persistence, Stage stage) throws InterruptedException {
    ListOffsetsResult result = asked.result();
    Answers<TopicPartition, ListOffsetsResultInfo> answers =
        Answers.await(
            result.all(), asked.partitions(), result::partitionResult, stage.end(), persistence);
    gaps.add(part, "partition", answers.failures());
    return answers.values();
  }

  /** Brokers do not list the groups of a partition without a leader, and do not say so either. */
  private void reportLostGroups(List<OptionalInt> groupLeaders) {
    List<Integer> lost =
        IntStream.range(0, groupLeaders.size())
            .filter(partition -> groupLeaders.get(partition).isEmpty())
            .boxed()
            .toList();
    gaps.add("groups", "partition", lost, GROUPS_TOPIC + " has no leader there");
  }

  private static String id(TopicDescription topic) {
    return topic.topicId().equals(Uuid.ZERO_UUID) ? "" : topic.topicId().toString();
  }

  private static OptionalInt leader(TopicPartitionInfo partition) {
    Node leader = partition.leader();
    return leader == null || leader.isEmpty() ? OptionalInt.empty() : OptionalInt.of(leader.id());
  }

  private static OptionalLong offset(
      Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
    ListOffsetsResultInfo info = offsets.get(partition);
    return info == null || info.offset() < 0
        ? OptionalLong.empty()
        : OptionalLong.of(info.offset());
  }
}
