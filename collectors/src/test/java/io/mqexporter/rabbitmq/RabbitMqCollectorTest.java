package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.metric.FamilyText;
import io.mqexporter.rabbitmq.RabbitMqConfig.QueueStatistics;
import io.mqexporter.rabbitmq.vocabulary.Vocabulary;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RabbitMqCollectorTest {

  private final Deadline soon = Deadline.after(Duration.ofMinutes(1));

  private ReplyServer server;
  private Map<String, String> replies;
  private Map<String, Integer> statuses;
  private List<String> asked;
  private RabbitMqCollector collector;

  @BeforeEach
  void startServer() throws IOException {
    server = new ReplyServer();
    replies = server.replies();
    statuses = server.statuses();
    asked = server.asked();
    replies.put(
        "/proxied/api/overview",
        """
        {"cluster_name":"shop","rabbitmq_version":"3.10.8","erlang_version":"25.2.3",
         "message_stats":[],"queue_totals":{},"listeners":[{"node":"rabbit@a","socket_opts":[]}],
         "object_totals":{"channels":2,"connections":1,"consumers":3,"exchanges":5,"queues":4}}
        """);
    replies.put(
        "/proxied/api/queues",
        """
        [{"vhost":"/","name":"b","messages":1},{"vhost":"/","name":"a","messages":2},
         {"vhost":"/","name":"a","messages":3}]
        """);
    replies.put("/proxied/api/exchanges", "[]");
    replies.put("/proxied/api/nodes", "[{\"name\":\"rabbit@a\",\"running\":true}]");
    replies.put("/proxied/api/vhosts", "[{\"name\":\"/\",\"messages\":5}]");
    replies.put("/proxied/api/bindings/", "[]");
    for (String details :
        List.of(
            "shovels",
            "federation-links",
            "policies",
            "operator-policies",
            "feature-flags",
            "deprecated-features/used",
            "connections",
            "channels")) {
      replies.put("/proxied/api/" + details, "[]");
    }
    for (String check :
        List.of(
            "alarms",
            "virtual-hosts",
            "node-is-quorum-critical",
            "quorum-queues-without-elected-leaders/all-vhosts",
            "ready-to-serve-clients",
            "certificate-expiration/100/years")) {
      replies.put("/proxied/api/health/checks/" + check, "{\"status\":\"ok\"}");
    }
    replies.put("/proxied/api/nodes/rabbit@a/memory", "{\"memory\":{\"binary\":5}}");
    collector = collector(NameFilter.ALL, NameFilter.ALL);
  }

  private RabbitMqCollector collector(NameFilter vhosts, NameFilter queues) {
    return collector(vhosts, queues, RabbitMqConfig.Effort.DEFAULT.detailsInterval());
  }

  private RabbitMqCollector collector(
      NameFilter vhosts, NameFilter queues, Duration detailsInterval, Vocabulary... spoken) {
    List<Vocabulary> vocabularies = List.of(spoken);
    return new RabbitMqCollector(
        "shop",
        new RabbitMqConfig(
            List.of(server.url("/proxied/")),
            new RabbitMqConfig.Access("monitor", new Secret("secret-password"), Optional.empty()),
            vhosts,
            queues,
            new RabbitMqConfig.Effort(detailsInterval, QueueStatistics.FULL),
            RabbitMqConfig.Sources.DEFAULT,
            vocabularies),
        Duration.ofSeconds(100),
        Clock.fixed(Snapshots.START, ZoneOffset.UTC));
  }

  @AfterEach
  void stopServer() {
    collector.close();
    server.close();
  }

  @Test
  void asksFiveTimesWhereNoQueueHasADeadLetterExchange() throws Exception {
    collector.collect(soon);
    asked.clear();
    assertThat(collector.collect(soon).missing()).isEmpty();
    assertThat(asked)
        .containsExactly(
            "/proxied/api/overview",
            "/proxied/api/exchanges",
            "/proxied/api/nodes",
            "/proxied/api/vhosts",
            "/proxied/api/queues?enable_queue_totals=true");
    assertThat(collector.requestsSent()).isEqualTo(5 + 15 + 5);
  }

  @Test
  void asksOnceForWhatTheBrokerDoesNotHave() throws Exception {
    statuses.put("/proxied/api/shovels", 404);
    statuses.put("/proxied/api/feature-flags", 401);
    statuses.put("/proxied/api/deprecated-features/used", 406);
    statuses.put("/proxied/api/health/checks/certificate-expiration/100/years", 500);
    try (var eager = collector(NameFilter.ALL, NameFilter.ALL, Duration.ZERO)) {
      for (int i = 0; i < 3; i++) {
        assertThat(eager.collect(soon).missing()).isEmpty();
      }
    }
    assertThat(asked)
        .containsOnlyOnce(
            "/proxied/api/shovels",
            "/proxied/api/feature-flags",
            "/proxied/api/deprecated-features/used",
            "/proxied/api/health/checks/certificate-expiration/100/years");
    assertThat(asked.stream().filter("/proxied/api/policies"::equals)).hasSize(3);
  }

  @Test
  void namesTheDetailsThatAMissingRightCosts() throws Exception {
    statuses.put("/proxied/api/policies", 403);
    statuses.put("/proxied/api/nodes/rabbit@a/memory", 401);
    Collected collected = collector.collect(soon);
    assertThat(collected.missing())
        .extracting(Missing::what)
        .containsExactly("memory of rabbit@a", "policies");
    assertThat(text(collected)).contains("rabbitmq_health_check_ok", "rabbitmq_queue_messages{");
    asked.clear();
    // They alone are asked for again, once, and stay named until they are asked for the next time.
    for (int i = 0; i < 3; i++) {
      assertThat(collector.collect(soon).missing()).hasSize(2);
    }
    assertThat(asked.stream().filter("/proxied/api/policies"::equals)).hasSize(1);
    assertThat(asked).hasSize(3 * 5 + 2);
  }

  @Test
  void readsWhatAFailedHealthCheckSays() throws Exception {
    statuses.put("/proxied/api/health/checks/alarms", 503);
    replies.put("/proxied/api/health/checks/alarms", "{\"status\":\"failed\",\"reason\":\"x\"}");
    statuses.put("/proxied/api/health/checks/virtual-hosts", 503);
    replies.put("/proxied/api/health/checks/virtual-hosts", "Service Unavailable");
    Collected collected = collector.collect(soon);
    assertThat(text(collected)).contains("check=\"alarms\"} 0");
    assertThat(text(collected)).doesNotContain("check=\"virtual-hosts\"");
    assertThat(collected.missing())
        .extracting(Missing::what)
        .containsExactly("health check virtual-hosts");
  }

  @Test
  void saysThatNoVhostPassesThePatterns() throws Exception {
    try (var filtering =
        collector(new NameFilter(List.of(Pattern.compile("shop")), List.of()), NameFilter.ALL)) {
      assertThat(filtering.collect(soon).missing())
          .containsExactly(
              new Missing("vhosts", "none passes the patterns (expected: one of [/])"));
    }
  }

  @Test
  void namesVhostsWhoseQueuesAreKeptBack() throws Exception {
    replies.put(
        "/proxied/api/vhosts",
        "[{\"name\":\"/\",\"messages\":5},{\"name\":\"secret\",\"messages\":1},{\"name\":\"empty\"}]");
    assertThat(collector.collect(soon).missing()).as("may be chance").isEmpty();
    assertThat(collector.collect(soon).missing())
        .extracting(Missing::what)
        .containsExactly("queues of vhost secret");
  }

  @Test
  void asksTheNextNodeWhenOneDoesNotAnswer() throws Exception {
    try (var gone = new ReplyServer();
        var failing =
            new RabbitMqCollector(
                "shop",
                new RabbitMqConfig(
                    List.of(gone.url("/"), server.url("/proxied/")),
                    new RabbitMqConfig.Access("monitor", new Secret("s"), Optional.empty()),
                    NameFilter.ALL,
                    NameFilter.ALL,
                    RabbitMqConfig.Effort.DEFAULT,
                    RabbitMqConfig.Sources.DEFAULT,
                    List.of()),
                Duration.ofSeconds(100),
                Clock.fixed(Snapshots.START, ZoneOffset.UTC))) {
      assertThat(failing.collect(soon).missing()).isEmpty();
      assertThat(failing.collect(soon).missing()).isEmpty();
      assertThat(gone.asked()).as("not as long as the other one answers").hasSize(1);
      statuses.put("/proxied/api/overview", 500);
      assertThatThrownBy(() -> failing.collect(soon))
          .isInstanceOf(CollectionException.class)
          .hasMessageContaining("/proxied/api/overview: answered 500");
    }
  }

  @Test
  void speaksTheWordsOfRabbitMqExporterInPlaceOfOurs() throws Exception {
    replies.put(
        "/proxied/api/queues",
        """
        [{"vhost":"/","name":"a","durable":true,"policy":"p","state":"flow","messages":2,
          "arguments":{"x-max-length":9},"effective_policy_definition":{"max-length":7},
          "type":"classic","message_stats":{"deliver":4,"deliver_no_ack":5}}]
        """);
    try (var spoken =
        collector(NameFilter.ALL, NameFilter.ALL, Duration.ZERO, Vocabulary.RABBITMQ_EXPORTER)) {
      String queue =
          "{messaging_cluster=\"shop\",cluster=\"shop\",vhost=\"/\",queue=\"a\",durable=\"true\",policy=\"p\",self=\"1\"";
      String text = text(spoken.collect(soon));
      assertThat(text)
          .contains(
              "rabbitmq_up{messaging_cluster=\"shop\",cluster=\"shop\"} 1\n",
              "rabbitmq_connections{messaging_cluster=\"shop\",cluster=\"shop\"} 1\n",
              "rabbitmq_queue_messages" + queue + "} 2\n",
              "rabbitmq_queue_max_length" + queue + "} 7\n",
              "rabbitmq_queue_messages_delivered_total" + queue + "} 4\n",
              "rabbitmq_queue_messages_delivered_noack_total" + queue + "} 5\n",
              "rabbitmq_queue_state" + queue + ",state=\"flow\"} 0\n",
              "rabbitmq_running{messaging_cluster=\"shop\",cluster=\"shop\",node=\"rabbit@a\",self=\"1\"} 1\n",
              "rabbitmq_memory_binary_bytes{messaging_cluster=\"shop\",cluster=\"shop\",node=\"rabbit@a\",self=\"1\"} 5\n",
              "messaging_destination_messages{")
          // What was not told is not 0, as it is there.
          .doesNotContain("rabbitmq_queue_messages_published_total", "messages_ack_total")
          .doesNotContain("rabbitmq_queue_messages{messaging_cluster=\"shop\",vhost");
      statuses.put("/proxied/api/overview", 500);
      assertThat(FamilyText.of(spoken.unavailable()))
          .contains("rabbitmq_up{messaging_cluster=\"shop\"} 0\n");
    }
  }

  @Test
  void asksForBindingsWhereAQueueHasADeadLetterExchange() throws Exception {
    replies.put(
        "/proxied/api/queues",
        """
        [{"vhost":"/","name":"work","arguments":{"x-dead-letter-exchange":"dlx"}},
         {"vhost":"/","name":"dead","messages":3}]
        """);
    replies.put(
        "/proxied/api/bindings/",
        """
        [{"source":"","vhost":"/","destination":"dead","destination_type":"queue",
          "routing_key":"dead","arguments":{},"properties_key":"dead"},
         {"source":"dlx","vhost":"/","destination":"dead","destination_type":"queue",
          "routing_key":"","arguments":{},"properties_key":"~"}]
        """);
    assertThat(text(collector.collect(soon)))
        .contains("messaging_dead_letter_messages", "messaging_destination_name=\"dead\"} 3");
    assertThat(asked).contains("/proxied/api/bindings/");
  }

  @Test
  void sortsQueuesAndNamesEachOnce() throws Exception {
    Collected collected = collector.collect(soon);
    assertThat(FamilyText.of(collected.families(), name -> name.equals("rabbitmq_queue_messages")))
        .isEqualTo(
            """
            rabbitmq_queue_messages{messaging_cluster="shop",vhost="/",queue="a"} 3
            rabbitmq_queue_messages{messaging_cluster="shop",vhost="/",queue="b"} 1
            """);
    assertThat(text(collected)).contains("rabbitmq_connections{messaging_cluster=\"shop\"} 1");
  }

  @Test
  void readsInPagesOnceTheWholeListIsTooLarge() throws Exception {
    statuses.put("/proxied/api/queues", 413);
    String page = "/proxied/api/queues?enable_queue_totals=true&page=%d&page_size=500";
    replies.put(
        page.formatted(1),
        """
        {"filtered_count":3,"item_count":2,"items":[{"vhost":"/","name":"b","messages":1},
         {"vhost":"/","name":"a","messages":2}],"page":1,"page_count":2,"page_size":500}
        """);
    replies.put(
        page.formatted(2),
        """
        {"items":[{"vhost":"/","name":"a","messages":3},{"vhost":"/","name":"c","messages":4}],
         "page":2,"page_count":2}
        """);
    Collected collected = collector.collect(soon);
    assertThat(collected.missing()).isEmpty();
    assertThat(FamilyText.of(collected.families()))
        .contains(
            """
            rabbitmq_queue_messages{messaging_cluster="shop",vhost="/",queue="a"} 3
            rabbitmq_queue_messages{messaging_cluster="shop",vhost="/",queue="b"} 1
            rabbitmq_queue_messages{messaging_cluster="shop",vhost="/",queue="c"} 4
            """);
    asked.clear();
    statuses.put(page.formatted(2), 500);
    assertThat(collector.collect(soon).missing()).extracting(Missing::what).contains("queues");
    assertThat(asked).doesNotContain("/proxied/api/queues?enable_queue_totals=true");
  }

  @Test
  void leavesOutWhatTheFiltersLeaveOut() throws Exception {
    replies.put(
        "/proxied/api/queues",
        """
        [{"vhost":"/","name":"a","messages":1},{"vhost":"/","name":"tmp-1","messages":2},
         {"vhost":"test","name":"a","messages":3,"arguments":{"x-dead-letter-exchange":"dlx"}}]
        """);
    replies.put(
        "/proxied/api/exchanges",
        """
        [{"vhost":"/","name":"e","message_stats":{"publish_in":1}},
         {"vhost":"test","name":"e","message_stats":{"publish_in":2}}]
        """);
    try (var filtering =
        collector(
            new NameFilter(List.of(Pattern.compile("/|shop")), List.of()),
            new NameFilter(List.of(), List.of(Pattern.compile("tmp-.*"))))) {
      Collected collected = filtering.collect(soon);
      assertThat(collected.missing()).isEmpty();
      assertThat(
              FamilyText.of(
                  collected.families(),
                  name ->
                      name.equals("rabbitmq_queue_messages")
                          || name.equals("messaging_destinations")
                          || name.equals("rabbitmq_exchange_messages_published_total")))
          .isEqualTo(
              """
              rabbitmq_queue_messages{messaging_cluster="shop",vhost="/",queue="a"} 1
              rabbitmq_exchange_messages_published_total{messaging_cluster="shop",vhost="/",exchange="e"} 1
              messaging_destinations{messaging_system="rabbitmq",messaging_cluster="shop"} 1
              """);
    }
    assertThat(asked)
        .as("no bindings for a queue that is left out")
        .doesNotContain("/proxied/api/bindings/");
  }

  @Test
  void saysWhatIsMissingWhenALaterRequestFails() throws Exception {
    replies.remove("/proxied/api/nodes");
    Collected collected = collector.collect(soon);
    assertThat(collected.missing())
        .containsExactly(
            new Missing(
                "nodes",
                server.url("/proxied/api/nodes") + ": answered 500 (expected: status 200)"));
    assertThat(text(collected))
        .contains("messaging_up", "rabbitmq_queue_messages{")
        .doesNotContain("rabbitmq_node", "messaging_brokers");
  }

  @Test
  void keepsItsMemoryWhenTheQueuesCannotBeReadOnce() throws Exception {
    collector.collect(soon);
    String queues = replies.remove("/proxied/api/queues");
    assertThat(text(collector.collect(soon)))
        .contains("messaging_up", "rabbitmq_node_running")
        .doesNotContain("rabbitmq_queue_", "messaging_destination_name");
    replies.put("/proxied/api/queues", queues);
    assertThat(collector.collect(soon).missing()).isEmpty();
  }

  @Test
  void failsWhenTheFirstRequestFails() {
    replies.remove("/proxied/api/overview");
    assertThatThrownBy(() -> collector.collect(soon))
        .isInstanceOf(CollectionException.class)
        .hasMessageContaining("/proxied/api/overview: answered 500")
        .hasMessageNotContaining("secret-password");
    assertThat(collector.requestsSent()).isEqualTo(1);
  }

  @Test
  void failsWhenTheFirstReplyIsNotWhatItShouldBe() {
    replies.put("/proxied/api/overview", "[]");
    assertThatThrownBy(() -> collector.collect(soon))
        .isInstanceOf(CollectionException.class)
        .hasMessageEndingWith("answered with other JSON than expected (expected: an object)");
  }

  @Test
  void knowsNoTotalsThatTheOverviewLeavesOut() throws Exception {
    replies.put("/proxied/api/overview", "{\"rabbitmq_version\":\"3.10.8\"}");
    assertThat(text(collector.collect(soon)))
        .contains("rabbitmq_build_info")
        .doesNotContain("rabbitmq_connections", "rabbitmq_queues{");
  }

  private static String text(Collected collected) {
    return FamilyText.of(collected.families());
  }
}
