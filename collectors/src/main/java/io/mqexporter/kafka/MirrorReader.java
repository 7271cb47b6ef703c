package io.mqexporter.kafka;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Settings;
import io.mqexporter.kafka.KafkaConfig.Mirror;
import io.mqexporter.kafka.RecordReader.Finding;
import io.mqexporter.kafka.RecordReader.Position;
import io.mqexporter.kafka.Replication.Copied;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads how far the copies that MirrorMaker 2 makes are behind. First where the copies end, and
 * then where their sources end: what is copied in between makes no negative lag. MirrorMaker itself
 * is not asked, so that the lag is there when it is not.
 */
final class MirrorReader implements AutoCloseable {

  /** The share of the time that each cluster has to say which topics it holds. */
  private static final double LISTING_SHARE = 0.4;

  /** The share of the time that is then left after which ages are no longer looked for. */
  private static final double OFFSETS_SHARE = 0.7;

  private final Mirror mirror;
  private final KafkaConnection source;
  private final KafkaConnection copy;
  private final Clock clock;
  private Optional<OffsetSyncs> syncs = Optional.empty();

  /**
   * Creates a reader that connects when it first reads.
   *
   * @param source how the source's cluster is reached
   * @param copy how the cluster with the copies is reached
   */
  MirrorReader(
      Mirror mirror, Settings<KafkaConfig> source, Settings<KafkaConfig> copy, Clock clock) {
    this.mirror = mirror;
    this.source = new KafkaConnection(mirror.source(), source);
    this.copy = new KafkaConnection(mirror.targetAlias(), copy);
    this.clock = clock;
  }

  Mirror mirror() {
    return mirror;
  }

  /** What one reading found. */
  record Found(List<Replication> replications, List<Missing> missing) {}

