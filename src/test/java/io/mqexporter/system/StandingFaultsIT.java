package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqRelease;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The alerts on faults that must last for an hour or two until somebody is told, which are one or
 * two minutes here. Nobody is woken by them, but they end badly. All begin together.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandingFaultsIT {

  private static final int NODES = 4;
  private static final int PARTITIONS = 8;
  private static final TopicPartition MOVED = new TopicPartition("moved", 0);
  private static final TopicPartition RISKY = new TopicPartition("risky", 0);
  private static final TopicPartition DAMAGED = new TopicPartition("damaged", 0);
  private static final int RECORDS = 100;
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);

  /** The folders of a node's two disks. */
  private static final String DATA = "data";

  private static final String DISK = "disk";

  /** How many files a process may open, as a share of those that it has open: few more. */
  private static final double FEW_MORE = 1.08;

  private KafkaCluster kafka;
  private Admin admin;
  private int gone;
  private int ahead;
  private int worn;
  private ProcessHandle limited;
  private List<RabbitMqBroker> rabbitMq;
  private Connection connection;
  private final ScheduledExecutorService leak = Executors.newSingleThreadScheduledExecutor();
  private AlertWatch watch;

  @BeforeAll
  @SuppressWarnings("FutureReturnValueIgnored") // The leak ends with its thread.
  void begin() throws Exception {
    rabbitMq = RabbitMqBroker.startCluster("lasting", RabbitMqRelease.SID, "", 2);
    kafka =
        KafkaCluster.start(
            "lasting-kafka",
            KafkaSetup.of(NODES)
                .with("log.dirs", "${folder}/" + DATA + ",${folder}/" + DISK)
                // A busy machine is no reason to elect another controller.
                .with("controller.quorum.fetch.timeout.ms", "20000")
                .with("log.flush.offset.checkpoint.interval.ms", "1000"));
    admin = kafka.admin();
    int leader = admin.describeMetadataQuorum().quorumInfo().get().leaderId();
    // The next leader of the quorum would not know how far the former one was.
    gone = leader == NODES ? 1 : NODES;
    List<Integer> others =
        IntStream.rangeClosed(1, NODES)
            .filter(node -> node != gone && node != leader)
            .boxed()
            .toList();
    ahead = others.getFirst();
    worn = others.getLast();
    admin
        .createTopics(
            List.of(
                new NewTopic("alone", Map.of(0, List.of(leader))),
                new NewTopic(MOVED.topic(), Map.of(0, List.of(leader))),
                new NewTopic(RISKY.topic(), Map.of(0, List.of(ahead, gone))),
                new NewTopic(DAMAGED.topic(), Map.of(0, List.of(leader, gone))),
                new NewTopic(
                    "led",
                    IntStream.range(0, PARTITIONS)
                        .boxed()
                        .collect(Collectors.toMap(i -> i, _ -> List.of(gone, leader))))))
        .all()
        .get();
    limited = kafka.handle(leader);
    kafka.kill(gone);
    write(RISKY);
    write(DAMAGED);
    write(DAMAGED);
    damage(leader, DAMAGED);
    breakDisk(worn);
    admin
        .alterPartitionReassignments(
            Map.of(MOVED, Optional.of(new NewPartitionReassignment(List.of(gone)))))
        .all()
        .get();
    // Not before: what it sees to change has not been stuck since it began to look.
    watch =
        AlertWatch.start(
            "lasting-alerts",
            """
              - name: kafka
                kafka: {bootstrap_servers: '%s', details_interval: 0s}
                jmx: {addresses: [%s]}
              - name: rabbitmq
                rabbitmq: {url: [%s]}
            """
                .formatted(
                    kafka.bootstrapServers(),
                    String.join(", ", kafka.jmxAddresses()),
                    rabbitMq.stream()
                        .map(node -> node.managementUrl().toString())
                        .collect(Collectors.joining(", "))));
    rabbitMq.getLast().upgrade("drain");
    connection = rabbitMq.getFirst().connectionFactory().newConnection();
    for (int i = 0; i < 30; i++) {
      connection.createChannel();
    }
    leak.scheduleAtFixedRate(this::openOneMore, 0, 1, TimeUnit.SECONDS);
  }

  /** Writes what the node that is gone does not get. */
  @SuppressWarnings("FutureReturnValueIgnored") // All of it is waited for.
  private void write(TopicPartition partition) {
    try (var producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                // In order also where a broker does not know a new topic yet.
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send(
            new ProducerRecord<>(partition.topic(), partition.partition(), null, new byte[] {1}));
      }
    }
  }

  /** Gives the second of a log's batches the offset of the first, which its checksum leaves out. */
  private void damage(int node, TopicPartition partition) throws IOException {
    Path log =
        Stream.of(DATA, DISK)
            .map(disk -> kafka.folder(node).resolve(disk).resolve(partition.toString()))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow()
            .resolve("00000000000000000000.log");
    try (var file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(Long.BYTES);
      int length = file.readInt();
      file.seek((long) Long.BYTES + Integer.BYTES + length);
      file.writeLong(0);
    }
  }

  /** Takes the second of a node's disks away from under it. */
  private void breakDisk(int node) throws IOException {
    Path disk = kafka.folder(node).resolve(DISK);
    Files.move(disk, disk.resolveSibling("taken-away"));
    Files.createFile(disk);
  }

  private void replaceDisk(int node) throws IOException {
    kafka.kill(node);
    Path disk = kafka.folder(node).resolve(DISK);
    Files.delete(disk);
    Files.move(disk.resolveSibling("taken-away"), disk);
    kafka.restart(node);
  }

  private boolean leads(int node, TopicPartition partition) throws Exception {
    return admin.describeTopics(List.of(partition.topic())).allTopicNames().get().values().stream()
        .map(topic -> topic.partitions().get(partition.partition()).leader())
        .anyMatch(leader -> leader != null && leader.id() == node);
  }

  private boolean isInSync() throws Exception {
    return admin.describeTopics(List.of("led")).allTopicNames().get().values().stream()
        .flatMap(topic -> topic.partitions().stream())
        .allMatch(partition -> partition.isr().size() == partition.replicas().size());
  }

  @SuppressWarnings("CheckReturnValue") // It is what nobody closes.
  private void openOneMore() {
    try {
      connection.createChannel();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long openFiles(ProcessHandle process) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    }
  }

  private void limitOpenFiles(long limit) {
    Command.run(
        COMMAND_TIMEOUT,
        Map.of(),
        List.of("prlimit", "--pid=" + limited.pid(), "--nofile=" + limit + ":"));
  }

  @AfterAll
  void end() throws Exception {
    leak.shutdownNow();
    watch.close();
    connection.abort();
    rabbitMq.forEach(RabbitMqBroker::close);
    admin.close();
    kafka.close();
  }

  @Order(1)
  @ParameterizedTest
  @CsvSource({
    "KafkaSingleReplicaTopic,              alone",
    "KafkaLeadersImbalanced,               kafka",
    "KafkaQuorumReplicaBehind,             kafka",
    "RabbitMqNodeInMaintenance,            lasting2",
    "KafkaReassignmentStuck,               kafka",
    "RabbitMqChannelLeak,                  rabbitmq",
    "KafkaLogDirOffline,                   /disk",
  })
  void anAlertFiresAndArrives(String alert, String about) {
    watch.awaitFiring(alert, about);
  }

  /**
   * When all else has settled, and nothing is opened any more that the node could not do without.
   */
  @Order(2)
  @Test
  void aProcessMayOpenFewMoreFiles() throws IOException {
    limitOpenFiles((long) (openFiles(limited) * FEW_MORE));

    watch.awaitFiring("MessagingJvmFileDescriptorsNearLimit", "kafka");
    limitOpenFiles(4_096);
  }

  /** A replica that does not have all becomes the leader, as the only one that is left. */
  @Order(3)
  @Test
  void whatOneReplicaHasIsLost() {
    kafka.kill(ahead);
    kafka.restart(gone);
    await()
        .ignoreException(ExecutionException.class)
        .until(() -> {
          admin.electLeaders(ElectionType.UNCLEAN, Set.of(RISKY)).partitions().get();
          return leads(gone, RISKY);
        });

    watch.awaitFiring("KafkaUncleanLeaderElection", "kafka");
    watch.awaitFiring("KafkaTopicTruncated", RISKY.topic());
    // What the one that is back gets of the other topic is of no use.
    watch.awaitFiring("KafkaReplicationStopped", "kafka");
    kafka.restart(ahead);
  }

  @Order(4)
  @Test
  void whatIsRepairedIsTold() throws Exception {
    replaceDisk(worn);
    // The one that was moved has a single replica too, as soon as it is where it should be.
    admin.deleteTopics(List.of("alone", MOVED.topic(), DAMAGED.topic())).all().get();
    rabbitMq.getLast().upgrade("revive");
    leak.shutdownNow();
    connection.close();
    await().until(this::isInSync);
    admin.electLeaders(ElectionType.PREFERRED, null).all().get();

    watch.awaitResolved(
        "MessagingJvmFileDescriptorsNearLimit",
        "KafkaLogDirOffline",
        "KafkaUncleanLeaderElection",
        "KafkaTopicTruncated",
        "KafkaReplicationStopped",
        "KafkaSingleReplicaTopic",
        "KafkaLeadersImbalanced",
        "KafkaQuorumReplicaBehind",
        "KafkaReassignmentStuck",
        "RabbitMqNodeInMaintenance",
        "RabbitMqChannelLeak");
  }
}
