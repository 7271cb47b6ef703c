package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaMirror;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.brokers.KafkaStreamsMember;
import io.mqexporter.brokers.Repository;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Holds what is collected by JMX from three real brokers against a plain read of the same MBeans.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JmxIT {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(60);

  private static KafkaCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = KafkaCluster.start("jmx", KafkaSetup.of(3));
    try (Admin admin = cluster.admin()) {
      admin
          .createTopics(List.of(new NewTopic("orders", 6, (short) 3)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
    useABit();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void useABit() throws Exception {
    var properties = new Properties();
    properties.put("bootstrap.servers", cluster.bootstrapServers());
    properties.put("group.id", "readers");
    properties.put("auto.offset.reset", "earliest");
    try (var producer =
            new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
        var consumer =
            new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      for (int i = 0; i < 300; i++) {
        producer.send(new ProducerRecord<>("orders", "k" + i, "v" + i)).get(30, TimeUnit.SECONDS);
      }
      consumer.subscribe(List.of("orders"));
      int read = 0;
      for (int polls = 0; read < 300 && polls < 120; polls++) {
        read += consumer.poll(Duration.ofMillis(500)).count();
      }
      consumer.commitSync();
      assertThat(read).isEqualTo(300);
    }
  }

  @Test
  @Order(1)
  void everyValueOfTheBrokersEqualsAPlainRead() throws Exception {
    Collected collected = JmxComparison.equalsAPlainRead(cluster.jmxAddresses(), 3_000);

    assertThat(names(collected)).as("families").hasSizeGreaterThan(100);
  }

  /** MirrorMaker 2 is a worker of Kafka Connect and has producers and consumers. */
  @Test
  @Order(2)
  void everyValueOfConnectMirrorMakerStreamsAndTheirClientsEqualsAPlainRead() throws Exception {
    try (var mirror =
            KafkaMirror.start(
                "jmx-mirror", cluster.bootstrapServers(), cluster.bootstrapServers(), "orders");
        var streams =
            KafkaStreamsMember.start(
                cluster.bootstrapServers(), "jmx-streams", List.of("orders"))) {
      List<String> addresses = List.of(mirror.jmxAddress(), streams.jmxAddress());
      // MBeans are looked for once a minute, and these come one after the other.
      await()
          .ignoreExceptions()
          .untilAsserted(() -> {
            try (JmxCollector collector = JmxComparison.collector(addresses)) {
              Collected collected = collector.collect(Deadline.after(LONG));
              assertThat(sum(collected, "kafka_connect_mirror_mirrorsourceconnector_record_total"))
                  .as(() -> names(collected).toString())
                  .isEqualTo(300);
              assertThat(labels(collected, "kafka_stream_state"))
                  .singleElement()
                  .satisfies(labels -> assertThat(labels).endsWith("RUNNING"));
            }
          });
      Collected collected = JmxComparison.equalsAPlainRead(addresses, 500);

      assertThat(names(collected)).as("families").hasSizeGreaterThan(100);
      assertThat(sum(collected, "kafka_connect_mirror_mirrorsourceconnector_record_total"))
          .isEqualTo(messages("near.orders"));
      assertThat(labels(collected, "kafka_connect_connector_task_status"))
          .anyMatch(
              labels -> labels.contains("MirrorSourceConnector") && labels.contains("running"));
      assertThat(names(collected)).contains("kafka_stream_thread_process_total");
    }
  }

  private static double sum(Collected collected, String name) {
    return collected.families().stream()
        .filter(family -> family.descriptor().metricName().equals(name))
        .flatMap(family -> family.samples().stream())
        .mapToDouble(Sample::value)
        .sum();
  }

  private static List<List<String>> labels(Collected collected, String name) {
    return collected.families().stream()
        .filter(family -> family.descriptor().metricName().equals(name))
        .flatMap(family -> family.samples().stream())
        .map(Sample::labelValues)
        .toList();
  }

  private static double messages(String topic) throws Exception {
    try (Admin admin = cluster.admin()) {
      var latest = new HashMap<TopicPartition, OffsetSpec>();
      for (int partition = 0; partition < 6; partition++) {
        latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
      return admin.listOffsets(latest).all().get(60, TimeUnit.SECONDS).values().stream()
          .mapToLong(ListOffsetsResultInfo::offset)
          .sum();
    }
  }

  @Test
  @Order(3)
  void theAgentShowsThemAndPromtoolHasNoFindings() throws Exception {
    try (AgentProcess agent =
        AgentProcess.start(
            "jmx-agent",
            """
            interval: 5s
            targets:
              - name: orders
                kafka:
                  bootstrap_servers: %s
                jmx:
                  addresses: %s
                  rules: %s
            """
                .formatted(
                    cluster.bootstrapServers(),
                    String.join(",", cluster.jmxAddresses()),
                    Repository.file("src/test/resources/rules/orderly.yaml")))) {
      await()
          .untilAsserted(() ->
              assertThat(
                      agent.scrape().values("kafka_server_replicamanager_leadercount").stream()
                          .mapToDouble(value -> value)
                          .sum())
                  .isGreaterThanOrEqualTo(6));
      await()
          .untilAsserted(() ->
              assertThat(
                      agent
                          .scrape()
                          .value(
                              "mq_exporter_collection_success",
                              "messaging_system=\"jmx\"",
                              "messaging_cluster=\"orders\""))
                  .hasValue(1));
      assertThat(agent.scrape().values("orders_topic_received_bytes_total")).hasSize(3);
      // Those of the brokers, in one group with that of the agent.
      assertThat(agent.scrape().values("process_cpu_seconds_total")).hasSize(3 + 1);
      Path page = Repository.emptyRunFolder("jmx-promtool").resolve("metrics.txt");
      Files.writeString(page, agent.get("/metrics").body());
      String findings =
          Command.run(
              STEP_TIMEOUT,
              Map.of(),
              List.of("sh", "-c", "promtool check metrics < '" + page + "' 2>&1"));
      assertThat(findings).isEmpty();
    }
  }

  @Test
  @Order(4)
  void ruleFilesMakeWhatJmxExporterMakesOfThem() throws Exception {
    Path rules = Repository.file("src/test/resources/rules");
    List<String> addresses = cluster.jmxAddresses();
    RulesComparison.equalsJmxExporter(addresses, rules.resolve("kafka-broker.yaml"), 3_000);
    RulesComparison.equalsJmxExporter(
        addresses.subList(0, 1), rules.resolve("everything.yaml"), 3_000);
  }

  @Test
  @Order(5)
  void aPausedBrokerCostsItsOwnSeriesAndComesBack() throws Exception {
    try (JmxCollector collector = collector()) {
      assertThat(brokers(collector.collect(Deadline.after(LONG)))).hasSize(3);
      Command.signal(cluster.handle(2), "STOP");
      try {
        Collected paused = collector.collect(Deadline.after(Duration.ofSeconds(4)));
        assertThat(brokers(paused)).containsExactlyInAnyOrder("1", "3");
        assertThat(paused.missing()).hasSize(1);
        assertThat(paused.missing().getFirst().what()).startsWith(cluster.jmxAddresses().get(1));
      } finally {
        Command.signal(cluster.handle(2), "CONT");
      }
      await().until(() -> brokers(collector.collect(Deadline.after(LONG))).size() == 3);
    }
  }

  @Test
  @Order(6)
  void aRestartedBrokerIsReadAgain() throws Exception {
    try (JmxCollector collector = collector()) {
      collector.collect(Deadline.after(LONG));
      cluster.kill(3);
      Collected without = collector.collect(Deadline.after(LONG));
      assertThat(brokers(without)).containsExactlyInAnyOrder("1", "2");
      assertThat(without.missing().getFirst().why())
          .matches("(no connection|closed the connection): .*");

      cluster.restart(3);
      await().until(() -> brokers(collector.collect(Deadline.after(LONG))).size() == 3);
    }
  }

  private static Set<String> names(Collected collected) {
    var names = new HashSet<String>();
    collected.families().forEach(family -> names.add(family.descriptor().metricName()));
    return names;
  }

  private static Set<String> brokers(Collected collected) {
    var brokers = new HashSet<String>();
    for (MetricFamily family : collected.families()) {
      if (family.descriptor().metricName().equals("kafka_server_replicamanager_leadercount")) {
        family.samples().forEach(sample -> brokers.add(sample.labelValues().get(2)));
      }
    }
    return brokers;
  }

  private static JmxCollector collector() {
    return JmxComparison.collector(cluster.jmxAddresses());
  }
}
