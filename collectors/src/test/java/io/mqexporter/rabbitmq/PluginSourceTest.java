package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Secret;
import io.mqexporter.metric.FamilyText;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import io.mqexporter.rabbitmq.relay.RaftNames;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PluginSourceTest {

  private final Deadline soon = Deadline.after(Duration.ofMinutes(1));
  private ReplyServer management;
  private ReplyServer a;
  private ReplyServer b;

  @BeforeEach
  void start() throws IOException {
    management = new ReplyServer();
    a = node("a");
    b = node("b");
    for (String list : List.of("exchanges", "vhosts", "connections", "channels", "shovels")) {
      management.replies().put("/api/" + list, "[]");
    }
    management.replies().put("/api/overview", overview("queue_totals"));
    management
        .replies()
        .put(
            "/api/nodes",
            "[{\"name\":\"rabbit@a\",\"running\":true},{\"name\":\"rabbit@b\",\"running\":true}]");
    management.replies().put("/api/queues", "[{\"vhost\":\"/\",\"name\":\"a\",\"messages\":1}]");
  }

  private String overview(String totals) {
    return """
    {"cluster_name":"shop","rabbitmq_version":"4.3.6","%s":{"messages":6},
     "object_totals":{"connections":1},
     "listeners":[
      {"node":"rabbit@a","protocol":"http/prometheus","ip_address":"127.0.0.1","port":%d},
      {"node":"rabbit@127.0.0.1","protocol":"http/prometheus","ip_address":"::","port":%d},
      {"node":"rabbit@a","protocol":"amqp","ip_address":"::","port":5672}]}
    """
        .formatted(totals, a.url("").getPort(), b.url("").getPort());
  }

  private static ReplyServer node(String name) throws IOException {
    var server = new ReplyServer();
    server
        .replies()
        .put(
            "/metrics",
            """
            # TYPE rabbitmq_build_info untyped
            rabbitmq_build_info{rabbitmq_version="4.3.6"} 1
            # TYPE rabbitmq_identity_info untyped
            rabbitmq_identity_info{rabbitmq_node="rabbit@%1$s",rabbitmq_cluster="shop"} 1
            # TYPE rabbitmq_queue_messages gauge
            rabbitmq_queue_messages 3
            # TYPE rabbitmq_global_messages_received_total counter
            rabbitmq_global_messages_received_total{protocol="amqp091"} 4
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds 1
            """
                .formatted(name));
    server
        .replies()
        .put(
            "/metrics/detailed",
            """
            # TYPE rabbitmq_detailed_queue_messages gauge
            rabbitmq_detailed_queue_messages{vhost="/",queue="%1$s"} 3
            # TYPE rabbitmq_detailed_queue_messages_acked_total counter
            rabbitmq_detailed_queue_messages_acked_total{vhost="/",queue="shared"} 5
            # TYPE rabbitmq_detailed_queue_info gauge
            rabbitmq_detailed_queue_info{vhost="/",queue="%1$s",queue_type="rabbit_quorum_queue"} 1
            # TYPE rabbitmq_detailed_exchange_messages_confirmed_total counter
            rabbitmq_detailed_exchange_messages_confirmed_total{vhost="/",exchange="e"} 2
            """
                .formatted(name));
    server
        .replies()
        .put(
            "/metrics/memory-breakdown",
            "# TYPE rabbitmq_memory_atom_bytes gauge\nrabbitmq_memory_atom_bytes 9\n");
    return server;
  }

  @AfterEach
  void stop() {
    management.close();
    a.close();
    b.close();
  }

  @Test
  void eachFactStandsOnceWithBothSources() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS), List.of())) {
      String text = text(collector.collect(soon));
      assertThat(text)
          .contains(
              "rabbitmq_queue_messages{messaging_cluster=\"shop\",vhost=\"/\",queue=\"a\"} 1\n",
              "rabbitmq_connections{messaging_cluster=\"shop\"} 1\n",
              "rabbitmq_identity_info{messaging_cluster=\"shop\",rabbitmq_cluster=\"shop\"} 1\n",
              "rabbitmq_global_messages_received_total{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@a\",protocol=\"amqp091\"} 4\n",
              "rabbitmq_global_messages_received_total{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@b\",protocol=\"amqp091\"} 4\n",
              "rabbitmq_detailed_exchange_messages_confirmed_total{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@b\",exchange=\"e\",vhost=\"/\"} 2\n")
          .doesNotContain(
              "rabbitmq_detailed_queue",
              "process_start",
              "rabbitmq_queue_messages{messaging_cluster=\"shop\",rabbitmq_node");
    }
    assertThat(a.asked())
        .containsExactly(
            "/metrics", "/metrics/detailed?family=exchange_metrics&family=stream_consumer_metrics");
  }

  @Test
  void thePluginAloneTellsOfQueues() throws Exception {
    try (var collector = collector(Set.of(Source.PROMETHEUS), List.of(a.url(""), b.url("")))) {
      Collected collected = collector.collect(soon);
      assertThat(collected.missing()).isEmpty();
      assertThat(text(collected))
          .contains(
              "messaging_up{messaging_system=\"rabbitmq\",messaging_cluster=\"shop\"} 1\n",
              "messaging_brokers{messaging_system=\"rabbitmq\",messaging_cluster=\"shop\",state=\"up\"} 2\n",
              "rabbitmq_queue_messages{messaging_cluster=\"shop\",vhost=\"/\",queue=\"a\"} 3\n",
              "rabbitmq_queue_messages{messaging_cluster=\"shop\",vhost=\"/\",queue=\"b\"} 3\n",
              // What each node counted of its own clients.
              "rabbitmq_queue_messages_acked_total{messaging_cluster=\"shop\",vhost=\"/\",queue=\"shared\"} 10\n",
              "queue=\"a\",queue_type=\"quorum\"",
              "rabbitmq_queue_leader_info{messaging_cluster=\"shop\",vhost=\"/\",queue=\"b\",rabbitmq_node=\"rabbit@b\"} 1\n",
              "rabbitmq_memory_atom_bytes{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@b\"} 9\n")
          .doesNotContain("rabbitmq_detailed_queue_messages", "rabbitmq_node_partitions");
    }
  }

  @Test
  void aNodeThatDoesNotAnswerCostsItsOwnSeriesAndAllSums() throws Exception {
    b.replies().put("/metrics", "rabbitmq_x 1\nrabbitmq_");
    try (var collector = collector(Set.of(Source.PROMETHEUS), List.of(a.url(""), b.url("")))) {
      Collected collected = collector.collect(soon);
      assertThat(collected.missing())
          .containsExactly(
              new Missing(
                  "Prometheus plugin at " + b.url("").getAuthority(),
                  b.url("/metrics")
                      + ": answered with what is not Prometheus' text format (the last line is not"
                      + " complete)"));
      assertThat(text(collected))
          .contains("queue=\"a\"} 3\n")
          .doesNotContain("rabbitmq_queue_messages_acked_total");
    }
  }

  @Test
  void thePluginStandsInWhileManagementFails() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS), List.of())) {
      collector.collect(soon);
      management.statuses().put("/api/overview", 500);
      Collected collected = collector.collect(soon);
      assertThat(collected.missing()).extracting(Missing::what).containsExactly("management");
      assertThat(text(collected))
          .contains(
              "rabbitmq_queue_messages{messaging_cluster=\"shop\",vhost=\"/\",queue=\"b\"} 3\n");
      a.replies().clear();
      b.replies().clear();
      assertThatThrownBy(() -> collector.collect(soon))
          .isInstanceOf(CollectionException.class)
          .hasMessageContaining("/api/overview: answered 500")
          .hasMessageContaining("/metrics: answered 500");
    }
  }

  @Test
  void thePluginTellsTheNumbersOfABrokerWithoutStatistics() throws Exception {
    management.replies().put("/api/overview", overview("no_totals"));
    management
        .replies()
        .put(
            "/api/queues",
            "[{\"vhost\":\"/\",\"name\":\"a\",\"type\":\"quorum\",\"state\":\"running\"}]");
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS), List.of())) {
      assertThat(text(collector.collect(soon)))
          .contains(
              "rabbitmq_queue_messages{messaging_cluster=\"shop\",vhost=\"/\",queue=\"a\"} 3\n",
              "queue=\"a\",state=\"running\"} 1\n")
          .doesNotContain("queue=\"b\"");
    }
  }

  @Test
  void eachNodeHasAPageAsItsOwnPluginShowsIt() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS), List.of())) {
      Collected collected = collector.collect(soon);
      assertThat(collected.nodes().keySet()).containsExactly("rabbit@a", "rabbit@b");
      assertThat(FamilyText.of(collected.nodes().getOrDefault("rabbit@b", List.of())))
          .contains(
              "rabbitmq_identity_info{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@b\",rabbitmq_cluster=\"shop\"} 1\n",
              "rabbitmq_queue_messages{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@b\"} 3\n")
          .doesNotContain("rabbit@a");
    }
  }

  @Test
  void withoutPluginsANodesPageIsWhatManagementTellsOfIt() throws Exception {
    try (var collector = collector(Set.of(Source.MANAGEMENT), List.of())) {
      Collected collected = collector.collect(soon);
      assertThat(FamilyText.of(collected.nodes().getOrDefault("rabbit@a", List.of())))
          .contains(
              "rabbitmq_node_running{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@a\"} 1\n",
              "rabbitmq_identity_info{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@a\",rabbitmq_cluster=\"shop\"} 1\n");
    }
  }

  @Test
  void saysThatANodeBelongsToAnotherCluster() throws Exception {
    b.replies()
        .put(
            "/metrics", "rabbitmq_identity_info{rabbitmq_node=\"x@y\",rabbitmq_cluster=\"z\"} 1\n");
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS), List.of())) {
      Collected collected = collector.collect(soon);
      assertThat(collected.missing())
          .contains(
              new Missing(
                  "Prometheus plugin of x@y",
                  "not a node of this cluster (expected: one of [rabbit@a, rabbit@b])"));
      assertThat(text(collected)).doesNotContain("x@y");
    }
  }

  @Test
  void saysThatNoNodeListensForPrometheus() throws Exception {
    management.replies().put("/api/overview", "{\"queue_totals\":{}}");
    try (var collector = collector(Set.of(Source.MANAGEMENT, Source.PROMETHEUS), List.of())) {
      assertThat(collector.collect(soon).missing())
          .contains(
              new Missing(
                  "Prometheus plugins",
                  "no node listens for Prometheus (expected: the plugin rabbitmq_prometheus)"));
    }
  }

  private RabbitMqCollector collector(Set<Source> sources, List<URI> addresses) {
    var config =
        new RabbitMqConfig(management.url(""), "monitor", new Secret("secret"))
            .with(
                new RabbitMqConfig.Sources(
                    sources,
                    addresses,
                    RabbitMqConfig.Sources.DEFAULT.prometheusFamilies(),
                    RaftNames.OWN));
    return new RabbitMqCollector(
        "shop", config, Duration.ofSeconds(100), Clock.fixed(Snapshots.START, ZoneOffset.UTC));
  }

  private static String text(Collected collected) {
    return FamilyText.of(collected.families());
  }
}
