package io.mqexporter.logs.fluent;

import io.mqexporter.delivery.Patience;
import io.mqexporter.delivery.ReceiverState;
import io.mqexporter.delivery.UnavailableException;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.fluent.AcknowledgingSender.Entry;
import io.mqexporter.logs.sink.LogDocument;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends log events to Fluentd or Fluent Bit. Each arrives at least once: where an acknowledgement
 * is lost its chunk is sent again, and {@code event.id} tells whoever stores the events which are
 * the same ({@code id_key event.id} of Fluentd's output to Elasticsearch).
 */
public final class FluentSink implements LogSink {

  private static final String NAME = "fluent";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Logger LOGGER = LoggerFactory.getLogger(FluentSink.class);

  private final AcknowledgingSender sender;
  private final String tag;
  private final ChunkSize size;
  private final Patience patience;

  /** Creates the sink; nothing is connected yet. */
  public FluentSink(FluentConfig config, Vertx vertx) {
    this(config, vertx, FIRST_PAUSE, LONGEST_PAUSE);
  }

  FluentSink(FluentConfig config, Vertx vertx, Duration firstPause, Duration longestPause) {
    this.sender = new AcknowledgingSender(config, vertx);
    this.tag = config.tag();
    this.size = new ChunkSize(config.maxChunkBytes());
    var state = new ReceiverState(NAME, "log events", LOGGER);
    this.patience = new Patience(state, firstPause, longestPause, RandomGenerator.getDefault());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Delivered deliver(List<LogEvent> events) throws InterruptedException {
    for (int done = 0; done < events.size(); ) {
      List<LogEvent> rest = events.subList(done, events.size());
      done += patience.untilDone(() -> sendSome(rest));
    }
    return new Delivered(events.size(), 0, 0);
  }

  @Override
  public void close() {
    sender.close();
  }

  /** Sends as many of the first as make a chunk, and returns how many they were. */
  private int sendSome(List<LogEvent> events) throws UnavailableException, InterruptedException {
    List<LogEvent> chunk = size.firstOf(events);
    List<Entry> entries =
        chunk.stream()
            .map(event -> new Entry(event.timestamp(), LogDocument.of(event).fields()))
            .toList();
    try {
      sender.send(tagOf(chunk.getFirst()), entries);
    } catch (IOException e) {
      // A receiver that finds a chunk too large closes the connection and says nothing.
      size.shrink();
      throw UnavailableException.because(e);
    }
    size.grow();
    return chunk.size();
  }

  private String tagOf(LogEvent event) {
    String system = event.origin().system();
    return system.isEmpty() ? tag : tag + "." + system;
  }
}
