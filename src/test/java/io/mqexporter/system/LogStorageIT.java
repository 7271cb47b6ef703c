package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.SearchNode;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.dashboards.LogObjects;
import io.mqexporter.dashboards.LogObjects.Chart;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink.Delivered;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Access;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Requests;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Storage;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Template;
import io.mqexporter.logs.elasticsearch.ElasticsearchSink;
import io.mqexporter.logs.sink.DeadLetters;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Log events in a real OpenSearch and a real Elasticsearch: what arrives, and how often. */
@TestInstance(Lifecycle.PER_CLASS)
class LogStorageIT {

  /** How often the agent is killed, and every tenth time the node before it. */
  private static final int ROUNDS = Integer.getInteger("storage.rounds", 3);

  private static final String STREAM = "logs-mq.kafka-";
  private static final String DAY = "-2026.11.24";

  private final Path folder = Repository.emptyRunFolder("log-storage");
  private final Vertx vertx = Vertx.vertx();
  private SearchNode openSearch;
  private SearchNode elasticsearch;

  @BeforeAll
  void start() {
    var second =
        CompletableFuture.supplyAsync(() -> SearchNode.elasticsearch("log-storage-elasticsearch"));
    openSearch = SearchNode.openSearch("log-storage-opensearch");
    elasticsearch = second.join();
  }

  @AfterAll
  void stop() throws InterruptedException {
    NumberedEvents.stopDelivering();
    vertx.close();
    openSearch.close();
    elasticsearch.close();
  }

  /** A server, and what it can keep events in. */
  enum Place {
    OPENSEARCH_STREAM,
    OPENSEARCH_DAILY,
    ELASTICSEARCH_DAILY
  }

  private SearchNode nodeOf(Place place) {
    return place == Place.ELASTICSEARCH_DAILY ? elasticsearch : openSearch;
  }

  private static Index indexOf(Place place) {
    return place == Place.OPENSEARCH_STREAM ? Index.DATA_STREAM : Index.DAILY;
  }

