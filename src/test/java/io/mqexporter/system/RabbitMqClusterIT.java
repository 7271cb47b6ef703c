package io.mqexporter.system;

import static io.mqexporter.system.RabbitMqPass.awaitValue;
import static io.mqexporter.system.RabbitMqPass.collect;
import static io.mqexporter.system.RabbitMqPass.samples;
import static io.mqexporter.system.RabbitMqPass.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqRelease;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig.QueueStatistics;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import io.mqexporter.rabbitmq.relay.RaftNames;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Three nodes with quorum queues and a stream, read from both sources, while nodes come and go. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RabbitMqClusterIT {

  private static final Duration NOTICED = Duration.ofSeconds(60);
  private static final int MESSAGES = 9;

  private static List<RabbitMqBroker> nodes;
  private static Connection connection;
  private static AlertWatch watch;

  @BeforeAll
  static void start() throws Exception {
    nodes = RabbitMqBroker.startCluster("cluster", RabbitMqRelease.SID, "", 3);
    connection = nodes.getFirst().connectionFactory().newConnection();
    Channel channel = connection.createChannel();
    channel.confirmSelect();
    for (String type : List.of("classic", "quorum", "stream")) {
      channel.queueDeclare(type, true, false, false, Map.of("x-queue-type", type));
      for (int i = 0; i < MESSAGES; i++) {
        channel.basicPublish("", type, null, new byte[] {1});
      }
    }
    channel.waitForConfirms(30_000);
    channel.queueDeclare("graveyard", true, false, false, Map.of());
    channel.queueDeclare(
        "full",
        true,
        false,
        false,
        Map.of(
            "x-queue-type", "quorum",
            "x-max-length", 1,
            "x-dead-letter-exchange", "",
            "x-dead-letter-routing-key", "graveyard"));
    for (int i = 0; i < 3; i++) {
      channel.basicPublish("", "full", null, new byte[] {1});
    }
    channel.waitForConfirms(30_000);
    channel.basicPublish("", "nowhere", null, new byte[] {1});
    channel.basicAck(channel.basicGet("quorum", false).getEnvelope().getDeliveryTag(), false);
    watch =
        AlertWatch.start(
            "cluster-alerts",
            "  - {name: cluster, rabbitmq: {url: [%s]}}\n"
                .formatted(
                    nodes.stream()
                        .map(node -> node.managementUrl().toString())
                        .collect(Collectors.joining(", "))));
  }

  @AfterAll
  static void stop() throws Exception {
    watch.close();
    connection.abort();
    nodes.forEach(RabbitMqBroker::close);
  }

  @Test
  @Order(1)
  void everyNodesPluginIsFoundAndEachFactStandsOnce() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS))) {
      awaitValue(collector, MESSAGES - 1, "rabbitmq_queue_messages", "quorum");
      Collected collected = collect(collector);
      assertThat(collected.missing()).isEmpty();
      assertThat(value(collected, "rabbitmq_queue_members", "quorum")).hasValue(3);
      assertThat(value(collected, "rabbitmq_queue_members_online", "stream")).hasValue(3);
      for (RabbitMqBroker node : nodes) {
        assertThat(value(collected, "rabbitmq_global_publishers", node.nodeName(), "amqp091"))
            .isPresent();
      }
      assertThat(
              values(
                  collected, "rabbitmq_detailed_exchange_messages_unroutable_dropped_total", "/"))
          .isEqualTo(1);
      assertThat(values(collected, "rabbitmq_global_messages_routed_total", "amqp091"))
          .isEqualTo(3 * MESSAGES + 3);
      assertEachSeriesOnce(collected);
      assertThat(collected.families())
          .extracting(family -> family.descriptor().metricName())
          .doesNotHaveDuplicates()
          .doesNotContain("rabbitmq_detailed_queue_messages", "process_start_time_seconds");
    }
  }

  @Test
  @Order(2)
  void eachNodesPageIsThatOfItsPlugin() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS))) {
      Collected collected = collect(collector);
      assertThat(collected.nodes().keySet())
          .containsExactlyElementsOf(
              nodes.stream().map(RabbitMqBroker::nodeName).sorted().toList());
      for (RabbitMqBroker node : nodes) {
        var page =
            new Collected(collected.nodes().getOrDefault(node.nodeName(), List.of()), List.of());
        assertThat(value(page, "rabbitmq_identity_info", node.nodeName())).hasValue(1);
        assertThat(value(page, "rabbitmq_build_info", node.nodeName())).hasValue(1);
      }
    }
  }

  @Test
  @Order(3)
  void whatIsLostIsCounted() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS))) {
      awaitValue(collector, 2, "messaging_dead_letter_messages", "graveyard");
      awaitValue(collector, 1, "rabbitmq_vhost_messages_unroutable_dropped_total", "/");
      awaitValue(collector, 1, "messaging_destination_fill_ratio", "full");
      assertThat(
              values(
                  collect(collector),
                  "rabbitmq_global_messages_dead_lettered_maxlen_total",
                  "rabbit_quorum_queue"))
          .isEqualTo(2);
    }
  }

  @Test
  @Order(4)
  void thePluginsAloneTellWhatManagementTells() throws Exception {
    try (var plugins = collector(Set.of(Source.PROMETHEUS));
        var management = collector(Set.of(Source.MANAGEMENT))) {
      for (String queue : List.of("classic", "quorum", "stream")) {
        for (String metric :
            List.of(
                "rabbitmq_queue_messages",
                "rabbitmq_queue_messages_ready",
                "rabbitmq_queue_messages_published_total",
                "rabbitmq_queue_consumers",
                "messaging_destination_messages",
                "messaging_destination_produced_messages_total")) {
          OptionalDouble expected = value(collect(management), metric, queue);
          assertThat(value(collect(plugins), metric, queue)).as(metric + queue).isEqualTo(expected);
        }
      }
      Collected alone = collect(plugins);
      assertThat(alone.missing()).isEmpty();
      assertThat(value(alone, "rabbitmq_queue_messages_acked_total", "quorum")).hasValue(1);
      assertThat(value(alone, "messaging_brokers", "up")).hasValue(3);
      assertThat(value(alone, "rabbitmq_memory_atom_table_bytes", nodes.get(1).nodeName()))
          .isPresent();
      assertEachSeriesOnce(alone);
    }
  }

  @Test
  @Order(5)
  void theTotalsAreWhatTheStatisticsSay() throws Exception {
    try (var totals = collector(Set.of(Source.MANAGEMENT), QueueStatistics.TOTALS)) {
      Collected collected = collect(totals);
      for (String queue : List.of("classic", "quorum")) {
        assertThat(value(collected, "messaging_destination_messages", queue))
            .hasValue(queue.equals("quorum") ? MESSAGES - 1 : MESSAGES);
      }
      // The broker does not tell it of streams; that is not nothing.
      assertThat(value(collected, "messaging_destination_messages", "stream")).isEmpty();
      assertThat(value(collected, "rabbitmq_queue_messages_published_total", "quorum")).isEmpty();
    }
  }

  @Test
  @Order(6)
  void behindALoadBalancerEachCollectionIsWhole() throws Exception {
    try (var balancer =
            LoadBalancer.start(nodes.stream().map(RabbitMqBroker::managementUrl).toList());
        var inPages =
            RabbitMqPass.collector(List.of(balancer.urlWithoutLongLists()), Source.MANAGEMENT);
        var collector =
            RabbitMqPass.collector(List.of(balancer.url()), Source.MANAGEMENT, Source.PROMETHEUS)) {
      for (int i = 0; i < nodes.size(); i++) {
        Collected collected = collect(collector);
        assertThat(collected.missing()).isEmpty();
        assertThat(value(collected, "messaging_brokers", "up")).hasValue(nodes.size());
        assertThat(value(collected, "rabbitmq_queue_messages", "quorum")).hasValue(MESSAGES - 1);
        assertThat(collected.nodes()).hasSize(nodes.size());
        assertEachSeriesOnce(collected);
      }
      Collected ofPages = collect(inPages);
      assertThat(ofPages.missing()).isEmpty();
      assertThat(samples(ofPages, "rabbitmq_queue_messages"))
          .isEqualTo(samples(collect(collector), "rabbitmq_queue_messages"));
    }
  }

  @Test
  @Order(7)
  void aNodeThatIsCutOffFromTheOthersIsShownByBothSides() throws Exception {
    // Not the last one: what it knows of leaders is of before, and it is asked for them later.
    RabbitMqBroker alone = nodes.get(1);
    List<RabbitMqBroker> together = List.of(nodes.getFirst(), nodes.getLast());
    try (var majority = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS));
        var minority = RabbitMqPass.collector(List.of(alone.managementUrl()), Source.MANAGEMENT)) {
      collect(majority);
      // As nobody else knows the cookie, no connection between the nodes can be opened again.
      together.forEach(node -> cookie(node, alone, "nobodys"));
      awaitValue(majority, 2, "rabbitmq_queue_members_online", "quorum");
      awaitValue(majority, 1, "messaging_brokers", "down");
      Collected collected = collect(majority);
      assertThat(value(collected, "rabbitmq_node_running", alone.nodeName())).hasValue(0);
      assertThat(value(collected, "rabbitmq_queue_majority_online", "quorum")).hasValue(1);
      assertThat(value(collected, "messaging_up", "cluster")).hasValue(1);
      awaitValue(minority, 2, "messaging_brokers", "down");
      assertThat(value(collect(minority), "rabbitmq_node_running", alone.nodeName())).hasValue(1);

      together.forEach(node -> cookie(node, alone, "erlang:get_cookie()"));
      // As an operator heals it: by itself, its view of the others may stay what it was.
      alone.stop();
      alone.restart();
      awaitValue(majority, 3, "rabbitmq_queue_members_online", "quorum");
      awaitValue(majority, 0, "messaging_brokers", "down");
      awaitValue(minority, 0, "messaging_brokers", "down");
    }
  }

  @Test
  @Order(8)
  void aNodeThatStopsIsShownAndTheNextOneIsAsked() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS))) {
      collect(collector);
      nodes.getFirst().stop();
      awaitValue(collector, 2, "rabbitmq_queue_members_online", "quorum");
      awaitValue(collector, 1, "messaging_brokers", "down");
      Collected collected = collect(collector);
      assertThat(value(collected, "rabbitmq_node_running", nodes.getFirst().nodeName()))
          .hasValue(0);
      assertThat(value(collected, "rabbitmq_queue_majority_online", "quorum")).hasValue(1);
      assertThat(value(collected, "rabbitmq_queue_has_leader", "quorum")).hasValue(1);
      assertThat(collected.nodes().keySet()).doesNotContain(nodes.getFirst().nodeName());
      assertThat(value(collected, "messaging_up", "cluster")).hasValue(1);
      watch.awaitFiring("RabbitMqNodeDown", nodes.getFirst().nodeName());
      watch.awaitFiring("RabbitMqQueueMemberOffline", "quorum");
    }
  }

  @Test
  @Order(9)
  void twoOfThreeNodesThatStopLeaveNoMajority() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS))) {
      // The one that leads: nobody can be elected in its place.
      leaderOf("quorum").kill();
      await()
          .atMost(NOTICED)
          .ignoreExceptions()
          .untilAsserted(() -> {
            Collected collected = collect(collector);
            assertThat(value(collected, "rabbitmq_queue_majority_online", "quorum")).hasValue(0);
            assertThat(value(collected, "messaging_brokers", "down")).hasValue(2);
          });
      watch.awaitFiring("RabbitMqQueueWithoutMajority", "quorum");
      watch.awaitFiring("RabbitMqQueueWithoutLeader", "quorum");
    }
  }

  private static RabbitMqBroker leaderOf(String queue) {
    String queues = nodes.getLast().rabbitmqctl("list_queues", "-q", "name", "leader");
    return nodes.stream()
        .filter(node -> queues.contains("%s\t%s\n".formatted(queue, node.nodeName())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(queues));
  }

  /** Sets what one node takes for another one's cookie, and ends what connects them. */
  private static void cookie(RabbitMqBroker node, RabbitMqBroker other, String cookie) {
    node.rabbitmqctl(
        "eval",
        "Other = '%1$s', erlang:set_cookie(Other, %2$s), erlang:disconnect_node(Other), net_adm:ping(Other)."
            .formatted(other.nodeName(), cookie));
  }

  private static void assertEachSeriesOnce(Collected collected) {
    for (MetricFamily family : collected.families()) {
      var seen = new HashSet<List<String>>();
      for (Sample sample : family.samples()) {
        assertThat(seen.add(sample.labelValues()) || !sample.suffix().isEmpty())
            .as("%s %s", family.descriptor().metricName(), sample.labelValues())
            .isTrue();
      }
    }
  }

  private static double values(Collected collected, String metric, String... labels) {
    return samples(collected, metric, labels).stream().mapToDouble(Sample::value).sum();
  }

  private static RabbitMqCollector collector(Set<Source> sources) {
    return collector(sources, QueueStatistics.FULL);
  }

  private static RabbitMqCollector collector(Set<Source> sources, QueueStatistics statistics) {
    boolean managed = sources.contains(Source.MANAGEMENT);
    var config =
        new RabbitMqConfig(
            managed ? nodes.stream().map(RabbitMqBroker::managementUrl).toList() : List.of(),
            new RabbitMqConfig.Access(
                RabbitMqBroker.USERNAME, new Secret(RabbitMqBroker.PASSWORD), Optional.empty()),
            NameFilter.ALL,
            NameFilter.ALL,
            new RabbitMqConfig.Effort(Duration.ofSeconds(1), statistics),
            new RabbitMqConfig.Sources(
                sources,
                managed ? List.of() : nodes.stream().map(RabbitMqBroker::prometheusUrl).toList(),
                List.of("exchange_metrics", "stream_consumer_metrics", "ra_metrics"),
                RaftNames.BOTH),
            List.of());
    return new RabbitMqCollector("cluster", config, Duration.ofMinutes(5), Clock.systemUTC());
  }
}
