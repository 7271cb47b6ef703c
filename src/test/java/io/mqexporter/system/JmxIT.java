package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.brokers.Repository;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Holds what is collected by JMX from three real brokers against a plain read of the same MBeans.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JmxIT {

  private static final Duration LONG = Duration.ofSeconds(30);
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

  /**
   * A gauge may move between two reads and back again, so only what disagrees in each of a few
   * rounds is wrong; a counter must stand between the reads that enclose it in each.
   */
  @Test
  @Order(1)
  void everyValueEqualsAPlainRead() throws Exception {
    Set<String> gaugesThatDisagree = Set.of();
    try (JmxCollector collector = collector()) {
      for (int round = 0; round < 5; round++) {
        Collected before = collector.collect(Deadline.after(LONG));
        var plain = new PlainRead(cluster.jmxAddresses());
        Collected after = collector.collect(Deadline.after(LONG));
        plain.close();

        assertThat(before.missing()).isEmpty();
        assertThat(after.missing()).isEmpty();
        assertThat(names(after)).as("families").hasSizeGreaterThan(100);
        Differences differences = differences(before, plain, after);
        assertThat(differences.compared()).isGreaterThan(3_000);
        assertThat(differences.counters()).isEmpty();
        var disagree = new HashSet<>(differences.gauges());
        if (round > 0) {
          disagree.retainAll(gaugesThatDisagree);
        }
        gaugesThatDisagree = disagree;
        if (disagree.isEmpty()) {
          return;
        }
      }
    }
    assertThat(gaugesThatDisagree).isEmpty();
  }

  private record Differences(int compared, List<String> counters, Set<String> gauges) {}

  private static Differences differences(Collected before, PlainRead plain, Collected after) {
    var counters = new ArrayList<String>();
    var gauges = new HashSet<String>();
    int compared = 0;
    for (MetricFamily family : after.families()) {
      var metric = (MBeanMetric) family.descriptor();
      for (Sample sample : family.samples()) {
        Optional<Double> low = value(before, metric, sample);
        Optional<Double> truth = plain.value(metric, sample);
        if (low.isEmpty() || truth.isEmpty()) {
          continue;
        }
        compared++;
        String series = metric.metricName() + sample.suffix() + sample.labelValues();
        if (metric.type() == MetricType.COUNTER || sample.suffix().equals(Sample.COUNT)) {
          if (low.get() > truth.get() || truth.get() > sample.value()) {
            counters.add(
                "%s: %s, %s, %s".formatted(series, low.get(), truth.get(), sample.value()));
          }
        } else if (low.get() == sample.value() && !truth.equals(low)) {
          gauges.add(series);
        }
      }
    }
    return new Differences(compared, counters, gauges);
  }

  private static Optional<Double> value(Collected collected, MBeanMetric metric, Sample sample) {
    return collected.families().stream()
        .filter(family -> family.descriptor().equals(metric))
        .flatMap(family -> family.samples().stream())
        .filter(other -> other.labelValues().equals(sample.labelValues()))
        .filter(other -> other.suffix().equals(sample.suffix()))
        .map(Sample::value)
        .findFirst();
  }

  @Test
  @Order(2)
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
            """
                .formatted(cluster.bootstrapServers(), String.join(",", cluster.jmxAddresses())))) {
      await()
          .atMost(STEP_TIMEOUT)
          .untilAsserted(() ->
              assertThat(
                      agent.scrape().values("kafka_server_replicamanager_leadercount").stream()
                          .mapToDouble(value -> value)
                          .sum())
                  .isGreaterThanOrEqualTo(6));
      await()
          .atMost(STEP_TIMEOUT)
          .untilAsserted(() ->
              assertThat(
                      agent
                          .scrape()
                          .value(
                              "mq_exporter_collection_success",
                              "messaging_system=\"jmx\"",
                              "messaging_cluster=\"orders\""))
                  .hasValue(1));
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
  @Order(3)
  void aPausedBrokerCostsItsOwnSeriesAndComesBack() throws Exception {
    try (JmxCollector collector = collector()) {
      assertThat(brokers(collector.collect(Deadline.after(LONG)))).hasSize(3);
      signal("STOP", 2);
      try {
        Collected paused = collector.collect(Deadline.after(Duration.ofSeconds(4)));
        assertThat(brokers(paused)).containsExactlyInAnyOrder("1", "3");
        assertThat(paused.missing()).hasSize(1);
        assertThat(paused.missing().getFirst().what()).startsWith(cluster.jmxAddresses().get(1));
      } finally {
        signal("CONT", 2);
      }
      await()
          .atMost(STEP_TIMEOUT)
          .until(() -> brokers(collector.collect(Deadline.after(LONG))).size() == 3);
    }
  }

  @Test
  @Order(4)
  void aRestartedBrokerIsReadAgain() throws Exception {
    try (JmxCollector collector = collector()) {
      collector.collect(Deadline.after(LONG));
      cluster.kill(3);
      Collected without = collector.collect(Deadline.after(LONG));
      assertThat(brokers(without)).containsExactlyInAnyOrder("1", "2");
      assertThat(without.missing().getFirst().why())
          .matches("(no connection|closed the connection): .*");

      cluster.restart(3);
      await()
          .atMost(STEP_TIMEOUT)
          .until(() -> brokers(collector.collect(Deadline.after(LONG))).size() == 3);
    }
  }

  private static void signal(String signal, int node) {
    Command.run(
        STEP_TIMEOUT,
        Map.of(),
        List.of("kill", "-" + signal, Long.toString(cluster.handle(node).pid())));
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
    var config =
        new JmxConfig(
            cluster.jmxAddresses(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            JmxConfig.DEFAULT_MAX_MBEANS);
    return new JmxCollector("orders", Settings.fixed(config), List::of);
  }
}
