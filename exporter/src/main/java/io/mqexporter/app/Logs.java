package io.mqexporter.app;

import io.mqexporter.app.Agent.Source;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.config.Config;
import io.mqexporter.config.LogsConfig;
import io.mqexporter.config.SinkConfig;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.elasticsearch.ElasticsearchSink;
import io.mqexporter.logs.fluent.FluentSink;
import io.mqexporter.logs.forward.Forwarder;
import io.mqexporter.logs.forward.LogCollector;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.journal.StateFolder;
import io.mqexporter.logs.sink.DeadLetters;
import io.mqexporter.logs.stdout.StdoutSink;
import io.mqexporter.logs.tail.Tailer;
import io.mqexporter.metric.Granularity;
import io.vertx.core.Vertx;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forwarding of logs, put together. */
final class Logs {

  private static final Logger logger = LoggerFactory.getLogger(Logs.class);

  private static final String DEAD_LETTERS = "dead-letters.jsonl";
  private static final long MAX_DEAD_LETTER_BYTES = 1L << 30;

  private final Forwarder forwarder;

  private Logs(Forwarder forwarder) {
    this.forwarder = forwarder;
  }

  /**
   * Takes the state folder and puts everything together; nothing runs yet.
   *
   * @throws StartException if the folder cannot be used
   */
  static Logs open(LogsConfig config, Vertx vertx, Clock clock) throws StartException {
    try {
      StateFolder folder = StateFolder.open(config.stateFolder());
      Journal journal = folder.journal();
      Journal.Content content = journal.read();
      if (content instanceof Journal.Content.Damaged(String reason)) {
        logger.warn("logs: {}; all files are read again", reason);
      }
      String host = config.host().isEmpty() ? hostName() : config.host();
      List<LogSource> sources =
          config.sources().stream().map(source -> source.onHost(host)).toList();
      var tailer = new Tailer(sources, content, host, clock, logger::warn);
      var deadLetters =
          new DeadLetters(config.stateFolder().resolve(DEAD_LETTERS), MAX_DEAD_LETTER_BYTES, clock);
      List<LogSink> sinks =
          config.sinks().stream().map(sink -> sink(sink, vertx, deadLetters)).toList();
      return new Logs(new Forwarder(tailer, folder, sinks));
    } catch (IOException e) {
      throw new StartException("logs.state_folder: " + e.getMessage(), e);
    }
  }

  /** Returns what shows how the forwarding gets on, and ends it. */
  Source source(Config config) {
    var limit = new SeriesLimit(Granularity.PARTITION, config.maxSeries());
    var collector = new LogCollector(forwarder);
    var target =
        new Target(
            collector.system(), collector.name(), config.interval(), config.timeout(), limit);
    return new Source(target, collector);
  }

  void start() {
    forwarder.start();
  }

  private static LogSink sink(SinkConfig sink, Vertx vertx, DeadLetters deadLetters) {
    return switch (sink) {
      case SinkConfig.Elasticsearch(var config) ->
          new ElasticsearchSink(config, vertx, deadLetters);
      case SinkConfig.Fluent(var config) -> new FluentSink(config, vertx);
      case SinkConfig.Stdout() -> new StdoutSink(new FileOutputStream(FileDescriptor.out));
    };
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
