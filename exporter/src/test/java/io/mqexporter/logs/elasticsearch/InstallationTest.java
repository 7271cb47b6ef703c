package io.mqexporter.logs.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.logs.LogSink.Delivered;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Access;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Requests;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Storage;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Template;
import io.mqexporter.logs.elasticsearch.FakeNode.FakeReply;
import io.mqexporter.logs.elasticsearch.FakeNode.FakeRequest;
import io.mqexporter.logs.sink.DeadLetters;
import io.mqexporter.logs.sink.TestEvents;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is made on the server before the first event. */
@Timeout(60)
class InstallationTest {

  private static final Vertx vertx = Vertx.vertx();
  private static final String STREAM = "/_index_template/mq-logs-stream";
  private static final FakeReply DONE = FakeNode.answer(200, "{\"acknowledged\":true}");
  private static final FakeReply NOT_THERE =
      FakeNode.error(404, "resource_not_found_exception", "not there");

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    vertx.close();
  }

  @ParameterizedTest
  @CsvSource({
    "opensearch, DATA_STREAM, /_plugins/_ism/policies/mq-logs-stream",
    "opensearch, DAILY,       /_plugins/_ism/policies/mq-logs-daily",
    "'',         DATA_STREAM, /_ilm/policy/mq-logs-stream",
    "'',         DAILY,       /_ilm/policy/mq-logs-daily"
  })
  void theLifecycleIsMadeBeforeTheTemplateThatNamesIt(
      String distribution, Index index, String policy) throws InterruptedException {
    String template = "/_index_template/" + IndexTemplate.nameOf(index);
    try (FakeNode node = FakeNode.start(server(distribution, NOT_THERE, NOT_THERE, DONE));
        ElasticsearchSink sink = sink(node, index)) {
      assertThat(sink.deliver(TestEvents.numbered(1))).isEqualTo(new Delivered(1, 0, 0));

      assertThat(node.requests())
          .extracting(FakeRequest::line)
          .containsSubsequence("GET " + policy, "PUT " + policy, "PUT " + template);
      boolean isNamed =
          body(node, "PUT " + template).encode().contains("\"lifecycle.name\":\"mq-logs-");
      assertThat(isNamed).isEqualTo(distribution.isEmpty());
    }
  }

  @Test
  void withoutLifecyclesTheTemplateIsMadeAllTheSame() throws InterruptedException {
    FakeReply none = FakeNode.answer(400, "{\"error\":\"no handler found\"}");
    try (FakeNode node = FakeNode.start(server("", NOT_THERE, none, none));
        ElasticsearchSink sink = sink(node, Index.DATA_STREAM)) {
      sink.deliver(TestEvents.numbered(1));

      assertThat(body(node, "PUT " + STREAM).encode()).doesNotContain("lifecycle");
    }
  }

  @ParameterizedTest
  @CsvSource({"mq-exporter, 0, true", "mq-exporter, 1, false", "somebody, 0, false"})
  void onlyAnOlderTemplateOfOursIsReplaced(String owner, int version, boolean isReplaced)
      throws InterruptedException {
    FakeReply there =
        FakeNode.answer(
            200,
            """
            {"index_templates":[{"name":"mq-logs-stream","index_template":
              {"version":%d,"_meta":{"managed_by":"%s"}}}]}\
            """
                .formatted(version, owner));
    try (FakeNode node = FakeNode.start(server("", there, DONE, DONE));
        ElasticsearchSink sink = sink(node, Index.DATA_STREAM)) {
      sink.deliver(TestEvents.numbered(1));

      assertThat(node.requests().stream().anyMatch(r -> r.line().equals("PUT " + STREAM)))
          .isEqualTo(isReplaced);
      assertThat(node.requests())
          .as("a lifecycle that is there stays as it is")
          .noneMatch(request -> request.line().startsWith("PUT /_ilm"));
    }
  }

  @Test
  void noEventIsSentBeforeItsDataStreamIsThere() throws InterruptedException {
    var refusals = new AtomicInteger();
    try (FakeNode node =
            FakeNode.start(request -> {
              if (request.line().startsWith("PUT /_data_stream/")
                  && refusals.incrementAndGet() < 3) {
                return FakeNode.error(
                    400, "illegal_argument_exception", "no matching index template found");
              }
              return request.isBulk() ? new FakeReply.Store() : DONE;
            });
        ElasticsearchSink sink = sink(node, Index.DATA_STREAM)) {
      sink.deliver(TestEvents.numbered(1));
      sink.deliver(TestEvents.numbered(1));

      assertThat(node.requests())
          .extracting(FakeRequest::line)
          .filteredOn(line -> line.startsWith("PUT /_data_stream/"))
          .hasSize(3)
          .containsOnly("PUT /_data_stream/logs-mq.kafka-default");
    }
  }

  @Test
  void anAgentThatMayOnlyWriteWritesAllTheSame() throws InterruptedException {
    try (FakeNode node =
            FakeNode.start(request ->
                request.isBulk()
                    ? new FakeReply.Store()
                    : request.line().startsWith("GET /_data_stream")
                        ? FakeNode.error(403, "security_exception", "not allowed to look")
                        : DONE);
        ElasticsearchSink sink = sink(node, Index.DATA_STREAM)) {
      assertThat(sink.deliver(TestEvents.numbered(3))).isEqualTo(new Delivered(3, 0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(Index.class)
  void theShippedFilesAreWhatTheCodeSays(Index index) throws IOException {
    Storage storage = storage(index);
    String name = IndexTemplate.nameOf(index);
    Map<String, JsonObject> files =
        Map.of(
            name + ".template.json", IndexTemplate.of(index, Optional.empty()),
            name + ".ilm.json", Lifecycle.of(false, storage).policy(),
            name + ".ism.json", Lifecycle.of(true, storage).policy());
    for (var file : files.entrySet()) {
      Path path = Path.of("src/main/dist/elasticsearch").resolve(file.getKey());
      String content = file.getValue().encodePrettily() + "\n";
      if (System.getProperty("update") != null) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
      }
      assertThat(path).as("stale (-Dupdate writes it anew)").hasContent(content);
    }
  }

  private static Function<FakeRequest, FakeReply> server(
      String distribution, FakeReply template, FakeReply lifecycle, FakeReply lifecycleMade) {
    return request -> {
      String line = request.line();
      if (request.isBulk()) {
        return new FakeReply.Store();
      } else if (line.equals("GET /")) {
        return FakeNode.answer(
            200,
            "{\"version\":{\"number\":\"3.8.0\",\"distribution\":\"%s\"}}".formatted(distribution));
      } else if (line.startsWith("GET /_index_template/")) {
        return template;
      } else if (line.startsWith("GET /_ilm") || line.startsWith("GET /_plugins/_ism")) {
        return lifecycle;
      } else if (line.startsWith("PUT /_ilm") || line.startsWith("PUT /_plugins/_ism")) {
        return lifecycleMade;
      }
      return DONE;
    };
  }

  private static JsonObject body(FakeNode node, String line) {
    return node.requests().stream()
        .filter(request -> request.line().equals(line))
        .map(request -> new JsonObject(request.body()))
        .findFirst()
        .orElseThrow();
  }

  private static Storage storage(Index index) {
    return new Storage(index, "default", Template.INSTALL, Duration.ofDays(30));
  }

  private ElasticsearchSink sink(FakeNode node, Index index) {
    return new ElasticsearchSink(
        new ElasticsearchConfig(List.of(node.url()), Access.NONE, storage(index), Requests.DEFAULT),
        vertx,
        new DeadLetters(folder.resolve("dead"), 1 << 20, Clock.systemUTC()),
        Duration.ofMillis(2),
        Duration.ofMillis(20));
  }
}
