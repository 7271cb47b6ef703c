package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Connection;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqCtl;
import io.mqexporter.brokers.Repository;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.metric.Sample;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes and details, held against what RabbitMQ's own tools say. */
@Timeout(120)
class RabbitMqDetailsIT {

  private static final String NODE = "details@localhost";

  private static RabbitMqBroker broker;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    Path folder = Repository.emptyRunFolder("rabbitmq-details-certificates");
    var certificates = new Certificates(folder).issue("server");
    String pem = certificates.pem("server");
    int end = pem.indexOf("-----BEGIN CERTIFICATE");
    Path key = Files.writeString(folder.resolve("key.pem"), pem.substring(0, end));
    Path certificate = Files.writeString(folder.resolve("certificate.pem"), pem.substring(end));
    broker =
        RabbitMqBroker.start(
            "details",
            """
            listeners.ssl.default = 127.0.0.1:%d
            ssl_options.cacertfile = %s
            ssl_options.certfile = %s
            ssl_options.keyfile = %s
            """
                .formatted(Ports.free(), certificates.authorityPem(), certificate, key));
    connection = broker.connectionFactory().newConnection();
    connection.createChannel();
    connection.createChannel();
    broker.rabbitmqctl("set_policy", "short", "^a", "{\"max-length\":7}", "--priority", "3");
    broker.rabbitmqctl(
        "set_parameter",
        "shovel",
        "moving",
        """
        {"src-uri":"amqp://127.0.0.1:%1$d","src-queue":"a","dest-uri":"amqp://127.0.0.1:%1$d",
         "dest-queue":"b"}\
        """
            .formatted(broker.connectionFactory().getPort()));
    broker.rabbitmqctl("add_user", "watcher", "secret");
    broker.rabbitmqctl("set_user_tags", "watcher", "monitoring");
    broker.rabbitmqctl("set_permissions", "watcher", "^$", "^$", "^$");
    broker.rabbitmqctl("add_user", "clerk", "secret");
    broker.rabbitmqctl("set_user_tags", "clerk", "management");
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    broker.close();
  }

  @Test
  void aNodeIsWhatItsOwnToolSays() throws Exception {
    try (var collector = collector(RabbitMqBroker.USERNAME, RabbitMqBroker.PASSWORD)) {
      // A new node tells its numbers only after a while.
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() ->
              value(collect(collector), "rabbitmq_disk_space_available_limit_bytes", NODE)
                  .isPresent());
      Collected ours = collect(collector);
      JsonNode status = RabbitMqCtl.diagnostics(broker, "status");
      assertThat(value(ours, "rabbitmq_disk_space_available_limit_bytes", NODE))
          .hasValue(status.path("disk_free_limit").asDouble());
      assertThat(value(ours, "rabbitmq_resident_memory_limit_bytes", NODE))
          .hasValue(status.path("vm_memory_high_watermark_limit").asDouble());
      assertThat(value(ours, "rabbitmq_erlang_processes_limit", NODE))
          .hasValue(status.path("processes").path("limit").asDouble());
      assertThat(value(ours, "rabbitmq_erlang_net_ticktime_seconds", NODE))
          .hasValue(status.path("net_ticktime").asDouble());
      assertThat(value(ours, "rabbitmq_erlang_uptime_seconds", NODE).orElseThrow())
          .isBetween(status.path("uptime").asDouble() - 30, status.path("uptime").asDouble() + 1);
      // What hardly moves; the rest is only of the same meaning.
      JsonNode memory = status.path("memory");
      assertThat(value(ours, "rabbitmq_memory_atom_table_bytes", NODE).orElseThrow())
          .isCloseTo(memory.path("atom").asDouble(), withPercentage(5));
      assertThat(value(ours, "rabbitmq_memory_code_module_bytes", NODE).orElseThrow())
          .isCloseTo(memory.path("code").asDouble(), withPercentage(5));
      assertThat(value(ours, "rabbitmq_memory_message_index_bytes", NODE))
          .hasValue(memory.path("msg_index").asDouble());
      assertThat(value(ours, "rabbitmq_connections_opened_total", NODE).orElseThrow())
          .isGreaterThanOrEqualTo(value(ours, "rabbitmq_connections").orElseThrow());
    }
  }

  @Test
  void connectionsPoliciesAndFeatureFlagsAreTheToolsOwn() throws Exception {
    try (var collector = collector(RabbitMqBroker.USERNAME, RabbitMqBroker.PASSWORD)) {
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() ->
              assertThat(value(collect(collector), "rabbitmq_shovel_state", "moving", "running"))
                  .hasValue(1));
      Collected ours = collect(collector);
      assertThat(ours.missing()).isEmpty();
      JsonNode connections = RabbitMqCtl.json(broker, "list_connections", "user", "state");
      assertThat(value(ours, "rabbitmq_user_connections", "guest", "running"))
          .hasValue(connections.size());
      JsonNode channels = RabbitMqCtl.json(broker, "list_channels", "user");
      assertThat(value(ours, "rabbitmq_user_channels", "guest", "running"))
          .hasValue(channels.size());
      assertThat(value(ours, "rabbitmq_policy_priority", "short", "^a", "all")).hasValue(3);
      for (JsonNode flag : RabbitMqCtl.json(broker, "list_feature_flags")) {
        assertThat(value(ours, "rabbitmq_feature_flag_enabled", flag.path("name").asText()))
            .hasValue(flag.path("state").asText().equals("enabled") ? 1 : 0);
      }
      assertThat(value(ours, "rabbitmq_health_check_ok", "node-is-quorum-critical")).hasValue(1);
      assertThat(value(ours, "rabbitmq_health_check_ok", "virtual-hosts")).hasValue(1);
    }
  }

  @Test
  void certificatesSayWhenTheyExpire() throws Exception {
    try (var collector = collector(RabbitMqBroker.USERNAME, RabbitMqBroker.PASSWORD)) {
      Collected ours = collect(collector);
      String metric = "rabbitmq_listener_certificate_expiry_timestamp_seconds";
      double now = Instant.now().getEpochSecond();
      double day = Duration.ofDays(1).toSeconds();
      // Issued yesterday for ten days, by an authority that began ten days ago for a hundred.
      assertThat(value(ours, metric, NODE, "amqp/ssl", "own").orElseThrow())
          .isBetween(now + 8.9 * day, now + 9.1 * day);
      assertThat(value(ours, metric, NODE, "amqp/ssl", "authority").orElseThrow())
          .isBetween(now + 89.9 * day, now + 90.1 * day);
    }
  }

  @Test
  void anAlarmIsRaisedAndGoes() throws Exception {
    try (var collector = collector(RabbitMqBroker.USERNAME, RabbitMqBroker.PASSWORD)) {
      broker.rabbitmqctl("set_vm_memory_high_watermark", "0.0001");
      awaitAlarm(collector, 1);
      broker.rabbitmqctl("set_vm_memory_high_watermark", "0.4");
      awaitAlarm(collector, 0);
    }
  }

  @Test
  void aUserThatMayOnlyWatchMissesNothing() throws Exception {
    try (var collector = collector("watcher", "secret")) {
      Collected ours = collect(collector);
      assertThat(ours.missing()).isEmpty();
      assertThat(value(ours, "rabbitmq_policy_priority", "short")).hasValue(3);
      assertThat(value(ours, "rabbitmq_memory_binary_heap_bytes", NODE)).isPresent();
      assertThat(value(ours, "rabbitmq_feature_flag_enabled")).isEmpty();
    }
  }

  @Test
  void whatAUserMayNotSeeIsNamed() throws Exception {
    try (var collector = collector("clerk", "secret")) {
      Collected ours = collect(collector);
      assertThat(ours.missing()).extracting(Missing::what).containsExactly("nodes", "shovels");
      assertThat(value(ours, "rabbitmq_health_check_ok", "virtual-hosts")).hasValue(1);
    }
  }

  @Test
  void whatThePluginsThatAreOffWouldTellIsAskedForOnce() throws Exception {
    try (var collector = collector(RabbitMqBroker.USERNAME, RabbitMqBroker.PASSWORD)) {
      collect(collector);
      long first = collector.requestsSent();
      collect(collector);
      // Federation, deprecated features, and two health checks of later releases.
      assertThat(collector.requestsSent() - first).isEqualTo(first - 4);
    }
  }

  private static void awaitAlarm(RabbitMqCollector collector, int raised) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> {
          Collected ours = collect(collector);
          assertThat(value(ours, "rabbitmq_alarms_memory_used_watermark", NODE)).hasValue(raised);
          assertThat(value(ours, "rabbitmq_health_check_ok", "alarms")).hasValue(1 - raised);
        });
  }

  private static Collected collect(RabbitMqCollector collector) throws Exception {
    return collector.collect(Deadline.after(Duration.ofSeconds(20)));
  }

  /** Returns the value of the first series with these labels. */
  private static OptionalDouble value(Collected collected, String metric, String... labels) {
    return collected.families().stream()
        .filter(family -> family.descriptor().metricName().equals(metric))
        .flatMap(family -> family.samples().stream())
        .filter(sample -> new ArrayList<>(sample.labelValues()).containsAll(List.of(labels)))
        .mapToDouble(Sample::value)
        .findFirst();
  }

  private static RabbitMqCollector collector(String username, String password) {
    return new RabbitMqCollector(
        "details",
        new RabbitMqConfig(
            broker.managementUrl(),
            username,
            new Secret(password),
            NameFilter.ALL,
            NameFilter.ALL,
            Duration.ZERO),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
