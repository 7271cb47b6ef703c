package io.mqexporter.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real node of OpenSearch or Elasticsearch, alone in its cluster, in a process of its own. */
public final class SearchNode implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Path folder;
  private final int port;
  private final List<String> command;
  private final HttpClient client = HttpClient.newHttpClient();
  private ServerProcess process;

  private SearchNode(String name, String server, String source, List<String> settings) {
    this.name = name;
    this.folder = Repository.emptyRunFolder(name);
    this.port = Ports.free();
    var line =
        new ArrayList<>(
            List.of(
                ServerProcess.java(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Repository.classPathOf(server),
                Repository.file("src/test/brokers/" + server + "/" + source).toString(),
                folder.resolve("node").toString(),
                Integer.toString(port),
                Integer.toString(Ports.free())));
    line.addAll(settings);
    this.command = List.copyOf(line);
    this.process = launch();
  }

  /** Starts OpenSearch 3 and waits until it takes documents. */
  public static SearchNode openSearch(String name, String... settings) {
    return started(new SearchNode(name, "opensearch", "OpenSearchNode.java", List.of(settings)));
  }

  /** Starts Elasticsearch 7.10, the last free release, and waits until it takes documents. */
  public static SearchNode elasticsearch(String name, String... settings) {
    return started(
        new SearchNode(name, "elasticsearch", "ElasticsearchNode.java", List.of(settings)));
  }

  /** Returns the address of its API. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Ends it at once, as a crash does. */
  public void kill() {
    process.kill();
  }

  /** Starts it again after {@link #kill()}, with the data that it has on its disk. */
  public void restart() {
    process = launch();
    awaitReady();
  }

  /** Sends a request and returns its answer; of an answer that is no JSON, nothing. */
  public JsonNode request(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .header("content-type", "application/json")
            .timeout(ANSWER_TIMEOUT)
            .build();
    try {
      return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns an answer to a question. */
  public JsonNode get(String path) {
    return request("GET", path, "");
  }

  /** Returns the documents in an index or data stream, by their offset. */
  public List<JsonNode> documents(String index) {
    request("POST", "/" + index + "/_refresh", "");
    var documents = new ArrayList<JsonNode>();
    JsonNode page =
        request("POST", "/" + index + "/_search?scroll=1m&size=5000&sort=log.offset", "{}");
    while (!page.path("hits").path("hits").isEmpty()) {
      page.path("hits").path("hits").forEach(documents::add);
      String scroll = "{\"scroll\": \"1m\", \"scroll_id\": %s}".formatted(page.path("_scroll_id"));
      page = request("POST", "/_search/scroll", scroll);
    }
    return documents;
  }

  /** Returns how many documents are in an index or data stream. */
  public long count(String index) {
    request("POST", "/" + index + "/_refresh", "");
    return get("/" + index + "/_count").path("count").asLong();
  }

  /** Returns how many documents an index has taken, also those that no search finds yet. */
  public long stored(String index) {
    return get("/" + index + "/_stats/indexing")
        .at("/_all/primaries/indexing/index_total")
        .asLong();
  }

  /** Sends one of the dashboards' questions: which values of a field there are, how often each. */
  public JsonNode counts(String index, String query, String field) {
    String body =
        """
        {"size": 0, "query": {"query_string": {"query": "%s"}},
         "aggs": {"by": {"terms": {"field": "%s", "size": 20}}}}\
        """
            .formatted(query.isEmpty() ? "*" : query.replace(" or ", " OR "), field);
    return request("POST", "/" + index + "/_search", body).at("/aggregations/by/buckets");
  }

  @Override
  public void close() {
    client.close();
    process.kill();
  }

  private static SearchNode started(SearchNode node) {
    node.awaitReady();
    return node;
  }

  private ServerProcess launch() {
    return ServerProcess.start(name, folder, Map.of(), command);
  }

  private void awaitReady() {
    process.awaitReady(READY_TIMEOUT, () -> Ports.isOpen(port) && isHealthy());
  }

  private boolean isHealthy() {
    try {
      String status = get("/_cluster/health").path("status").asText();
      return status.equals("green") || status.equals("yellow");
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
