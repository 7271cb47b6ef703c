package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The alerts on faults that must last for an hour or two until somebody is told, which are one or
 * two minutes here. Nobody is woken by them, but they end badly. All begin together.
 */
@Tag("waiting")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LastingFaultsIT {

  private static final int NODES = 4;
  private static final int PARTITIONS = 8;
  private static final TopicPartition MOVED = new TopicPartition("moved", 0);
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);

  /** How many files a process may open, as a share of those that it has open: few more. */
  private static final double FEW_MORE = 1.08;

  private KafkaCluster kafka;
  private Admin admin;
  private int gone;
  private ProcessHandle limited;
  private List<RabbitMqBroker> rabbitMq;
  private Connection connection;
  private final ScheduledExecutorService leak = Executors.newSingleThreadScheduledExecutor();
  private AlertWatch watch;

  @BeforeAll
  @SuppressWarnings("FutureReturnValueIgnored") // The leak ends with its thread.
  void begin() throws Exception {
    rabbitMq = RabbitMqBroker.startCluster("lasting", RabbitMqRelease.SID, "", 2);
    kafka = KafkaCluster.start("lasting-kafka", KafkaSetup.of(NODES));
    admin = kafka.admin();
    int leader = admin.describeMetadataQuorum().quorumInfo().get().leaderId();
    // The next leader of the quorum would not know how far the former one was.
    gone = leader == NODES ? 1 : NODES;
    int next = IntStream.rangeClosed(1, NODES).filter(this::stays).findFirst().orElseThrow();
    admin
        .createTopics(
            List.of(
                new NewTopic("alone", Map.of(0, List.of(next))),
                new NewTopic(MOVED.topic(), Map.of(0, List.of(next))),
                new NewTopic(
                    "led",
                    IntStream.range(0, PARTITIONS)
                        .boxed()
                        .collect(Collectors.toMap(i -> i, _ -> List.of(gone, next))))))
        .all()
        .get();
    limited = kafka.handle(next);
    watch =
        AlertWatch.start(
            "lasting-alerts",
            """
              - name: kafka
                kafka: {bootstrap_servers: '%s', details_interval: 0s}
                jmx: {addresses: '%s'}
              - name: rabbitmq
                rabbitmq: {url: [%s]}
            """
                .formatted(
                    kafka.bootstrapServers(),
                    kafka.jmxAddresses().get(next - 1),
                    rabbitMq.stream()
                        .map(node -> node.managementUrl().toString())
                        .collect(Collectors.joining(", "))));
    kafka.kill(gone);
    admin
        .alterPartitionReassignments(
            Map.of(MOVED, Optional.of(new NewPartitionReassignment(List.of(gone)))))
        .all()
        .get();
    rabbitMq.getLast().upgrade("drain");
    connection = rabbitMq.getFirst().connectionFactory().newConnection();
    for (int i = 0; i < 30; i++) {
      connection.createChannel();
    }
    leak.scheduleAtFixedRate(this::openOneMore, 0, 1, TimeUnit.SECONDS);
  }

  private boolean isInSync() throws Exception {
    return admin.describeTopics(List.of("led")).allTopicNames().get().values().stream()
        .flatMap(topic -> topic.partitions().stream())
        .allMatch(partition -> partition.isr().size() == partition.replicas().size());
  }

  private boolean stays(int node) {
    return node != gone;
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
  }

  @Order(3)
  @Test
  void whatIsRepairedIsTold() throws Exception {
    limitOpenFiles(4_096);
    admin.deleteTopics(List.of("alone")).all().get();
    rabbitMq.getLast().upgrade("revive");
    leak.shutdownNow();
    connection.close();
    kafka.restart(gone);
    await().until(this::isInSync);
    admin.electLeaders(ElectionType.PREFERRED, null).all().get();

    watch.awaitResolved(
        "MessagingJvmFileDescriptorsNearLimit",
        "KafkaSingleReplicaTopic",
        "KafkaLeadersImbalanced",
        "KafkaQuorumReplicaBehind",
        "KafkaReassignmentStuck",
        "RabbitMqNodeInMaintenance",
        "RabbitMqChannelLeak");
  }
}
