package io.mqexporter.app;

import io.mqexporter.config.LogsConfig;
import io.mqexporter.config.SinkConfig;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.elasticsearch.ElasticsearchSink;
import io.mqexporter.logs.fluent.FluentSink;
import io.mqexporter.logs.forward.Forwarder;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.journal.StateFolder;
import io.mqexporter.logs.sink.DeadLetters;
import io.mqexporter.logs.stdout.StdoutSink;
import io.mqexporter.logs.tail.Tailer;
import io.vertx.core.Vertx;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What forwards logs, in one state folder: a forwarder whose sinks may be replaced, and another
 * forwarder when other files are to be read. Each goes on where the journal says.
 */
final class Forwarding implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Forwarding.class);

  private static final String DEAD_LETTERS = "dead-letters.jsonl";
  private static final long MAX_DEAD_LETTER_BYTES = 1L << 30;

  private final Path path;
  private final StateFolder folder;
  private final DeadLetters deadLetters;
  private final Vertx vertx;
  private final Clock clock;
  private LogsConfig config;
  private Map<SinkConfig, LogSink> sinks = new LinkedHashMap<>();
  private Forwarder forwarder;
  private boolean isStarted;

  private Forwarding(LogsConfig config, StateFolder folder, Vertx vertx, Clock clock)
      throws IOException {
    this.path = config.stateFolder();
    this.folder = folder;
    this.deadLetters = new DeadLetters(path.resolve(DEAD_LETTERS), MAX_DEAD_LETTER_BYTES, clock);
    this.vertx = vertx;
    this.clock = clock;
    this.config = config;
    this.forwarder = forwarderFor(config);
  }

  /**
   * Takes a state folder and puts everything together; nothing runs yet.
   *
   * @throws StartException if the folder cannot be used
   */
  static Forwarding open(LogsConfig config, Vertx vertx, Clock clock) throws StartException {
    try {
      StateFolder folder = StateFolder.open(config.stateFolder());
      try {
        return new Forwarding(config, folder, vertx, clock);
      } catch (IOException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StartException("logs.state_folder: " + e.getMessage(), e);
    }
  }

  /** Returns whether its state is in a folder. */
  boolean isIn(Path stateFolder) {
    return path.equals(stateFolder);
  }

  /** Forwards what a configuration with the same state folder says. */
  void use(LogsConfig next) {
    if (isStarted && !readsTheSame(next)) {
      forwarder.close();
      sinks = new LinkedHashMap<>();
      try {
        forwarder = forwarderFor(next);
      } catch (IOException e) {
        throw new IllegalStateException("logs.state_folder: " + e.getMessage(), e);
      }
      isStarted = false;
    }
    config = next;
    if (!isStarted) {
      forwarder.start();
      isStarted = true;
    }
    forwarder.use(sinksOf(next));
  }

  Forwarder forwarder() {
    return forwarder;
  }

  @Override
  public void close() {
    forwarder.close();
    folder.close();
  }

  /** By their text, because patterns are equal to nothing but themselves. */
  private boolean readsTheSame(LogsConfig next) {
    return config.host().equals(next.host())
        && config.sources().toString().equals(next.sources().toString());
  }

  private Forwarder forwarderFor(LogsConfig next) throws IOException {
    Journal journal = folder.journal();
    Journal.Content content = journal.read();
    if (content instanceof Journal.Content.Damaged(String reason)) {
      logger.warn("logs: {}; all files are read again", reason);
    }
    String host = next.host().isEmpty() ? hostName() : next.host();
    List<LogSource> sources = next.sources().stream().map(source -> source.onHost(host)).toList();
    var tailer = new Tailer(sources, content, host, clock, logger::warn);
    return new Forwarder(tailer, journal, sinksOf(next));
  }

  /** Returns the sinks of a configuration: those that are there already, and new ones. */
  private List<LogSink> sinksOf(LogsConfig next) {
    var all = new LinkedHashMap<SinkConfig, LogSink>();
    for (SinkConfig sink : next.sinks()) {
      LogSink former = sinks.get(sink);
      all.put(sink, former == null ? sink(sink) : former);
    }
    sinks = all;
    return List.copyOf(all.values());
  }

  private LogSink sink(SinkConfig sink) {
    return switch (sink) {
      case SinkConfig.Elasticsearch(var elasticsearch) ->
          new ElasticsearchSink(elasticsearch, vertx, deadLetters);
      case SinkConfig.Fluent(var fluent) -> new FluentSink(fluent, vertx);
      case SinkConfig.Stdout() -> new StdoutSink(new FileOutputStream(FileDescriptor.out));
    };
  }

  /** Returns what this machine calls itself. */
  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
