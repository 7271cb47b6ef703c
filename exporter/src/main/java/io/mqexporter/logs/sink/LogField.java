package io.mqexporter.logs.sink;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of a log event, as receivers know them. Most names are those of the Elastic Common
 * Schema 8.11; {@code kafka.log.*} and {@code rabbitmq.log.*} are those of Elastic's modules, whose
 * dashboards look for them; {@code labels.messaging_*} are the labels of our metrics, which join a
 * graph with its lines. Index template, documents and dashboards are made of this one list.
 */
public enum LogField {
  TIMESTAMP("@timestamp", Type.DATE),
  MESSAGE("message", Type.TEXT),
  LOG_LEVEL("log.level", Type.KEYWORD),
  LOG_LOGGER("log.logger", Type.KEYWORD),
  LOG_FILE("log.file.path", Type.KEYWORD),
  LOG_LINE("log.origin.file.line", Type.LONG),
  LOG_OFFSET("log.offset", Type.LONG),
  LOG_FLAGS("log.flags", Type.KEYWORD),
  THREAD("process.thread.name", Type.KEYWORD),
  ERROR_TYPE("error.type", Type.KEYWORD),
  ERROR_MESSAGE("error.message", Type.TEXT),
  ERROR_STACK_TRACE("error.stack_trace", Type.TEXT),
  EVENT_ID("event.id", Type.KEYWORD),
  EVENT_KIND("event.kind", Type.KEYWORD),
  EVENT_TYPE("event.type", Type.KEYWORD),
  EVENT_MODULE("event.module", Type.KEYWORD),
  EVENT_DATASET("event.dataset", Type.KEYWORD),
  SERVICE_TYPE("service.type", Type.KEYWORD),
  SERVICE_NAME("service.name", Type.KEYWORD),
  SERVICE_NODE("service.node.name", Type.KEYWORD),
  HOST_NAME("host.name", Type.KEYWORD),
  CONTAINER_NAME("container.name", Type.KEYWORD),
  ORCHESTRATOR_TYPE("orchestrator.type", Type.KEYWORD),
  ORCHESTRATOR_NAMESPACE("orchestrator.namespace", Type.KEYWORD),
  KUBERNETES_NAMESPACE("kubernetes.namespace", Type.KEYWORD),
  KUBERNETES_POD("kubernetes.pod.name", Type.KEYWORD),
  KUBERNETES_CONTAINER("kubernetes.container.name", Type.KEYWORD),
  LABEL_SYSTEM("labels.messaging_system", Type.KEYWORD),
  LABEL_CLUSTER("labels.messaging_cluster", Type.KEYWORD),
  LABEL_BROKER("labels.messaging_broker_name", Type.KEYWORD),
  KAFKA_COMPONENT("kafka.log.component", Type.KEYWORD),
  KAFKA_CLASS("kafka.log.class", Type.KEYWORD),
  KAFKA_THREAD("kafka.log.thread", Type.KEYWORD),
  KAFKA_TRACE_CLASS("kafka.log.trace.class", Type.KEYWORD),
  KAFKA_TRACE_MESSAGE("kafka.log.trace.message", Type.TEXT),
  RABBITMQ_PID("rabbitmq.log.pid", Type.KEYWORD),
  RABBITMQ_DOMAIN("rabbitmq.log.domain", Type.KEYWORD),
  ROCKETMQ_FILE("rocketmq.log.file", Type.KEYWORD),
  DATA_STREAM_TYPE("data_stream.type", Type.KEYWORD),
  DATA_STREAM_DATASET("data_stream.dataset", Type.KEYWORD),
  DATA_STREAM_NAMESPACE("data_stream.namespace", Type.KEYWORD),
  ECS_VERSION("ecs.version", Type.KEYWORD);

  /** How a field is searched. */
  public enum Type {
    /** A point in time. */
    DATE,
    /** Words. */
    TEXT,
    /** As a whole. */
    KEYWORD,
    /** A whole number. */
    LONG
  }

  private static final Map<String, LogField> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(LogField::fieldName, Function.identity()));

  private final String fieldName;
  private final Type type;

  LogField(String fieldName, Type type) {
    this.fieldName = fieldName;
    this.type = type;
  }

  /** Returns the name, with dots between its parts. */
  public String fieldName() {
    return fieldName;
  }

  /** Returns how it is searched. */
  public Type type() {
    return type;
  }

  /** Returns whether there is a field of that name. */
  public static boolean isKnown(String name) {
    return BY_NAME.containsKey(name);
  }
}
