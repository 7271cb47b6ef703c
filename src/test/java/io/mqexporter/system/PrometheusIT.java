package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.demo.KafkaWorkload;
import io.mqexporter.demo.RabbitMqWorkload;
import io.mqexporter.demo.RocketMqWorkload;
import io.mqexporter.monitoring.Prometheus;
import io.mqexporter.system.Subjects.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What judges that are not ours say of the page, while all three brokers are at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusIT {

  private static final Duration TOOL_TIMEOUT = Duration.ofMinutes(3);
  private static final String OPENMETRICS = "application/openmetrics-text;version=1.0.0";

  /** The target in the ConfigMap of a sample: all lines that are indented as its first one is. */
  private static final Pattern SIDECAR_TARGET =
      Pattern.compile("(?m)^( +)- name: (?:orders|shop|payments)\\n(?:\\1 .*\\n?)+");

  @RegisterExtension private final Subjects subjects = Subjects.shared();
  private final HttpClient client = HttpClient.newHttpClient();
  private KafkaWorkload kafkaWorkload;
  private RabbitMqWorkload rabbitMqWorkload;
  private RocketMqWorkload rocketMqWorkload;
  private AgentProcess agent;

  @BeforeAll
  void start() throws Exception {
    kafkaWorkload = KafkaWorkload.start(subjects.kafka());
    rabbitMqWorkload = RabbitMqWorkload.start(subjects.rabbitMq());
    rocketMqWorkload = RocketMqWorkload.start(subjects.rocketMq());
    agent = AgentProcess.start("prometheus-agent", subjects.configuration("3s", "3s"));
    await()
        .until(() -> {
          Exposition page = agent.scrape();
          return page.values("messaging_up").stream().filter(up -> up == 1).count() == 3
              && page.values("messaging_consumer_lag_seconds", "\"kafka\"").size() > 1
              && page.values("messaging_consumer_lag_seconds", "\"rocketmq\"").size() > 1
              && page.values("messaging_dead_letter_messages").size() >= 3;
        });
  }

  @AfterAll
  void stop() {
    agent.close();
    kafkaWorkload.close();
    rabbitMqWorkload.close();
    rocketMqWorkload.close();
    client.close();
  }

  @Test
  void promtoolHasNoFindings() throws IOException {
    Path page = Repository.emptyRunFolder("promtool").resolve("metrics.txt");
    Files.writeString(page, agent.get("/metrics").body());

    Command.Result result =
        Command.tryRun(
            TOOL_TIMEOUT, Map.of(), List.of("sh", "-c", "promtool check metrics < '" + page + "'"));

    assertThat(result).isEqualTo(new Command.Result(0, ""));
  }

  @Test
  void aStrictParserReadsBothFormats() throws IOException, InterruptedException {
    assertBothFormatsAreRead(agent);
  }

  /** What RabbitMQ's own plugin tells is passed on under names that promtool would object to. */
  @Test
  void whatIsPassedOnIsReadAndEachNodeIsFound() throws IOException, InterruptedException {
    String configuration =
        """
        interval: 3s
        timeout: 3s
        targets:
          - name: relayed
            rabbitmq:
              url: %s
              sources: [management, prometheus]
              prometheus_families: [exchange_metrics, ra_metrics]
        """
            .formatted(subjects.rabbitMq().managementUrl());
    try (AgentProcess relaying = AgentProcess.start("relaying-agent", configuration)) {
      await().until(() -> relaying.scrape().values("rabbitmq_global_publishers").size() > 0);
      assertBothFormatsAreRead(relaying);
      String node = subjects.rabbitMq().nodeName();
      String join =
          "rabbitmq_resident_memory_limit_bytes * on(instance, job) group_left(rabbitmq_cluster,"
              + " rabbitmq_node) rabbitmq_identity_info{rabbitmq_node=\"%s\"}".formatted(node);
      String jobs =
          """
            - job_name: nodes
              http_sd_configs: [{url: "http://127.0.0.1:%1$d/sd?nodes=true"}]
            - job_name: targets
              http_sd_configs: [{url: "http://127.0.0.1:%1$d/sd"}]
          """
              .formatted(relaying.port());
      try (var prometheus = Prometheus.scraping("prometheus-sd", jobs)) {
        await()
            .untilAsserted(() -> {
              assertThat(query(prometheus, "up{instance=\"relayed/%s\"}".formatted(node)))
                  .contains(",\"1\"]");
              assertThat(query(prometheus, join)).contains("\"instance\":\"relayed/");
              assertThat(query(prometheus, "messaging_up{job=\"targets\"}"))
                  .contains("\"instance\":\"relayed\"");
            });
      }
    }
  }

  private void assertBothFormatsAreRead(AgentProcess subject)
      throws IOException, InterruptedException {
    Path folder = Repository.emptyRunFolder("strict-parser");
    Path text = folder.resolve("text.txt");
    Path openMetrics = folder.resolve("openmetrics.txt");
    Files.writeString(text, subject.get("/metrics").body());
    URI page = URI.create("http://127.0.0.1:" + subject.port() + "/metrics");
    Files.writeString(openMetrics, get(page, "Accept", OPENMETRICS));
    String program =
        """
        import sys
        from prometheus_client.openmetrics.parser import text_string_to_metric_families as strict
        from prometheus_client.parser import text_string_to_metric_families as lenient
        series = lambda families: sum(len(family.samples) for family in families)
        print(series(lenient(open(sys.argv[1]).read())), series(strict(open(sys.argv[2]).read())))
        """;

    String[] counts =
        Command.run(
                TOOL_TIMEOUT,
                Map.of(),
                List.of("/usr/bin/python3", "-c", program, text.toString(), openMetrics.toString()))
            .strip()
            .split(" ", 2);

    assertThat(Integer.parseInt(counts[0])).isGreaterThan(300);
    assertThat(Integer.parseInt(counts[1])).isGreaterThan(300);
  }

  /** The workload goes on, so that a number is compared with the page of the same collection. */
  @ParameterizedTest
  @CsvSource({"KAFKA, analytics, true", "RABBITMQ, invoices, false", "ROCKETMQ, analytics, true"})
  void scalersAreToldWhatIsExposed(Subject subject, String group, boolean hasPartitions) {
    String path = "/api/v1/scaling/" + subject.target() + "/";
    String label = subject == Subject.RABBITMQ ? "destination" : "consumer_group";
    await()
        .untilAsserted(() -> {
          List<Double> lags =
              agent
                  .scrape()
                  .values(
                      "messaging_consumer_lag_messages",
                      "messaging_cluster=\"" + subject.target() + "\"",
                      "messaging_" + label + "_name=\"" + group + "\"");
          long lag = lags.stream().mapToLong(Double::longValue).sum();
          String body = agent.get(path + group).body();
          assertThat(lags).isNotEmpty();
          assertThat(body).contains("\"lag\":" + lag + ",", "\"stale\":false");
          assertThat(body.contains("\"partitions\":")).isEqualTo(hasPartitions);
        });
    // That nobody is there can be said only where everybody was read; 503 until then.
    await().until(() -> agent.get(path + "nobody").statusCode() == 404);
  }

  /** The configurations that the samples for sidecars bring, where brokers are on this machine. */
  @Test
  void anAgentBesideEachBrokerReadsIt() throws IOException {
    var targets = new StringBuilder("interval: 3s\ntimeout: 3s\ntargets:\n");
    for (String file : List.of("cp-kafka", "rabbitmq-cluster-operator", "rocketmq")) {
      String sample = Files.readString(Repository.file("helm/sidecar/" + file + ".yaml"));
      Matcher target = SIDECAR_TARGET.matcher(sample);
      assertThat(target.find()).as(file).isTrue();
      targets.append(target.group().stripIndent()).append('\n');
    }
    String configuration =
        targets
            .toString()
            .replace("localhost:9092", subjects.kafka().bootstrapServers())
            .replace("http://localhost:15692", subjects.rabbitMq().prometheusUrl().toString())
            .replace("rocketmq-nameserver:9876", subjects.rocketMq().nameServer());
    Map<String, String> environment =
        Map.of("NODE_ID", "1", "BROKER", RocketMqBroker.BROKER + ":0");
    try (AgentProcess beside = AgentProcess.start("sidecar-agent", configuration, environment)) {
      await()
          .untilAsserted(() -> {
            Exposition page = beside.scrape();
            for (String cluster : List.of("orders", "shop", "payments")) {
              String label = "messaging_cluster=\"" + cluster + "\"";
              assertThat(page.value("messaging_up", label)).hasValue(1);
              assertThat(page.values("messaging_consumer_lag_messages", label)).isNotEmpty();
            }
          });
    }
  }

  @Test
  void anAgentThatIsToBeCoarseExposesNothingFiner() {
    String coarse = "granularity: cluster\n" + subjects.configuration("3s", "3s");
    try (AgentProcess other = AgentProcess.start("coarse-agent", coarse)) {
      await()
          .until(() ->
              other.scrape().values("messaging_destinations").size() == 3
                  && other.scrape().values("messaging_consumers", "\"ok\"").size() == 3);

      assertThat(other.get("/metrics").body())
          .contains("kafka_brokers{", "rabbitmq_queues{", "rocketmq_broker_up{")
          .doesNotContain("messaging_destination_name=", " topic=", ",topic=", "queue=");
      assertThat(other.scrape().values("mq_exporter_series_dropped_total", "granularity"))
          .hasSize(3)
          .allMatch(dropped -> dropped > 0);
      assertThat(other.scrape().values("mq_exporter_series_dropped_total", "budget"))
          .containsOnly(0.0);
      assertThat(other.get("/").body()).contains("finer than the granularity: ");
    }
  }

  @Test
  void prometheusScrapesTheAgent() {
    String job =
        """
          - job_name: mq-exporter
            static_configs:
              - targets: ['127.0.0.1:%d']
        """
            .formatted(agent.port());
    try (var prometheus = Prometheus.scraping("prometheus", job)) {
      await()
          .untilAsserted(() -> {
            assertThat(query(prometheus, "up")).contains("\"mq-exporter\"").contains(",\"1\"]");
            for (Subject subject : Subject.values()) {
              assertThat(
                      query(
                          prometheus,
                          "messaging_up{messaging_system=\"" + subject.system() + "\"} == 1"))
                  .contains(",\"1\"]");
            }
          });
    }
  }

  private static String query(Prometheus prometheus, String expression) {
    return prometheus.query(expression).toString();
  }

  private String get(URI uri, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }
}
