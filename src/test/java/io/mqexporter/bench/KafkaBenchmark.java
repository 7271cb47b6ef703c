package io.mqexporter.bench;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.collector.Deadline;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** A pass over Kafka against bare calls of its admin client for the same data. */
final class KafkaBenchmark {

  private static final int TOPICS = 200;
  private static final int PARTITIONS = 10;
  private static final int GROUPS = 1_000;
  private static final int TOPICS_A_GROUP = 5;

  private KafkaBenchmark() {}

  static void run() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start("bench-kafka");
        Admin admin = broker.admin();
        var collector =
            new KafkaCollector(
                "bench",
                new KafkaConfig(
                    broker.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS),
                Duration.ofMinutes(3),
                Clock.systemUTC())) {
      fill(admin);
      String what =
          "Kafka, %,d partitions, %,d groups, %,d committed offsets"
              .formatted(TOPICS * PARTITIONS, GROUPS, GROUPS * TOPICS_A_GROUP * PARTITIONS);
      Comparison.print(
          what,
          "the bare Admin client's calls for the same",
          () -> bareCalls(admin),
          () -> collector.collect(Deadline.after(Duration.ofMinutes(1))));
      long before = collector.requestsSent();
      collector.collect(Deadline.after(Duration.ofMinutes(1)));
      System.out.printf("%s: %d requests a collection%n", what, collector.requestsSent() - before);
    }
  }

  private static void fill(Admin admin) throws Exception {
    List<NewTopic> topics =
        IntStream.range(0, TOPICS)
            .mapToObj(i -> new NewTopic("topic-" + i, PARTITIONS, (short) 1))
            .toList();
    admin.createTopics(topics).all().get();
    var commits = new ArrayList<KafkaFuture<Void>>();
    for (int group = 0; group < GROUPS; group++) {
      var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
      for (int i = 0; i < TOPICS_A_GROUP; i++) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          offsets.put(
              new TopicPartition("topic-" + (group + i) % TOPICS, partition),
              new OffsetAndMetadata(0));
        }
      }
      commits.add(admin.alterConsumerGroupOffsets("group-" + group, offsets).all());
    }
    for (var commit : commits) {
      commit.get();
    }
  }

  /** Asks by the fewest calls for all that a collection tells each time. */
  static void bareCalls(Admin admin) throws Exception {
    bareCalls(admin, _ -> true);
  }

  /** Asks for no more than a collection does, which describes no group that is listed as empty. */
  static void sameCalls(Admin admin) throws Exception {
    bareCalls(
        admin, group -> group.groupState().filter(state -> state == GroupState.EMPTY).isEmpty());
  }

  private static void bareCalls(Admin admin, Predicate<GroupListing> described) throws Exception {
    admin.describeCluster().nodes().get();
    admin.describeMetadataQuorum().quorumInfo().get();
    var topics = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
    Collection<GroupListing> listings = admin.listGroups().all().get();
    List<String> groups = names(listings, _ -> true);
    var offsets =
        admin.listConsumerGroupOffsets(
            groups.stream()
                .collect(
                    Collectors.toMap(
                        Function.identity(), _ -> new ListConsumerGroupOffsetsSpec())));
    var descriptions = admin.describeClassicGroups(names(listings, described));
    var topicDescriptions = admin.describeTopics(topics).allTopicNames().get();
    var partitions =
        topicDescriptions.values().stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
            .toList();
    var starts = admin.listOffsets(at(partitions, OffsetSpec.earliest()));
    offsets.all().get();
    descriptions.all().get();
    starts.all().get();
    var lastStable =
        admin.listOffsets(
            at(partitions, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    var ends = admin.listOffsets(at(partitions, OffsetSpec.latest()));
    lastStable.all().get();
    ends.all().get();
  }

  private static List<String> names(
      Collection<GroupListing> listings, Predicate<GroupListing> chosen) {
    return listings.stream().filter(chosen).map(GroupListing::groupId).toList();
  }

  private static Map<TopicPartition, OffsetSpec> at(
      List<TopicPartition> partitions, OffsetSpec spec) {
    return partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
  }
}
