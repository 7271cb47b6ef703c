package io.mqexporter.jmx.mbean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaNamesTest {

  @ParameterizedTest
  @CsvSource({
    "MESSAGES_IN, kafka_server_brokertopicmetrics_messagesin_total",
    "HANDLER_IDLE, kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent",
    "BROKER_HANDLER_IDLE, kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidle_percent",
    "TOTAL_TIME, kafka_network_requestmetrics_totaltimems",
    "REQUESTS, kafka_network_requestmetrics_requests_total",
    "RAFT_LEADER, kafka_server_raft_metrics_current_leader",
    "CONNECTIONS, kafka_server_socket_server_metrics_connections",
    "CONNECTIONS_CREATED, kafka_server_socket_server_metrics_connection_creation_total",
    "COORDINATOR_COMMITS, kafka_server_group_coordinator_metrics_offset_commit_total",
    "LOG_FLUSH, kafka_log_logflushstats_logflushrateandtimems",
    "NETWORK_IDLE, kafka_network_socketserver_networkprocessoravgidle_percent",
  })
  void namesAreThoseOfTheRulesThatAreInUse(KafkaServerMetric metric, String name) {
    assertThat(metric.metricName()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "WORKER_TASKS, kafka_connect_worker_tasks",
    "REBALANCE_AVERAGE, kafka_connect_worker_rebalance_rebalance_avg_time_seconds",
    "TASK_STATUS, kafka_connect_connector_task_status",
    "SOURCE_POLLED, kafka_connect_source_task_source_record_poll_total",
    "RECORD_ERRORS, kafka_connect_task_error_record_errors_total",
    "MIRROR_LATENCY_OF_PLUGIN, kafka_connect_mirror_mirrorsourceconnector_replication_latency_seconds",
    "CHECKPOINT_LATENCY_OF_PLUGIN, kafka_connect_mirror_mirrorcheckpointconnector_checkpoint_latency_seconds",
    "MIRROR_LATENCY, kafka_connect_mirror_mirrorsourceconnector_replication_latency_seconds",
  })
  void connectHasTheNamesOfItsRules(KafkaConnectMetric metric, String name) {
    assertThat(metric.metricName()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCER_SENT, kafka_producer_record_send_total",
    "PRODUCER_BUFFER_WAIT, kafka_producer_bufferpool_wait_time_seconds_total",
    "FETCH_LAG, kafka_consumer_fetch_manager_records_lag",
    "GROUP_REBALANCES, kafka_consumer_coordinator_rebalance_total",
  })
  void clientsHaveTheNamesOfTheRulesForThem(KafkaClientMetric metric, String name) {
    assertThat(metric.metricName()).isEqualTo(name);
  }

  @ParameterizedTest
  @EnumSource
  void controllersHaveADomainOfTheirOwn(KafkaControllerMetric metric) {
    assertThat(metric.metricName()).startsWith("kafka_controller_");
  }
}
