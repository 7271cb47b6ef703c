package io.mqexporter.exposition;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;

/** The catalogue of what the agent says about itself as a whole. */
public enum AgentMetric implements MetricDescriptor {
  BUILD_INFO(
      "mq_exporter_build_info",
      "The version of the agent and of the Java that runs it; always 1.",
      List.of("version", "java_version")),
  CONFIG_RELOAD_SUCCESSFUL(
      "mq_exporter_config_last_reload_successful",
      "Whether the configuration file was good when it was last read; 0: the one before holds.",
      List.of()),
  CONFIG_RELOAD_TIMESTAMP(
      "mq_exporter_config_last_reload_success_timestamp_seconds",
      "When the configuration file was last read and good.",
      List.of()),
  WEB_CONFIG_RELOAD_SUCCESSFUL(
      "mq_exporter_web_config_last_reload_successful",
      "Whether the file of --web.config.file was good when it was last read; 0: the one before"
          + " holds.",
      List.of()),
  WEB_CONFIG_RELOAD_TIMESTAMP(
      "mq_exporter_web_config_last_reload_success_timestamp_seconds",
      "When the file of --web.config.file was last read and good.",
      List.of()),
  SHARD_ORDINAL(
      "mq_exporter_shard_ordinal",
      "Which of several agents that share their targets this is, from 0 on; absent where one agent"
          + " has all.",
      List.of()),
  SHARDS(
      "mq_exporter_shards",
      "How many agents share the targets of this one, itself included; absent where one agent has"
          + " all.",
      List.of());

  private final MetricDefinition definition;

  AgentMetric(String metricName, String help, List<String> labelNames) {
    this.definition =
        new MetricDefinition(metricName, MetricType.GAUGE, help, labelNames, Granularity.CLUSTER);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
