package io.mqexporter.logs.sink;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogMark;
import io.mqexporter.logs.LogOrigin;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A log event as receivers know it: names with dots in them, as Elastic's own libraries for logging
 * write them, and a text, a whole number or a list of texts for each.
 */
public final class LogDocument {

  private static final String ECS_VERSION = "8.11.0";

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private LogDocument() {}

  /** Returns what an event says; what it does not know is left out. */
  public static LogDocument of(LogEvent event) {
    var document = new LogDocument();
    document.addEvent(event);
    document.addFailure(event);
    document.addOrigin(event.origin());
    document.addDetails(event);
    document.add(LogField.ECS_VERSION, ECS_VERSION);
    return document;
  }

  /** Returns the same document with one more field, unless the value is empty. */
  public LogDocument with(LogField field, String value) {
    add(field, value);
    return this;
  }

  /** Returns the fields with their values, each a text, a {@link Long} or a list of texts. */
  public Map<String, Object> fields() {
    return fields;
  }

  /** Writes it as an object of JSON. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (var field : fields.entrySet()) {
      json.writeFieldName(field.getKey());
      switch (field.getValue()) {
        case Long number -> json.writeNumber(number);
        case List<?> texts -> {
          json.writeStartArray();
          for (Object text : texts) {
            json.writeString(text.toString());
          }
          json.writeEndArray();
        }
        case Object text -> json.writeString(text.toString());
      }
    }
    json.writeEndObject();
  }

  private void addEvent(LogEvent event) {
    add(LogField.TIMESTAMP, event.timestamp().toString());
    fields.put(LogField.MESSAGE.fieldName(), event.message());
    if (event.level() != LogLevel.UNKNOWN) {
      add(LogField.LOG_LEVEL, event.level().text());
    }
    add(LogField.LOG_LOGGER, event.logger());
    add(LogField.LOG_FILE, event.origin().file());
    fields.put(LogField.LOG_OFFSET.fieldName(), event.offset());
    if (!event.marks().isEmpty()) {
      List<String> flags = event.marks().stream().map(LogMark::text).sorted().toList();
      fields.put(LogField.LOG_FLAGS.fieldName(), flags);
    }
    add(LogField.THREAD, event.thread());
    add(LogField.EVENT_ID, event.id());
    add(LogField.EVENT_KIND, "event");
    boolean isError = event.level() == LogLevel.ERROR || event.level() == LogLevel.FATAL;
    add(LogField.EVENT_TYPE, isError ? "error" : "info");
  }

  private void addFailure(LogEvent event) {
    if (event.stackTrace().isEmpty()) {
      return;
    }
    var failure = Failure.of(event.stackTrace());
    add(LogField.ERROR_TYPE, failure.type());
    add(LogField.ERROR_MESSAGE, failure.message());
    add(LogField.ERROR_STACK_TRACE, event.stackTrace());
    if (event.origin().system().equals("kafka")) {
      add(LogField.KAFKA_TRACE_CLASS, failure.type());
      add(LogField.KAFKA_TRACE_MESSAGE, failure.message());
    }
  }

  private void addOrigin(LogOrigin origin) {
    add(LogField.EVENT_MODULE, origin.system());
    add(LogField.EVENT_DATASET, origin.system().isEmpty() ? "" : origin.system() + ".log");
    add(LogField.SERVICE_TYPE, origin.system());
    add(LogField.SERVICE_NAME, origin.cluster());
    add(LogField.SERVICE_NODE, origin.broker());
    add(LogField.HOST_NAME, origin.host());
    add(LogField.CONTAINER_NAME, origin.container());
    if (!origin.pod().isEmpty()) {
      add(LogField.ORCHESTRATOR_TYPE, "kubernetes");
      add(LogField.ORCHESTRATOR_NAMESPACE, origin.namespace());
    }
    add(LogField.KUBERNETES_NAMESPACE, origin.namespace());
    add(LogField.KUBERNETES_POD, origin.pod());
    add(LogField.KUBERNETES_CONTAINER, origin.container());
    add(LogField.LABEL_SYSTEM, origin.system());
    add(LogField.LABEL_CLUSTER, origin.cluster());
    add(LogField.LABEL_BROKER, origin.broker());
  }

  /** Adds what only one broker's log has. */
  private void addDetails(LogEvent event) {
    switch (event.origin().system()) {
      case "kafka" -> {
        add(LogField.KAFKA_CLASS, event.logger());
        add(LogField.KAFKA_THREAD, event.thread());
      }
      case "rocketmq" -> add(LogField.ROCKETMQ_FILE, fileName(event.origin().file()));
      default -> {}
    }
    event.attributes().forEach(fields::put);
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void add(LogField field, String value) {
    if (!value.isEmpty()) {
      fields.put(field.fieldName(), value);
    }
  }
}
