package io.mqexporter.logs.elasticsearch;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Storage;
import io.mqexporter.logs.sink.LogDocument;
import io.mqexporter.logs.sink.LogField;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Which events go where, and as what document. The same event always goes to the same place. */
record Destinations(Storage storage) {

  /** The data streams that the template is for. */
  static final String DATA_STREAM_PATTERN = "logs-mq.*-*";

  /** The daily indices that the template is for; {@code logs-*} would be Elastic's own template. */
  static final String DAILY_PATTERN = "mq-logs-*";

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu.MM.dd");

  /** Returns the data stream or index of an event. */
  String indexOf(LogEvent event) {
    return switch (storage.index()) {
      case DATA_STREAM -> "logs-" + dataset(event) + "-" + storage.namespace();
      case DAILY -> "mq-logs-" + storage.namespace() + "-" + day(event);
    };
  }

  /** Returns an event as it is stored. */
  LogDocument documentOf(LogEvent event) {
    LogDocument document = LogDocument.of(event);
    return storage.index() == Index.DAILY
        ? document
        : document
            .with(LogField.DATA_STREAM_TYPE, "logs")
            .with(LogField.DATA_STREAM_DATASET, dataset(event))
            .with(LogField.DATA_STREAM_NAMESPACE, storage.namespace());
  }

  private static String dataset(LogEvent event) {
    String system = event.origin().system();
    return "mq." + (system.isEmpty() ? "other" : system);
  }

  /** A time that was misread must not become an index of its own for each day of it. */
  private static String day(LogEvent event) {
    LocalDate day = LocalDate.ofInstant(event.timestamp(), ZoneOffset.UTC);
    return day.getYear() < 2000 || day.getYear() > 2099 ? "undated" : DAY.format(day);
  }
}
