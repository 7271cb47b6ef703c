package io.mqexporter.system;

import static java.util.Objects.requireNonNull;

import io.mqexporter.brokers.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics and groups of random shapes on a real broker, at rest: nothing is written or consumed any
 * more, but some consumers are still connected.
 */
final class KafkaShapes implements AutoCloseable {

  private static final int TOPICS = 60;
  private static final int SIMPLE_GROUPS = 34;
  private static final int CONSUMING_GROUPS = 10;
  private static final int SHARE_GROUPS = 5;
  private static final int RECORDS_A_PARTITION = 120;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_POLLS = 100;

  private final KafkaBroker broker;
  private final Admin admin;
  private final Random random;
  private final Map<TopicPartition, Long> starts = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final List<String> topics = new ArrayList<>();
  private final Set<String> groupsWithoutCommits = new HashSet<>();
  private final List<Runnable> connected = new ArrayList<>();

  private KafkaShapes(KafkaBroker broker, Admin admin, long seed) {
    this.broker = broker;
    this.admin = admin;
    this.random = new Random(seed);
  }

  /** Creates the shapes that a seed stands for. */
  static KafkaShapes create(KafkaBroker broker, long seed)
      throws ExecutionException, InterruptedException {
    Admin admin = broker.admin();
    var shapes = new KafkaShapes(broker, admin, seed);
    try {
      shapes.createTopics();
      shapes.produce();
      shapes.trim();
      shapes.commitWithoutConsuming();
      shapes.consume();
      shapes.joinWithoutCommitting();
      shapes.share();
      return shapes;
    } catch (ExecutionException | InterruptedException | RuntimeException e) {
      shapes.close();
      throw e;
    }
  }

  /** Returns the groups that have members and never committed. */
  Set<String> groupsWithoutCommits() {
    return groupsWithoutCommits;
  }

  @Override
  public void close() {
    connected.forEach(Runnable::run);
    admin.close();
  }

