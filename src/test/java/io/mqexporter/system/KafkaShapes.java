package io.mqexporter.system;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics and groups of random shapes on a real cluster, at rest: nothing is written or consumed any
 * more, but some consumers are still connected.
 */
final class KafkaShapes implements AutoCloseable {

  private static final int RECORDS_A_PARTITION = 120;

  private final String bootstrapServers;
  private final Admin admin;
  private final Random random;
  private final Extent extent;
  private final Map<TopicPartition, Long> starts = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final List<String> topics = new ArrayList<>();
  private final KafkaMembers members;

  /**
   * How much there is.
   *
   * @param replicas the most replicas that a topic has
   * @param simpleGroups groups without members, whose offsets were set
   * @param consumingGroups groups of each protocol that consumed, or still are connected; there is
   *     one streams group at most
   * @param protocols how they share the partitions among them: {@code classic}, {@code consumer},
   *     {@code share}, {@code streams}
   */
  record Extent(
      int topics, int replicas, int simpleGroups, int consumingGroups, List<String> protocols) {}

  private KafkaShapes(String bootstrapServers, Extent extent, long seed) {
    this.bootstrapServers = bootstrapServers;
    this.extent = extent;
    this.random = new Random(seed);
    this.admin =
        Admin.create(
            Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    this.members = new KafkaMembers(bootstrapServers, admin, random);
  }

  /** Creates the shapes that a seed stands for. */
  static KafkaShapes create(String bootstrapServers, Extent extent, long seed)
      throws ExecutionException, InterruptedException {
    var shapes = new KafkaShapes(bootstrapServers, extent, seed);
    try {
      shapes.createTopics();
      shapes.produce();
      shapes.trim();
      shapes.commitWithoutConsuming();
      shapes.consume();
      return shapes;
    } catch (ExecutionException | InterruptedException | RuntimeException e) {
      shapes.close();
      throw e;
    }
  }

  /** Returns the groups that have members and never committed. */
  Set<String> groupsWithoutCommits() {
    return members.groupsWithoutCommits();
  }

  @Override
  public void close() {
    members.close();
    admin.close();
  }

  private void createTopics() throws ExecutionException, InterruptedException {
    var newTopics = new ArrayList<NewTopic>();
    for (int i = 0; i < extent.topics(); i++) {
      String name = List.of("orders.%d", "audit_log_%d", "a-b-%d", "X.y_z-%d").get(i % 4);
      topics.add(name.formatted(i));
      short replicas = (short) (1 + random.nextInt(extent.replicas()));
      newTopics.add(new NewTopic(topics.getLast(), 1 + random.nextInt(6), replicas));
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
            bootstrapServers,
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
    var commits = new ArrayList<KafkaFuture<Void>>();
    for (int i = 0; i < extent.simpleGroups(); i++) {
      String group =
          List.of("simple.%d", "simple_%d", "it's-\"quoted\"-\\%d", "größe-%d")
              .get(i % 4)
              .formatted(i);
      var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
      for (TopicPartition partition : partitionsOf(someTopics(6))) {
        if (random.nextInt(3) > 0) {
          long offset =
              random.nextLong(
                  requireNonNull(ends.get(partition)) + (random.nextInt(10) == 0 ? 50 : 1));
          offsets.put(partition, new OffsetAndMetadata(offset));
        }
      }
      commits.add(admin.alterConsumerGroupOffsets(group, offsets).all());
    }
    KafkaFuture.allOf(commits.toArray(KafkaFuture[]::new)).get();
  }

  private void consume() throws ExecutionException, InterruptedException {
    for (String protocol : extent.protocols()) {
      // The broker lets a streams group wait for seconds until it gives it something.
      int groups = protocol.equals("streams") ? 1 : extent.consumingGroups();
      for (int i = 0; i < groups; i++) {
        String group = protocol + "-" + i;
        switch (protocol) {
          case "share" -> members.share(group, topicWithRecords(), someTopics(2));
          case "streams" -> {
            List<String> some = List.of(topicWithRecords());
            members.stream(group, some, endsOfRecords(some));
          }
          default -> members.consume(group, protocol, someTopics(3), somePositions());
        }
      }
    }
    for (String protocol : extent.protocols()) {
      if (!protocol.startsWith("s")) {
        members.joinWithoutCommitting("never-committed-" + protocol, protocol, someTopics(2));
      }
    }
  }

  /** Returns where a group stands; some of it is what its members are given, some is not. */
  private Map<TopicPartition, OffsetAndMetadata> somePositions() {
    var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (TopicPartition partition : partitionsOf(topics)) {
      if (random.nextInt(4) > 0) {
        long start = requireNonNull(starts.get(partition));
        long offset = start + random.nextLong(end(partition) - start + 1);
        positions.put(partition, new OffsetAndMetadata(offset));
      }
    }
    return positions;
  }

  /** Returns where the partitions end that hold records. */
  private Map<TopicPartition, Long> endsOfRecords(List<String> someTopics) {
    return partitionsOf(someTopics).stream()
        .filter(partition -> requireNonNull(starts.get(partition)) < end(partition))
        .collect(Collectors.toMap(Function.identity(), this::end));
  }

  private long end(TopicPartition partition) {
    return requireNonNull(ends.get(partition));
  }

  private List<String> someTopics(int most) {
    int count = 1 + random.nextInt(most);
    return random.ints(0, topics.size()).distinct().limit(count).mapToObj(topics::get).toList();
  }

  private String topicWithRecords() {
    List<String> withRecords =
        ends.keySet().stream()
            .filter(partition -> requireNonNull(starts.get(partition)) < end(partition))
            .map(TopicPartition::topic)
            .distinct()
            .sorted()
            .toList();
    return withRecords.get(random.nextInt(withRecords.size()));
  }

  private List<TopicPartition> partitionsOf(List<String> someTopics) {
    return ends.keySet().stream()
        .filter(partition -> someTopics.contains(partition.topic()))
        .sorted(Comparator.comparing(TopicPartition::toString))
        .toList();
  }
}