  private static String nameOf(Place place, String namespace) {
    return place == Place.OPENSEARCH_STREAM ? STREAM + namespace : "mq-logs-" + namespace + DAY;
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void whatIsSentTwiceIsThereOnce(Place place) throws InterruptedException {
    SearchNode node = nodeOf(place);
    String index = nameOf(place, "twice");
    List<LogEvent> events = NumberedEvents.of(3_000);
    try (ElasticsearchSink sink = sink(node.url(), indexOf(place), "twice")) {
      assertThat(sink.deliver(events)).isEqualTo(new Delivered(3_000, 0, 0));
      assertThat(sink.deliver(events)).isEqualTo(new Delivered(3_000, 3_000, 0));
    }

    assertThat(node.documents(index))
        .extracting(LogStorageIT::message)
        .containsExactlyElementsOf(NumberedEvents.messages(events));
    JsonNode document = node.documents(index).getFirst();
    assertThat(document.path("_id").asText()).isEqualTo("id-0");
    JsonNode source = document.path("_source");
    assertThat(source.path("labels.messaging_cluster").asText()).isEqualTo("orders");
    assertThat(source.path("data_stream.dataset").asText())
        .isEqualTo(place == Place.OPENSEARCH_STREAM ? "mq.kafka" : "");
  }

  @Test
  void whatWasStoredBeforeARolloverIsNotStoredAgain() throws InterruptedException {
    List<LogEvent> events = NumberedEvents.of(100);
    try (ElasticsearchSink sink = sink(openSearch.url(), Index.DATA_STREAM, "rollover")) {
      sink.deliver(events.subList(0, 60));
    }
    openSearch.request("POST", "/" + STREAM + "rollover/_rollover", "");
    try (ElasticsearchSink sink = sink(openSearch.url(), Index.DATA_STREAM, "rollover")) {
      assertThat(sink.deliver(events)).isEqualTo(new Delivered(100, 60, 0));
    }

    assertThat(openSearch.documents(STREAM + "rollover"))
        .extracting(LogStorageIT::message)
        .containsExactlyElementsOf(NumberedEvents.messages(events));
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void theTemplateThatIsInstalledMakesTheFieldsSearchable(Place place) throws InterruptedException {
    SearchNode node = nodeOf(place);
    String index = nameOf(place, "fields");
    try (ElasticsearchSink sink = sink(node.url(), indexOf(place), "fields")) {
      sink.deliver(List.of(NumberedEvents.event("id-0", "no space left on device", 0, Map.of())));
      sink.deliver(
          List.of(
              NumberedEvents.event(
                  "id-1",
                  "x".repeat(1_100_000) + "\0",
                  1,
                  Map.of(
                      "kafka.log.component", "y".repeat(1 << 20), "log.origin.file.line", "?"))));
    }

    assertThat(node.count(index)).isEqualTo(2);
    for (String query :
        List.of(
            "message:space",
            "kafka.log.class:kafka.server.KafkaApis",
            "kafka.log.trace.class:java.io.IOException",
            "labels.messaging_cluster:orders",
            "log.level:error",
            "kubernetes.pod.name:%22kafka-1%22",
            "@timestamp:%222026-11-24T10:31:36.123Z%22")) {
      assertThat(node.get("/" + index + "/_count?q=" + query).path("count").asInt())
          .as(query)
          .isPositive();
    }
    for (Chart chart : LogObjects.charts()) {
      assertThat(node.counts(index, chart.query(), chart.by().fieldName()))
          .as(chart.title())
          .isNotEmpty();
    }
    JsonNode mappings = node.get("/" + index + "/_mapping").elements().next().path("mappings");
    assertThat(mappings.path("dynamic").asText()).isEqualTo("false");
    assertThat(mappings.at("/properties/log/properties/level/type").asText()).isEqualTo("keyword");
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aDocumentThatTheServerCannotReadIsKeptAndTheOthersAreStored(Place place) throws Exception {
    SearchNode node = nodeOf(place);
    Path deadLetters = folder.resolve(place + ".jsonl");
    List<LogEvent> events =
        List.of(
            NumberedEvents.event("id-0", "good", 0, Map.of()),
            NumberedEvents.event("id-1", "bad", 1, Map.of("@timestamp", "yesterday")),
            NumberedEvents.event("id-2", "good", 2, Map.of()));
    try (ElasticsearchSink sink =
        sink(node.url(), indexOf(place), "poison", Requests.DEFAULT, Access.NONE, deadLetters)) {
      assertThat(sink.deliver(events)).isEqualTo(new Delivered(2, 0, 1));
    }

    assertThat(node.count(nameOf(place, "poison"))).isEqualTo(2);
    assertThat(Files.readAllLines(deadLetters))
        .singleElement()
        .asString()
        .contains("\"id\":\"id-1\"", "parsing_exception", "yesterday")
        .hasSizeLessThan(3_000);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aServerThatIsReadOnlyIsWaitedFor(Place place) throws Exception {
    SearchNode node = nodeOf(place);
    String index = nameOf(place, "blocked");
    try (ElasticsearchSink sink = sink(node.url(), indexOf(place), "blocked")) {
      sink.deliver(NumberedEvents.of(1));
      block(node, index, true);
      CompletableFuture<Delivered> delivery =
          NumberedEvents.deliverAside(sink, NumberedEvents.of(100));
      awaitRefusal(node, index);
      assertThat(delivery).isNotDone();
      block(node, index, false);

      assertThat(delivery.get(60, TimeUnit.SECONDS)).isEqualTo(new Delivered(100, 1, 0));
    }
    assertThat(node.count(index)).isEqualTo(100);
  }

  @ParameterizedTest
  @EnumSource(TcpProxy.Mode.class)
  void whateverTheNetworkDoesEachEventArrivesOnce(TcpProxy.Mode mode) throws Exception {
    var requests = new Requests(Duration.ofSeconds(1), 50_000, 2, true);
    String namespace = mode.name().toLowerCase(Locale.ROOT);
    String index = "mq-logs-" + namespace + DAY;
    try (TcpProxy proxy = TcpProxy.start(Ports.free(), openSearch.url().getPort());
        ElasticsearchSink sink =
            sink(
                URI.create("http://127.0.0.1:" + proxy.port()),
                Index.DAILY,
                namespace,
                requests,
                Access.NONE,
                folder.resolve("none"))) {
      sink.deliver(NumberedEvents.of(1));
      proxy.set(mode);
      CompletableFuture<Delivered> delivery =
          NumberedEvents.deliverAside(sink, NumberedEvents.of(500));
      if (mode != TcpProxy.Mode.FORWARD) {
        // The first request has been stored, whatever came back of the answer.
        awaitCount(index, mode == TcpProxy.Mode.HANG ? 1 : 50);
        proxy.set(TcpProxy.Mode.FORWARD);
      }

      assertThat(delivery.get(60, TimeUnit.SECONDS).acknowledged()).isEqualTo(500);
    }
    assertThat(openSearch.documents(index))
        .extracting(LogStorageIT::message)
        .containsExactlyElementsOf(NumberedEvents.messages(NumberedEvents.of(500)));
  }

  @Test
  void withoutATemplateNothingIsWrittenWhereADataStreamBelongs() throws Exception {
    // Elasticsearch 7.10 in its free form has no data streams at all.
    try (ElasticsearchSink sink = sink(elasticsearch.url(), Index.DATA_STREAM, "none")) {
      CompletableFuture<Delivered> delivery =
          NumberedEvents.deliverAside(sink, NumberedEvents.of(1));

      assertThat(delivery).failsWithin(Duration.ofSeconds(3));
    }
    assertThat(elasticsearch.get("/_cat/indices?format=json").toString())
        .doesNotContain("logs-mq.kafka-none");
  }

  @Test
  void anOwnAuthorityIsBelievedAndNoOther() throws Exception {
    var certificates = new Certificates(folder).issue("server").issueExpired("expired");
    var authorities = Tls.certificates(Files.readString(certificates.authorityPem()));
    var believed = access(new Tls(authorities, Optional.empty()));
    try (TlsFront front =
        TlsFront.start(certificates.keyStore("server"), openSearch.url().getPort())) {
      try (ElasticsearchSink sink = overTls(front, believed)) {
        assertThat(sink.deliver(NumberedEvents.of(10))).isEqualTo(new Delivered(10, 0, 0));
      }
      try (ElasticsearchSink sink = overTls(front, Access.NONE)) {
        assertThat(NumberedEvents.deliverAside(sink, NumberedEvents.of(20)))
            .failsWithin(Duration.ofSeconds(2));
      }
    }
    try (TlsFront front =
            TlsFront.start(certificates.keyStore("expired"), openSearch.url().getPort());
        ElasticsearchSink sink = overTls(front, believed)) {
      assertThat(NumberedEvents.deliverAside(sink, NumberedEvents.of(20)))
          .failsWithin(Duration.ofSeconds(2));
    }
    assertThat(openSearch.count("mq-logs-tls" + DAY)).isEqualTo(10);
  }

  @Test
  void certificatesThatAreRenewedInTheirFileAreUsed() throws Exception {
    Path home = Repository.emptyRunFolder("log-storage-renewed");
    Path log = Files.createDirectories(home.resolve("log")).resolve("server.log");
    Files.writeString(
        log,
        """
        [2026-11-24 10:00:00,393] ERROR one (a.B)
        [2026-11-24 10:00:00,394] INFO two (a.B)
        """);
    var outdated = new Certificates(Files.createDirectories(home.resolve("outdated")));
    var certificates = new Certificates(home).issue("server");
    Path authority = home.resolve("believed.pem");
    Files.copy(outdated.authorityPem(), authority);
    try (TlsFront front =
            TlsFront.start(certificates.keyStore("server"), openSearch.url().getPort());
        AgentProcess agent =
            AgentProcess.start(
                home,
                """
                interval: 1s
                targets:
                  - {name: none, interval: 1h, kafka: {bootstrap_servers: "127.0.0.1:1"}}
                logs:
                  state_folder: %1$s/state
                  sources: [{system: kafka, paths: '%1$s/log/*.log', time_zone: UTC}]
                  sinks:
                    - elasticsearch:
                        url: 'https://127.0.0.1:%2$d'
                        index: daily
                        namespace: renewed
                        ca_certificates: '${file:%3$s}'
                """
                    .formatted(home, front.port(), authority),
                Map.of(),
                List.of())) {
      await().until(() -> !agent.logLines("TLS: ").isEmpty());
      Files.copy(certificates.authorityPem(), authority, StandardCopyOption.REPLACE_EXISTING);

      awaitCount("mq-logs-renewed" + DAY, 1);
    }
  }

  /** The whole way: files that are rotated, the packaged agent, a real node; both are killed. */
  @Test
  @Tag("soak")
  @Timeout(1_800)
  void killedAgentsAndKilledNodesCostNoLineAndDoubleNone() {
    Path home = Repository.emptyRunFolder("log-storage-agent");
    String configuration =
        """
        interval: 1s
        targets:
          - name: orders
            kafka: {bootstrap_servers: "127.0.0.1:1"}
            interval: 1h
        logs:
          state_folder: %1$s/state
          sources:
            - {target: orders, paths: '%1$s/log/*.log', time_zone: UTC}
          sinks:
            - elasticsearch: {url: '%2$s', namespace: killed, template: install}
        """
            .formatted(home, openSearch.url());
    String index = STREAM + "killed";
    try (var writer = new RotatingWriter(home.resolve("log"), 5)) {
      for (int round = 0; round < ROUNDS; round++) {
        try (AgentProcess agent = AgentProcess.start(home, configuration, Map.of(), List.of())) {
          // Not before: of what was rotated before its first start the agent reads nothing.
          await().until(() -> Files.exists(home.resolve("state/journal")));
          writer.start();
          long before = openSearch.count(index);
          awaitCount(index, before + 1);
          if (round % 10 == 1) {
            openSearch.kill();
            await().until(() -> !agent.logLines("log events wait until it works again").isEmpty());
            writer.pause();
            openSearch.restart();
            awaitCount(index, before + 100);
            writer.start();
          }
          agent.kill();
        }
        writer.pause();
      }
      try (AgentProcess _ = AgentProcess.start(home, configuration, Map.of(), List.of())) {
        await()
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> openSearch.count(index) >= writer.lines());
      }
      assertThat(openSearch.documents(index).stream().map(LogStorageIT::message).sorted())
          .containsExactlyElementsOf(
              IntStream.range(0, writer.lines()).mapToObj(RotatingWriter::message).toList());
    }
  }

  private ElasticsearchSink overTls(TlsFront front, Access access) {
    return sink(
        URI.create("https://127.0.0.1:" + front.port()),
        Index.DAILY,
        "tls",
        Requests.DEFAULT,
        access,
        folder.resolve("none"));
  }

  private static Access access(Tls tls) {
    return new Access(
        Optional.of(new ElasticsearchConfig.User("agent", new Secret("any"))),
        Optional.empty(),
        Optional.of(tls));
  }

  private static void block(SearchNode node, String index, boolean isBlocked) {
    node.request("PUT", "/" + index + "/_settings", "{\"index.blocks.write\": " + isBlocked + "}");
  }

  /** Waits until a write is refused, which is when a block holds. */
  private static void awaitRefusal(SearchNode node, String index) {
    await()
        .until(() ->
            node.request("PUT", "/" + index + "/_create/probe", "{\"@timestamp\": 0}")
                    .path("status")
                    .asInt()
                == 403);
  }

  private void awaitCount(String index, long count) {
    await().until(() -> openSearch.count(index) >= count);
  }

  private ElasticsearchSink sink(URI url, Index index, String namespace) {
    return sink(url, index, namespace, Requests.DEFAULT, Access.NONE, folder.resolve("none"));
  }

  private ElasticsearchSink sink(
      URI url, Index index, String namespace, Requests requests, Access access, Path deadLetters) {
    var storage = new Storage(index, namespace, Template.INSTALL, Duration.ofDays(30));
    return new ElasticsearchSink(
        new ElasticsearchConfig(List.of(url), access, storage, requests),
        vertx,
        new DeadLetters(deadLetters, 1 << 20, Clock.systemUTC()));
  }

  private static String message(JsonNode document) {
    return document.path("_source").path("message").asText();
  }
}
