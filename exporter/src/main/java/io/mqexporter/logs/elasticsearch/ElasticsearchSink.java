package io.mqexporter.logs.elasticsearch;

import io.mqexporter.collector.Secret;
import io.mqexporter.delivery.Http;
import io.mqexporter.delivery.Patience;
import io.mqexporter.delivery.ReceiverState;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.sink.DeadLetters;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores log events in Elasticsearch (7.9 and later) or OpenSearch. An event that is sent twice is
 * stored once, because its id is its own and the server is told to create it.
 */
public final class ElasticsearchSink implements LogSink {

  private static final String NAME = "elasticsearch";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Logger LOGGER = LoggerFactory.getLogger(ElasticsearchSink.class);

  private final Cluster cluster;
  private final Preparation preparation;
  private final PartSize partSize;
  private final Bulk bulk;
  private final int concurrentRequests;

  /**
   * Creates the sink; nothing is connected yet.
   *
   * @param deadLetters takes what the server refuses for good
   */
  public ElasticsearchSink(ElasticsearchConfig config, Vertx vertx, DeadLetters deadLetters) {
    this(config, vertx, deadLetters, FIRST_PAUSE, LONGEST_PAUSE);
  }

  ElasticsearchSink(
      ElasticsearchConfig config,
      Vertx vertx,
      DeadLetters deadLetters,
      Duration firstPause,
      Duration longestPause) {
    var state = new ReceiverState(NAME, "log events", LOGGER);
    var patience = new Patience(state, firstPause, longestPause, RandomGenerator.getDefault());
    var destinations = new Destinations(config.storage());
    var body = new BulkBody(destinations, config.requests().gzip());
    this.cluster = new Cluster(new Http(vertx, options(config)), new Nodes(config.url()));
    this.preparation = new Preparation(cluster, config.storage(), patience);
    this.partSize = new PartSize(config.requests().maxRequestBytes());
    Optional<EarlierIndices> earlier =
        config.storage().index() == Index.DATA_STREAM
            ? Optional.of(new EarlierIndices(cluster, destinations))
            : Optional.empty();
    this.bulk =
        new Bulk(NAME, cluster, destinations, body, deadLetters, partSize, earlier, patience);
    this.concurrentRequests = config.requests().concurrentRequests();
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Documents have their offsets, so the order in which they come does not matter. */
  @Override
  public int deliveriesAtOnce() {
    return concurrentRequests;
  }

  @Override
  public Delivered deliver(List<LogEvent> events) throws InterruptedException {
    preparation.prepareFor(events);
    int acknowledged = 0;
    int duplicates = 0;
    int deadLetters = 0;
    for (List<LogEvent> part : partSize.partsOf(events)) {
      Delivered delivered = bulk.store(part);
      acknowledged += delivered.acknowledged();
      duplicates += delivered.duplicates();
      deadLetters += delivered.deadLetters();
    }
    return new Delivered(acknowledged, duplicates, deadLetters);
  }

  @Override
  public void close() {
    cluster.close();
  }

  private static Http.Options options(ElasticsearchConfig config) {
    var headers = new HashMap<String, Secret>();
    headers.put("accept", new Secret("application/json"));
    authorization(config.access())
        .ifPresent(value -> headers.put("authorization", new Secret(value)));
    return new Http.Options(
        config.requests().timeout(),
        config.requests().concurrentRequests(),
        config.access().tls(),
        headers);
  }

  private static Optional<String> authorization(ElasticsearchConfig.Access access) {
    Optional<String> basic =
        access
            .user()
            .map(user -> "Basic " + base64(user.username() + ":" + user.password().value()));
    return access
        .apiKey()
        .map(key -> "ApiKey " + (key.value().contains(":") ? base64(key.value()) : key.value()))
        .or(() -> basic);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
