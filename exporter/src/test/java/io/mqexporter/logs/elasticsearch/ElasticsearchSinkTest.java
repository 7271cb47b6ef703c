package io.mqexporter.logs.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.Secret;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink.Delivered;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Access;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Requests;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Storage;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Template;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.User;
import io.mqexporter.logs.elasticsearch.FakeNode.FakeReply;
import io.mqexporter.logs.elasticsearch.FakeNode.FakeRequest;
import io.mqexporter.logs.sink.DeadLetters;
import io.mqexporter.logs.sink.TestEvents;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink does about a server that cannot, will not or breaks off. */
@Timeout(60)
class ElasticsearchSinkTest {

  private static final FakeReply STORE = new FakeReply.Store();
  private static final FakeReply BUSY =
      FakeNode.error(429, "es_rejected_execution_exception", "queue is full");
  private static final Storage DAILY =
      new Storage(Index.DAILY, "default", Template.NONE, Duration.ofDays(30));
  private static final Requests SHORT_REQUESTS =
      new Requests(Duration.ofSeconds(10), 1 << 20, 2, true);

  private static final Vertx vertx = Vertx.vertx();

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    vertx.close();
  }

  /** What a server says once, before it stores what it is sent. */
  static Stream<FakeReply> passingTroubles() {
    return Stream.of(
        BUSY,
        new FakeReply.Answer(429, Map.of("retry-after", "1"), ""),
        FakeNode.error(503, "unavailable_shards_exception", "no shard"),
        FakeNode.answer(502, "<html>Bad Gateway</html>"),
        FakeNode.error(500, "exception", "something"),
        FakeNode.error(401, "security_exception", "unable to authenticate"),
        FakeNode.error(403, "security_exception", "not allowed"),
        FakeNode.error(404, "index_not_found_exception", "no such index"),
        FakeNode.answer(404, "no handler found"),
        new FakeReply.Answer(302, Map.of("location", "/login"), ""),
        FakeNode.answer(200, "<html>Please log in</html>"),
        FakeNode.answer(200, "{\"errors\":false}"),
        FakeNode.answer(200, "{\"items\":[{\"create\":{\"status\":201}}]}"),
        FakeNode.answer(200, "[]"),
        FakeNode.answer(400, "<html>The plain HTTP request was sent to HTTPS port</html>"),
        new FakeReply.Flood());
  }

  @ParameterizedTest
  @MethodSource("passingTroubles")
  void waitsUntilAllIsStored(FakeReply trouble) throws InterruptedException {
    try (FakeNode node = FakeNode.start(first(trouble));
        ElasticsearchSink sink = sink(node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(10))).isEqualTo(new Delivered(10, 0, 0));

      assertThat(node.documents()).hasSize(10);
      assertThat(node.bulks()).hasSize(2);
    }
  }

  @Test
  void anAnswerThatBreaksOffCostsNoEventAndDoublesNone() throws InterruptedException {
    try (FakeNode node = FakeNode.start(first(new FakeReply.StoreAndCut()));
        ElasticsearchSink sink = sink(node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(10))).isEqualTo(new Delivered(10, 10, 0));

      assertThat(node.documents()).hasSize(10);
    }
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForLongerThanIsSet() throws InterruptedException {
    var requests = new Requests(Duration.ofSeconds(1), 1 << 20, 2, true);
    try (FakeNode node = FakeNode.start(first(new FakeReply.Silence()));
        ElasticsearchSink sink = sink(DAILY, requests, Access.NONE, node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(10))).isEqualTo(new Delivered(10, 0, 0));
    }
  }

  @Test
  void aDocumentThatIsNotTakenForTheMomentIsSentAgainAlone() throws InterruptedException {
    String some =
        items(
            "{\"status\":201}",
            "{\"status\":429,\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"full\"}}",
            "{\"status\":409,\"error\":{\"type\":\"version_conflict_engine_exception\",\"reason\":\"it is there\"}}",
            "{\"status\":403,\"error\":{\"type\":\"cluster_block_exception\",\"reason\":\"read-only\"}}",
            "{\"status\":400,\"error\":{\"type\":\"validation_exception\",\"reason\":\"too many shards\"}}");
    try (FakeNode node = FakeNode.start(first(FakeNode.answer(200, some)));
        ElasticsearchSink sink = sink(node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(5))).isEqualTo(new Delivered(5, 1, 0));

      assertThat(node.documents().keySet()).containsExactly("id-1", "id-3", "id-4");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mapper_parsing_exception",
        "document_parsing_exception",
        "illegal_argument_exception",
        "strict_dynamic_mapping_exception"
      })
  void aDocumentThatIsRefusedForGoodIsKept(String type) throws Exception {
    String some =
        items(
            "{\"status\":201}",
            "{\"status\":400,\"error\":{\"type\":\"%s\",\"reason\":\"no date\",\"caused_by\":{\"reason\":\"at 7\"}}}"
                .formatted(type),
            "{\"status\":201}");
    try (FakeNode node = FakeNode.start(first(FakeNode.answer(200, some)));
        ElasticsearchSink sink = sink(node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(3))).isEqualTo(new Delivered(2, 0, 1));

      assertThat(node.bulks()).hasSize(1);
      List<String> lines = Files.readAllLines(deadLetterFile());
      assertThat(lines).hasSize(1);
      var letter = new JsonObject(lines.getFirst());
      assertThat(letter.getString("reason")).isEqualTo(type + ": no date: at 7");
      assertThat(letter.getString("id")).isEqualTo("id-1");
      assertThat(letter.getString("index")).isEqualTo("mq-logs-default-2026.11.24");
      assertThat(letter.getJsonObject("document").getString("message")).isEqualTo("line 1");
    }
  }

  @Test
  void whatMakesAWholeRequestUnreadableIsFoundByHalving() throws IOException, InterruptedException {
    try (FakeNode node =
            FakeNode.start(request ->
                request.body().contains("\"line 5\"")
                    ? FakeNode.error(400, "illegal_argument_exception", "malformed")
                    : STORE);
        ElasticsearchSink sink = sink(node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(8))).isEqualTo(new Delivered(7, 0, 1));

      assertThat(node.documents()).hasSize(7).doesNotContainKey("id-5");
      assertThat(Files.readString(deadLetterFile())).contains("malformed", "line 5");
    }
  }

  @Test
  void whatIsTooLargeIsHalvedAndTheNextIsSmallAtOnce() throws InterruptedException {
    try (FakeNode node = FakeNode.start(refusingMoreThan(30));
        ElasticsearchSink sink = sink(node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(200))).isEqualTo(new Delivered(200, 0, 0));
      assertThat(node.documents()).hasSize(200);
      int requests = node.bulks().size();

      assertThat(sink.deliver(TestEvents.numbered(200))).isEqualTo(new Delivered(200, 200, 0));

      assertThat(node.bulks().stream().skip(requests))
          .noneMatch(request -> request.documents() > 100);
    }
  }

  @Test
  void anEventThatAloneIsTooLargeIsKept() throws InterruptedException {
    try (FakeNode node =
            FakeNode.start(request ->
                request.body().contains("\"line 1\"") ? FakeNode.answer(413, "<html>") : STORE);
        ElasticsearchSink sink = sink(node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(3))).isEqualTo(new Delivered(2, 0, 1));
      assertThat(deadLetterFile()).content().contains("too large for the server", "line 1");
    }
  }

  @Test
  void aDeadLetterThatCannotBeWrittenIsNotLost() throws Exception {
    Files.createDirectory(deadLetterFile());
    var written = new AtomicInteger();
    try (FakeNode node =
            FakeNode.start(_ -> {
              if (written.incrementAndGet() == 2) {
                delete(deadLetterFile());
              }
              return FakeNode.answer(
                  200,
                  items(
                      "{\"status\":400,\"error\":{\"type\":\"mapper_parsing_exception\",\"reason\":\"no\"}}"));
            });
        ElasticsearchSink sink = sink(node.url())) {
      assertThat(sink.deliver(TestEvents.numbered(1))).isEqualTo(new Delivered(0, 0, 1));

      assertThat(written).hasValue(2);
      assertThat(Files.readAllLines(deadLetterFile())).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"refused", "silent", "unavailable", "unknown"})
  void anotherNodeIsAskedAtOnce(String trouble) throws InterruptedException {
    var requests = new Requests(Duration.ofSeconds(1), 1 << 20, 2, false);
    FakeReply reply = trouble.equals("silent") ? new FakeReply.Silence() : FakeNode.answer(503, "");
    FakeNode lame = FakeNode.start(_ -> reply);
    if (trouble.equals("refused")) {
      lame.close();
    }
    try (lame;
        FakeNode node = FakeNode.start(_ -> STORE);
        ElasticsearchSink sink =
            sink(
                DAILY,
                requests,
                Access.NONE,
                trouble.equals("unknown") ? URI.create("http://name.invalid") : lame.url(),
                node.url())) {
      for (int i = 0; i < 5; i++) {
        assertThat(sink.deliver(List.of(TestEvents.event("id-" + i, "line", i))))
            .isEqualTo(new Delivered(1, 0, 0));
      }
      assertThat(node.documents()).hasSize(5);
      assertThat(lame.bulks()).as("it rests").hasSizeLessThan(2);
    }
  }

  @Test
  void nodesAreAskedInTurn() throws InterruptedException {
    try (FakeNode one = FakeNode.start(_ -> STORE);
        FakeNode two = FakeNode.start(_ -> STORE);
        ElasticsearchSink sink = sink(one.url(), two.url())) {
      for (int i = 0; i < 6; i++) {
        sink.deliver(List.of(TestEvents.event("id-" + i, "line", i)));
      }
      assertThat(one.bulks()).hasSize(3);
      assertThat(two.bulks()).hasSize(3);
    }
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    var asked = new CountDownLatch(1);
    try (FakeNode node =
            FakeNode.start(_ -> {
              asked.countDown();
              return new FakeReply.Silence();
            });
        ElasticsearchSink sink = sink(node.url())) {
      var ended = new CompletableFuture<Throwable>();
      Thread delivery =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  sink.deliver(TestEvents.numbered(5_000));
                } catch (InterruptedException e) {
                  ended.complete(e);
                }
              });
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      delivery.interrupt();

      assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void anInterruptEndsAPauseToo() throws Exception {
    try (FakeNode node = FakeNode.start(_ -> BUSY);
        ElasticsearchSink sink =
            new ElasticsearchSink(
                config(DAILY, SHORT_REQUESTS, Access.NONE, node.url()),
                vertx,
                deadLetters(),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> sink.deliver(TestEvents.numbered(1)))
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void largeBatchesAreSentInPartsOfWhichNoneIsLarge() throws InterruptedException {
    var requests = new Requests(Duration.ofSeconds(10), 100_000, 3, true);
    List<LogEvent> events =
        IntStream.range(0, 300)
            .mapToObj(i -> TestEvents.event("id-" + i, "x".repeat(2_000), i))
            .toList();
    try (FakeNode node = FakeNode.start(_ -> STORE);
        ElasticsearchSink sink = sink(DAILY, requests, Access.NONE, node.url())) {
      assertThat(sink.deliver(events)).isEqualTo(new Delivered(300, 0, 0));

      assertThat(node.bulks()).allMatch(request -> request.body().length() < 130_000);
      assertThat(node.documents()).hasSize(300);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          user     | Basic ZWxhc3RpYzpzM2NyM3Q6
          key      | ApiKey VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==
          id:value | ApiKey aWQ6dmFsdWU=
          """)
  void showsWhoItIs(String kind, String authorization) throws InterruptedException {
    String key =
        kind.equals("key") ? "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==" : kind;
    Access access =
        kind.equals("user")
            ? new Access(
                Optional.of(new User("elastic", new Secret("s3cr3t:"))),
                Optional.empty(),
                Optional.empty())
            : new Access(Optional.empty(), Optional.of(new Secret(key)), Optional.empty());
    try (FakeNode node = FakeNode.start(_ -> STORE);
        ElasticsearchSink sink = sink(DAILY, SHORT_REQUESTS, access, node.url())) {
      sink.deliver(TestEvents.numbered(1));

      assertThat(node.bulks().getFirst().headers()).containsEntry("authorization", authorization);
    }
  }

  @Test
  void aPathInFrontOfTheApiStays() throws InterruptedException {
    try (FakeNode node = FakeNode.start(_ -> STORE);
        ElasticsearchSink sink = sink(URI.create(node.url() + "/search/"))) {
      sink.deliver(TestEvents.numbered(1));

      assertThat(node.requests().getFirst().line()).startsWith("POST /search/_bulk?filter_path=");
    }
  }

  private static Function<FakeRequest, FakeReply> first(FakeReply trouble) {
    var requests = new AtomicInteger();
    return _ -> requests.getAndIncrement() == 0 ? trouble : STORE;
  }

  private static Function<FakeRequest, FakeReply> refusingMoreThan(int documents) {
    return request ->
        request.documents() > documents ? FakeNode.answer(413, "<html>too large</html>") : STORE;
  }

  private static String items(String... items) {
    return "{\"errors\":true,\"items\":[%s]}"
        .formatted(String.join(",", Stream.of(items).map(i -> "{\"create\":" + i + "}").toList()));
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path deadLetterFile() {
    return folder.resolve("dead-letters.jsonl");
  }

  private DeadLetters deadLetters() {
    Clock clock = Clock.fixed(TestEvents.TIME, ZoneOffset.UTC);
    return new DeadLetters(deadLetterFile(), 1 << 20, clock);
  }

  private ElasticsearchSink sink(URI... nodes) {
    return sink(DAILY, SHORT_REQUESTS, Access.NONE, nodes);
  }

  private ElasticsearchSink sink(Storage storage, Requests requests, Access access, URI... nodes) {
    return new ElasticsearchSink(
        config(storage, requests, access, nodes),
        vertx,
        deadLetters(),
        Duration.ofMillis(2),
        Duration.ofMillis(20));
  }

  private static ElasticsearchConfig config(
      Storage storage, Requests requests, Access access, URI... nodes) {
    return new ElasticsearchConfig(List.of(nodes), access, storage, requests);
  }
}
