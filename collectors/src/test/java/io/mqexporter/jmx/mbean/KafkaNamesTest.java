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
  @EnumSource
  void controllersHaveADomainOfTheirOwn(KafkaControllerMetric metric) {
    assertThat(metric.metricName()).startsWith("kafka_controller_");
  }
}