  private void createTopics() throws ExecutionException, InterruptedException {
    var newTopics = new ArrayList<NewTopic>();
    for (int i = 0; i < TOPICS; i++) {
      String name = List.of("orders.%d", "audit_log_%d", "a-b-%d", "X.y_z-%d").get(i % 4);
      topics.add(name.formatted(i));
      newTopics.add(new NewTopic(topics.getLast(), 1 + random.nextInt(6), (short) 1));
    }
    admin.createTopics(newTopics).all().get();
    for (NewTopic topic : newTopics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), 0L);
      }
    }
  }

  /** Leaves about one partition in four empty. */
  @SuppressWarnings("FutureReturnValueIgnored") // Closing the producer sends everything.
  private void produce() {
    Map<String, Object> properties =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            false,
            ProducerConfig.LINGER_MS_CONFIG,
            20);
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (TopicPartition partition : partitionsOf(topics)) {
        int records = random.nextInt(4) == 0 ? 0 : random.nextInt(RECORDS_A_PARTITION);
        for (int i = 0; i < records; i++) {
          producer.send(
              new ProducerRecord<>(
                  partition.topic(), partition.partition(), new byte[0], new byte[10]));
        }
        ends.put(partition, (long) records);
      }
    }
  }

  private void trim() throws ExecutionException, InterruptedException {
    var trimmed = new HashMap<TopicPartition, RecordsToDelete>();
    for (TopicPartition partition : partitionsOf(topics)) {
      starts.put(partition, 0L);
      if (random.nextInt(5) == 0) {
        long start = random.nextLong(requireNonNull(ends.get(partition)) + 1);
        starts.put(partition, start);
        trimmed.put(partition, RecordsToDelete.beforeOffset(start));
      }
    }
    admin.deleteRecords(trimmed).all().get();
  }

  /** Also commits before the start and beyond the end. */
  private void commitWithoutConsuming() throws ExecutionException, InterruptedException {
    for (int i = 0; i < SIMPLE_GROUPS; i++) {
      String group =
          List.of("simple.%d", "simple_%d", "it's-\"quoted\"-\\%d", "größe-%d")
              .get(i % 4)
              .formatted(i);
      var commits = new HashMap<TopicPartition, OffsetAndMetadata>();
      for (TopicPartition partition : partitionsOf(someTopics(6))) {
        if (random.nextInt(3) > 0) {
          long offset =
              random.nextLong(
                  requireNonNull(ends.get(partition)) + (random.nextInt(10) == 0 ? 50 : 1));
          commits.put(partition, new OffsetAndMetadata(offset));
        }
      }
      admin.alterConsumerGroupOffsets(group, commits).all().get();
    }
  }

  private void consume() {
    for (GroupProtocol protocol : GroupProtocol.values()) {
      for (int i = 0; i < CONSUMING_GROUPS; i++) {
        String group = protocol.name().toLowerCase(Locale.ROOT) + "-" + i;
        var consumer = join(group, protocol, someTopics(3));
        var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : consumer.assignment()) {
          if (random.nextInt(4) > 0) {
            long offset = requireNonNull(starts.get(partition));
            offset += random.nextLong(requireNonNull(ends.get(partition)) - offset + 1);
            positions.put(partition, new OffsetAndMetadata(offset));
          }
        }
        consumer.commitSync(positions);
        leaveOrStay(consumer::close);
      }
    }
  }

  private void joinWithoutCommitting() {
    for (GroupProtocol protocol : GroupProtocol.values()) {
      String group = "never-committed-" + protocol.name().toLowerCase(Locale.ROOT);
      connected.add(join(group, protocol, someTopics(2))::close);
      groupsWithoutCommits.add(group);
    }
  }

  private void share() throws ExecutionException, InterruptedException {
    for (int i = 0; i < SHARE_GROUPS; i++) {
      String group = "share." + i;
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
              consumerProperties(group), new ByteArrayDeserializer(), new ByteArrayDeserializer());
      List<String> subscribed = new ArrayList<>(someTopics(2));
      subscribed.add(topicWithRecords());
      consumer.subscribe(subscribed);
      for (int polls = 0; consumer.poll(POLL).isEmpty(); polls++) {
        requireMorePolls(group, polls);
      }
      // Accepts what the last poll returned.
      consumer.commitSync();
      leaveOrStay(consumer::close);
    }
  }

  private Consumer<byte[], byte[]> join(
      String group, GroupProtocol protocol, List<String> subscribed) {
    Map<String, Object> properties = consumerProperties(group);
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol.name());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(subscribed);
    for (int polls = 0; consumer.assignment().isEmpty(); polls++) {
      requireMorePolls(group, polls);
      consumer.poll(POLL);
    }
    return consumer;
  }

  private static void requireMorePolls(String group, int polls) {
    if (polls == MOST_POLLS) {
      throw new IllegalStateException(group + ": was given nothing in " + polls + " polls");
    }
  }

  private void leaveOrStay(Runnable close) {
    if (random.nextBoolean()) {
      close.run();
    } else {
      connected.add(close);
    }
  }

  private Map<String, Object> consumerProperties(String group) {
    var properties = new HashMap<String, Object>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    return properties;
  }

  private List<String> someTopics(int most) {
    int count = 1 + random.nextInt(most);
    return random.ints(0, topics.size()).distinct().limit(count).mapToObj(topics::get).toList();
  }

  private String topicWithRecords() {
    return ends.keySet().stream()
        .filter(partition ->
            requireNonNull(starts.get(partition)) < requireNonNull(ends.get(partition)))
        .map(TopicPartition::topic)
        .sorted()
        .skip(random.nextInt(TOPICS))
        .findFirst()
        .orElseThrow();
  }

  private List<TopicPartition> partitionsOf(List<String> someTopics) {
    return ends.keySet().stream()
        .filter(partition -> someTopics.contains(partition.topic()))
        .sorted(Comparator.comparing(TopicPartition::toString))
        .toList();
  }
}
