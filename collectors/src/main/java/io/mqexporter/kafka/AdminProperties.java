package io.mqexporter.kafka;

import io.mqexporter.collector.Settings.Edition;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;

/** What the admin client of a cluster is made with. */
final class AdminProperties {

  /**
   * How long the client tries to resolve the bootstrap servers. Any value but 0 takes that off the
   * caller's thread, which could not stop waiting for a resolver that hangs.
   */
  private static final int RESOLVE_TIMEOUT_MILLIS = 1000;

  private static final int DEFAULT_API_TIMEOUT_MILLIS = 60_000;

  /**
   * How long the client pauses before it repeats what a broker refused; the client's own 100 ms are
   * a storm while a broker that has died is still taken for a leader.
   */
  private static final int RETRY_BACKOFF_MILLIS = 300;

  private static final int RETRY_BACKOFF_MAX_MILLIS = 2_000;

  private AdminProperties() {}

  /**
   * Returns the properties; those of the configuration go before our own choices.
   *
   * @param requestMillis after which the client takes a request for lost
   */
  static Map<String, Object> of(String cluster, Edition<KafkaConfig> settings, int requestMillis) {
    var properties = new HashMap<String, Object>();
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMillis);
    properties.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, requestMillis);
    properties.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, requestMillis);
    properties.put(SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, requestMillis);
    properties.put(SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, requestMillis);
    // The client wants it to be no shorter than that of a request; each call brings its own.
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.max(requestMillis, DEFAULT_API_TIMEOUT_MILLIS));
    properties.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MILLIS);
    properties.put(AdminClientConfig.RETRY_BACKOFF_MAX_MS_CONFIG, RETRY_BACKOFF_MAX_MILLIS);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "mq-exporter-" + cluster);
    properties.put(AdminClientConfig.BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG, RESOLVE_TIMEOUT_MILLIS);
    // Neither the brokers nor this JVM's MBean server need the agent's own client metrics.
    properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    properties.put(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.putAll(settings.value().properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.value().bootstrapServers());
    properties.computeIfPresent(
        SaslConfigs.SASL_JAAS_CONFIG,
        (_, jaas) -> "/* %x.%d */ %s".formatted(cluster.hashCode(), settings.number(), jaas));
    return properties;
  }
}
