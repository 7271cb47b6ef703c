package io.mqexporter.kafka;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;

/** The connection to one cluster: an admin client that is made when it is first needed. */
final class KafkaConnection implements AutoCloseable {

  /**
   * How long the client tries to resolve the bootstrap servers. Any value but 0 takes that off the
   * caller's thread, which could not stop waiting for a resolver that hangs.
   */
  private static final int RESOLVE_TIMEOUT_MILLIS = 1000;

  /**
   * The share of a collection's time after which the client takes a request for lost. It then asks
   * another broker what any broker can tell, so that one that hangs does not hide the others.
   */
  private static final int REQUESTS_A_COLLECTION = 4;

  private static final int DEFAULT_API_TIMEOUT_MILLIS = 60_000;

  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(100);

  private final String cluster;
  private final KafkaConfig config;
  private Optional<Admin> admin = Optional.empty();
  private Optional<RecordReader> records = Optional.empty();
  private long requestsOfFormerClients;
  private boolean closed;

  KafkaConnection(String cluster, KafkaConfig config) {
    this.cluster = cluster;
    this.config = config;
  }

  /**
   * Returns the client.
   *
   * @param deadline when the collection must have ended that the client is made for
   */
  synchronized Admin admin(Deadline deadline) throws CollectionException {
    if (closed) {
      throw failure("closed");
    }
    if (admin.isEmpty()) {
      try {
        admin = Optional.of(Admin.create(properties(deadline)));
      } catch (KafkaException e) {
        throw failure(Reason.ofConstruction(e), e);
      }
    }
    return admin.get();
  }

  /**
   * Returns what looks at records, over connections of its own.
   *
   * @param deadline when the collection must have ended that it is made for
   */
  synchronized RecordReader records(Deadline deadline) throws CollectionException {
    if (closed) {
      throw failure("closed");
    }
    if (records.isEmpty()) {
      try {
        records =
            Optional.of(
                new RecordReader(properties(deadline), config.effort().unreadRecordBytes()));
      } catch (KafkaException e) {
        throw failure(Reason.ofConstruction(e), e);
      }
    }
    return records.get();
  }

  /** Closes the clients, so that the next ones begin anew. */
  synchronized void discard() {
    requestsOfFormerClients = requestsSent();
    admin.ifPresent(client -> client.close(CLOSE_TIMEOUT));
    admin = Optional.empty();
    records.ifPresent(RecordReader::close);
    records = Optional.empty();
  }

  /** Returns how many requests were sent, also by former clients. */
  synchronized long requestsSent() {
    return requestsOfFormerClients
        + admin.map(KafkaConnection::requestsSent).orElse(0L)
        + records.map(RecordReader::requestsSent).orElse(0L);
  }

  /** Returns an exception that says which cluster failed and why. */
  CollectionException failure(String reason) {
    return new CollectionException("Kafka at " + config.bootstrapServers() + ": " + reason);
  }

  /** Returns an exception that says which cluster failed and why. */
  CollectionException failure(String reason, Throwable cause) {
    return new CollectionException("Kafka at " + config.bootstrapServers() + ": " + reason, cause);
  }

  @Override
  public synchronized void close() {
    closed = true;
    discard();
  }

  private static long requestsSent(Admin client) {
    for (Map.Entry<?, ? extends Metric> entry : client.metrics().entrySet()) {
      Metric metric = entry.getValue();
      if (metric.metricName().name().equals("request-total")
          && metric.metricName().group().equals("admin-client-metrics")
          && metric.metricValue() instanceof Double total) {
        return total.longValue();
      }
    }
    return 0;
  }

  private Map<String, Object> properties(Deadline deadline) {
    int requestMillis = Math.max(1, deadline.remainingMillis() / REQUESTS_A_COLLECTION);
    var properties = new HashMap<String, Object>();
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMillis);
    properties.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, requestMillis);
    properties.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, requestMillis);
    // The client wants it to be no shorter than that of a request; each call brings its own.
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.max(requestMillis, DEFAULT_API_TIMEOUT_MILLIS));
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "mq-exporter-" + cluster);
    properties.put(AdminClientConfig.BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG, RESOLVE_TIMEOUT_MILLIS);
    // Neither the brokers nor this JVM's MBean server need the agent's own client metrics.
    properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    properties.put(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.putAll(config.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    return properties;
  }
}