  /**
   * Reads all copies.
   *
   * @throws CollectionException if one of the clusters cannot be read
   */
  Found read(Deadline deadline) throws CollectionException, InterruptedException {
    var missing = new Gaps();
    // Of a cluster that does not answer no more is asked, and the other one is not blamed.
    Admin near = source.admin(deadline);
    Set<String> sources = names(source, near, Stage.until(deadline, LISTING_SHARE));
    Admin far = copy.admin(deadline);
    Set<String> there = names(copy, far, Stage.until(deadline, LISTING_SHARE));
    Stage stage = Stage.until(deadline, OFFSETS_SHARE);
    OffsetSyncs known = readSyncs(near, stage, missing);
    var topics = new TreeSet<>(known.topics());
    there.stream()
        .filter(name -> name.startsWith(mirror.prefix()))
        .map(name -> name.substring(mirror.prefix().length()))
        .forEach(topics::add);
    topics.retainAll(sources);
    topics.removeIf(topic -> copyOf(topic, there).isEmpty());
    Map<String, TopicDescription> described = describe(near, topics, stage, missing);
    List<TopicPartition> partitions =
        described.values().stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition())))
            .toList();
    Function<TopicPartition, TopicPartition> copied =
        partition ->
            new TopicPartition(
                copyOf(partition.topic(), there).orElseThrow(), partition.partition());
    Map<TopicPartition, Long> copyEnds =
        offsets(far, partitions.stream().map(copied).toList(), OffsetSpec.latest(), stage, missing);
    Map<TopicPartition, Long> starts =
        offsets(near, partitions, OffsetSpec.earliest(), stage, missing);
    Map<TopicPartition, Long> ends = offsets(near, partitions, OffsetSpec.latest(), stage, missing);
    var replications = new ArrayList<Replication>();
    for (TopicDescription topic : described.values()) {
      List<Copied> all =
          partitions.stream()
              .filter(partition -> partition.topic().equals(topic.name()))
              .map(partition ->
                  Copied.of(
                      partition.partition(),
                      known.last(partition),
                      offset(copyEnds, copied.apply(partition)),
                      offset(starts, partition),
                      offset(ends, partition)))
              .toList();
      replications.add(new Replication(topic.name(), all));
    }
    return new Found(aged(replications, ends, deadline), missing.toList());
  }

  private OffsetSyncs readSyncs(Admin near, Stage stage, Gaps missing)
      throws CollectionException, InterruptedException {
    if (syncs.isEmpty()) {
      syncs = Optional.of(new OffsetSyncs(source.properties(), mirror.targetAlias()));
    }
    TopicPartition topic = OffsetSyncs.topic(mirror.targetAlias());
    try {
      long start = Answers.await(one(near, topic, OffsetSpec.earliest(), stage), stage.end());
      long end = Answers.await(one(near, topic, OffsetSpec.latest(), stage), stage.end());
      if (!syncs.get().read(start, end, stage.end())) {
        missing.add("offset syncs", new TimeoutException());
      }
    } catch (NoAnswerException e) {
      missing.add(topic.topic() + " at " + mirror.source(), e.failure());
    } catch (KafkaException e) {
      missing.add(topic.topic() + " at " + mirror.source(), e);
    }
    return syncs.get();
  }

  private static KafkaFuture<Long> one(
      Admin admin, TopicPartition partition, OffsetSpec spec, Stage stage) {
    ListOffsetsResult result =
        admin.listOffsets(Map.of(partition, spec), stage.limit(new ListOffsetsOptions()));
    return result.partitionResult(partition).thenApply(ListOffsetsResultInfo::offset);
  }

  private Optional<String> copyOf(String topic, Set<String> there) {
    // The second is what IdentityReplicationPolicy makes of it.
    return List.of(mirror.prefix() + topic, topic).stream().filter(there::contains).findFirst();
  }

  private static Set<String> names(KafkaConnection connection, Admin admin, Stage stage)
      throws CollectionException, InterruptedException {
    try {
      return Answers.await(
          admin.listTopics(stage.limit(new ListTopicsOptions())).names(), stage.end());
    } catch (NoAnswerException e) {
      throw connection.failure(Reason.of(e.failure()), e);
    }
  }

  private static Map<String, TopicDescription> describe(
      Admin admin, Collection<String> topics, Stage stage, Gaps missing)
      throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(topics, stage.limit(new DescribeTopicsOptions())).topicNameValues();
    Answers<String, TopicDescription> answers =
        Answers.await(topics, name -> Objects.requireNonNull(described.get(name)), stage.end());
    missing.add("partitions", "topic", answers.failures());
    return new TreeMap<>(answers.values());
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin,
      Collection<TopicPartition> partitions,
      OffsetSpec spec,
      Stage stage,
      Gaps missing)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> specs =
        partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
    ListOffsetsResult result = admin.listOffsets(specs, stage.limit(new ListOffsetsOptions()));
    Answers<TopicPartition, ListOffsetsResultInfo> answers =
        Answers.await(partitions, result::partitionResult, stage.end());
    // A copy gets a new partition of its source a little later.
    answers.failures().values().removeIf(UnknownTopicOrPartitionException.class::isInstance);
    missing.add("offsets", "partition", answers.failures());
    return answers.values().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private static OptionalLong offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    Long offset = offsets.get(partition);
    return offset == null || offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** Looks at the records that are next to be copied, as many as the configuration allows. */
  private List<Replication> aged(
      List<Replication> replications, Map<TopicPartition, Long> ends, Deadline deadline)
      throws CollectionException, InterruptedException {
    var positions = new ArrayList<Position>();
    for (Replication replication : replications) {
      for (Copied partition : replication.partitions()) {
        if (partition.lag().orElse(0) > 0) {
          var key = new TopicPartition(replication.topic(), partition.partition());
          positions.add(
              new Position(
                  key, partition.position().orElseThrow(), offset(ends, key).orElseThrow()));
        }
      }
    }
    List<Position> chosen =
        positions.stream().limit(source.config().effort().unreadRecords()).toList();
    Map<Position, Finding> findings =
        chosen.isEmpty() ? Map.of() : source.records().read(chosen, deadline);
    var byPartition = new HashMap<TopicPartition, Finding>();
    findings.forEach((position, finding) -> byPartition.put(position.partition(), finding));
    long now = clock.millis();
    return replications.stream()
        .map(replication ->
            new Replication(
                replication.topic(),
                replication.partitions().stream()
                    .map(partition ->
                        aged(
                            partition,
                            Optional.ofNullable(
                                byPartition.get(
                                    new TopicPartition(
                                        replication.topic(), partition.partition()))),
                            now))
                    .toList()))
        .toList();
  }

  private static Copied aged(Copied partition, Optional<Finding> finding, long nowMillis) {
    return switch (finding.orElse(new Finding.NothingBefore(-1))) {
      case Finding.Found(_, long written) when written >= 0 ->
          partition.aged(Math.max(0, nowMillis - written) / 1000.0);
      case Finding.NothingBefore(long offset) when offset >= 0 -> partition.aged(0);
      default -> partition;
    };
  }

  long requestsSent() {
    return source.requestsSent() + copy.requestsSent();
  }

  @Override
  public void close() {
    syncs.ifPresent(OffsetSyncs::close);
    source.close();
    copy.close();
  }
}
