package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.KafkaStreamsMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Real consumers of every protocol, of which some stay connected and some leave. */
final class KafkaMembers implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final Admin admin;
  private final Random random;
  private final Set<String> groupsWithoutCommits = new HashSet<>();
  private final List<Runnable> connected = new ArrayList<>();

  KafkaMembers(String bootstrapServers, Admin admin, Random random) {
    this.bootstrapServers = bootstrapServers;
    this.admin = admin;
    this.random = random;
  }

  /** Returns the groups that have members and never committed. */
  Set<String> groupsWithoutCommits() {
    return groupsWithoutCommits;
  }

  /**
   * Joins a group and commits.
   *
   * @param positions where to; a part of those in the topics, and few of others
   */
  void consume(
      String group,
      String protocol,
      List<String> topics,
      Map<TopicPartition, OffsetAndMetadata> positions) {
    var consumer = join(group, protocol, topics);
    consumer.commitSync(
        positions.entrySet().stream()
            .filter(entry -> topics.contains(entry.getKey().topic()) || random.nextInt(50) == 0)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    leaveOrStay(consumer::close);
  }

  /** Joins a group and stays, without ever committing. */
  void joinWithoutCommitting(String group, String protocol, List<String> topics) {
    connected.add(join(group, protocol, topics)::close);
    groupsWithoutCommits.add(group);
  }

  /** Accepts some records as a member of a share group. */
  void share(String group, String topicWithRecords, List<String> moreTopics)
      throws ExecutionException, InterruptedException {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.GROUP, group),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("share.auto.offset.reset", "earliest"),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get();
    var consumer =
        new KafkaShareConsumer<>(
            properties(group), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<String> topics = new ArrayList<>(moreTopics);
    topics.add(topicWithRecords);
    consumer.subscribe(topics);
    Awaitility.await().pollInSameThread().until(() -> !consumer.poll(POLL).isEmpty());
    // Accepts what the last poll returned.
    consumer.commitSync();
    leaveOrStay(consumer::close);
  }

  /**
   * Reads all records of topics as a streams group.
   *
   * @param ends where the partitions end that hold records
   */
  void stream(String group, List<String> topics, Map<TopicPartition, Long> ends) {
    var member = KafkaStreamsMember.start(bootstrapServers, group, topics);
    connected.add(member::close);
    Awaitility.await(group)
        .untilAsserted(() -> assertThat(committed(group)).containsAllEntriesOf(ends));
  }

  @Override
  public void close() {
    connected.forEach(Runnable::run);
  }

  private Consumer<byte[], byte[]> join(String group, String protocol, List<String> topics) {
    Map<String, Object> properties = properties(group);
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol.toUpperCase(Locale.ROOT));
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(topics);
    Awaitility.await(group)
        .pollInSameThread()
        .until(() -> {
          consumer.poll(POLL);
          return !consumer.assignment().isEmpty();
        });
    return consumer;
  }

  /** Returns what a group has committed. */
  private Map<TopicPartition, Long> committed(String group)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private void leaveOrStay(Runnable close) {
    if (random.nextBoolean()) {
      close.run();
    } else {
      connected.add(close);
    }
  }

  private Map<String, Object> properties(String group) {
    var properties = new HashMap<String, Object>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    return properties;
  }
}
