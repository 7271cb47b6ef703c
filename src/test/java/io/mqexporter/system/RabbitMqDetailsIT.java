package io.mqexporter.system;

import static io.mqexporter.system.RabbitMqPass.collect;
import static io.mqexporter.system.RabbitMqPass.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Connection;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqCtl;
import io.mqexporter.brokers.RabbitMqManagement;
import io.mqexporter.brokers.Repository;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig.QueueStatistics;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import io.mqexporter.rabbitmq.relay.RaftNames;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nodes and details, held against what RabbitMQ's own tools say. */
class RabbitMqDetailsIT {

  private static final String NODE = "details@localhost";

  private static final int HTTPS_PORT = Ports.free();

  private static RabbitMqBroker broker;
  private static Certificates certificates;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    Path folder = Repository.emptyRunFolder("rabbitmq-details-certificates");
    certificates = new Certificates(folder).issue("server").issue("client");
    String pem = certificates.pem("server");
    int end = pem.indexOf("-----BEGIN CERTIFICATE");
    Path key = Files.writeString(folder.resolve("key.pem"), pem.substring(0, end));
    Path certificate = Files.writeString(folder.resolve("certificate.pem"), pem.substring(end));
    broker =
        RabbitMqBroker.start(
            "details",
            """
            listeners.ssl.default = 127.0.0.1:%1$d
            ssl_options.cacertfile = %2$s
            ssl_options.certfile = %3$s
            ssl_options.keyfile = %4$s
            management.ssl.ip = 127.0.0.1
            management.ssl.port = %5$d
            management.ssl.cacertfile = %2$s
            management.ssl.certfile = %3$s
            management.ssl.keyfile = %4$s
            management.ssl.verify = verify_peer
            management.ssl.fail_if_no_peer_cert = true
            """
                .formatted(
                    Ports.free(), certificates.authorityPem(), certificate, key, HTTPS_PORT));
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
    RabbitMqManagement.putUser(broker, "watcher", "secret", "monitoring");
    broker.rabbitmqctl("set_permissions", "watcher", "^$", "^$", "^$");
    RabbitMqManagement.putUser(broker, "blind", "secret", "monitoring");
    RabbitMqManagement.putUser(broker, "clerk", "secret", "management");
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
      // A shovel opens connections and channels, which the API tells of some seconds later.
      await()
          .untilAsserted(() -> {
            Collected now = collect(collector);
            assertThat(now.missing()).isEmpty();
            assertThat(value(now, "rabbitmq_shovel_state", "moving", "running")).hasValue(1);
            assertThat(value(now, "rabbitmq_user_connections", "guest", "running"))
                .hasValue(RabbitMqCtl.json(broker, "list_connections", "user", "state").size());
            assertThat(value(now, "rabbitmq_user_channels", "guest", "running"))
                .hasValue(RabbitMqCtl.json(broker, "list_channels", "user").size());
          });
      Collected ours = collect(collector);
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
      awaitAlarm(collector, "rabbitmq_alarms_memory_used_watermark", 1);
      broker.rabbitmqctl("set_vm_memory_high_watermark", "0.4");
      awaitAlarm(collector, "rabbitmq_alarms_memory_used_watermark", 0);
    }
  }

  @Test
  void anAlarmOfTheDiskIsRaisedAndGoes() throws Exception {
    try (var collector = collector(RabbitMqBroker.USERNAME, RabbitMqBroker.PASSWORD)) {
      broker.rabbitmqctl("set_disk_free_limit", "100000GB");
      awaitAlarm(collector, "rabbitmq_alarms_free_disk_space_watermark", 1);
      broker.rabbitmqctl("set_disk_free_limit", "50MB");
      awaitAlarm(collector, "rabbitmq_alarms_free_disk_space_watermark", 0);
    }
  }

  @Test
  void statisticsThatAreThrownAwayComeBack() throws Exception {
    try (var collector = collector(RabbitMqBroker.USERNAME, RabbitMqBroker.PASSWORD)) {
      broker.rabbitmqctl("eval", "rabbit_mgmt_storage:reset_all().");
      assertThat(collect(collector).missing()).isEmpty();
      await()
          .untilAsserted(() -> {
            Collected ours = collect(collector);
            assertThat(ours.missing()).isEmpty();
            assertThat(value(ours, "rabbitmq_process_resident_memory_bytes", NODE)).isPresent();
            assertThat(value(ours, "rabbitmq_user_connections", "guest", "running")).isPresent();
          });
    }
  }

  @Test
  void aLabelThatThePluginDoesNotEscape() throws Exception {
    String name = "qu\"ote,end\\";
    try (var channel = connection.createChannel();
        var collector = collector(Source.PROMETHEUS)) {
      channel.queueDeclare(name, true, false, false, Map.of());
      await()
          .untilAsserted(() ->
              assertThat(value(collect(collector), "rabbitmq_queue_messages", name)).hasValue(0));
    }
  }

  @Test
  void thePrometheusPluginThatIsSwitchedOff() throws Exception {
    try (var both = collector(Source.MANAGEMENT, Source.PROMETHEUS)) {
      assertThat(value(collect(both), "rabbitmq_global_publishers", NODE)).isPresent();
      broker.plugin("rabbitmq_prometheus", false);
      try {
        Collected ours = collect(both);
        assertThat(ours.missing()).extracting(Missing::what).contains("Prometheus plugins");
        assertThat(value(ours, "rabbitmq_global_publishers", NODE)).isEmpty();
        assertThat(value(ours, "rabbitmq_node_running", NODE)).hasValue(1);
      } finally {
        broker.plugin("rabbitmq_prometheus", true);
      }
      await().until(() -> value(collect(both), "rabbitmq_global_publishers", NODE).isPresent());
    }
  }

  @Test
  void theManagementPluginThatIsSwitchedOff() throws Exception {
    try (var both = collector(Source.MANAGEMENT, Source.PROMETHEUS)) {
      collect(both);
      broker.plugin("rabbitmq_management", false);
      try {
        Collected ours = collect(both);
        assertThat(ours.missing()).extracting(Missing::what).containsExactly("management");
        assertThat(value(ours, "messaging_up", "details")).hasValue(1);
        assertThat(value(ours, "rabbitmq_queue_messages", "a")).isPresent();
      } finally {
        broker.plugin("rabbitmq_management", true);
        broker.plugin("rabbitmq_shovel_management", true);
      }
      await().until(() -> collect(both).missing().isEmpty());
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
  void queuesOfAVhostThatAUserMayNotSeeAreNamed() throws Exception {
    try (var channel = connection.createChannel();
        var collector = collector("blind", "secret")) {
      channel.queueDeclare("unseen", true, false, false, Map.of());
      channel.basicPublish("", "unseen", null, new byte[1]);
      await()
          .untilAsserted(() ->
              assertThat(collect(collector).missing())
                  .extracting(Missing::what)
                  .contains("queues of vhost /"));
    }
  }

  @Test
  void httpsWithAnOwnAuthorityAndAClientCertificate() throws Exception {
    Optional<Tls.Client> client =
        Optional.of(
            new Tls.Client(
                Tls.key(certificates.pem("client")), Tls.certificates(certificates.pem("client"))));
    var authorities = Tls.certificates(Files.readString(certificates.authorityPem()));
    try (var collector = overHttps(new Tls(authorities, client))) {
      assertThat(value(collect(collector), "messaging_up", "details")).hasValue(1);
    }
    try (var collector = overHttps(new Tls(authorities, Optional.empty()))) {
      assertThatThrownBy(() -> collect(collector))
          .isInstanceOf(CollectionException.class)
          .hasMessageContaining("https://127.0.0.1:" + HTTPS_PORT + "/api/overview: TLS: ");
    }
    try (var collector = overHttps(new Tls(List.of(), client))) {
      assertThatThrownBy(() -> collect(collector))
          .isInstanceOf(CollectionException.class)
          .hasMessageContaining("TLS: ")
          .hasMessageContaining("certification path");
    }
  }

  private static RabbitMqCollector collector(Source... sources) {
    boolean managed = List.of(sources).contains(Source.MANAGEMENT);
    return new RabbitMqCollector(
        "details",
        new RabbitMqConfig(
            managed ? List.of(broker.managementUrl()) : List.of(),
            new RabbitMqConfig.Access(
                RabbitMqBroker.USERNAME, new Secret(RabbitMqBroker.PASSWORD), Optional.empty()),
            NameFilter.ALL,
            NameFilter.ALL,
            new RabbitMqConfig.Effort(Duration.ZERO, QueueStatistics.FULL),
            new RabbitMqConfig.Sources(
                Set.of(sources),
                managed ? List.of() : List.of(broker.prometheusUrl()),
                List.of("exchange_metrics"),
                RaftNames.OWN),
            List.of()),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }

  private static RabbitMqCollector overHttps(Tls tls) {
    return new RabbitMqCollector(
        "details",
        new RabbitMqConfig(
            List.of(URI.create("https://127.0.0.1:" + HTTPS_PORT)),
            new RabbitMqConfig.Access(
                RabbitMqBroker.USERNAME, new Secret(RabbitMqBroker.PASSWORD), Optional.of(tls)),
            NameFilter.ALL,
            NameFilter.ALL,
            RabbitMqConfig.Effort.DEFAULT,
            RabbitMqConfig.Sources.DEFAULT,
            List.of()),
        Duration.ofMinutes(5),
        Clock.systemUTC());
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

  private static void awaitAlarm(RabbitMqCollector collector, String alarm, int raised) {
    await()
        .untilAsserted(() -> {
          Collected ours = collect(collector);
          assertThat(value(ours, alarm, NODE)).hasValue(raised);
          assertThat(value(ours, "rabbitmq_health_check_ok", "alarms")).hasValue(1 - raised);
        });
  }

  private static RabbitMqCollector collector(String username, String password) {
    return new RabbitMqCollector(
        "details",
        new RabbitMqConfig(broker.managementUrl(), username, new Secret(password))
            .with(new RabbitMqConfig.Effort(Duration.ZERO, QueueStatistics.FULL)),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
