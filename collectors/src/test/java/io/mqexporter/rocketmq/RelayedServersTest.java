package io.mqexporter.rocketmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.metric.FamilyText;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.relay.ExpositionReader;
import io.mqexporter.relay.RelayedFamily;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelayedServersTest {

  private static final String BROKER =
      """
      # TYPE target_info gauge
      target_info{service_name="unknown_service:java"} 1
      # TYPE rocketmq_messages_out_total counter
      rocketmq_messages_out_total{otel_scope_name="broker-meter",cluster="c1",node_type="broker",node_id="a",topic="orders"} 7.0
      # TYPE rocketmq_topic_number gauge
      rocketmq_topic_number{cluster="c1",node_type="broker",node_id="a"} 12.0
      """;

  private static final String CONTROLLER =
      """
      # TYPE role gauge
      role{address="127.0.0.1:9878",group="g",peer_id="n0"} 1.0
      # TYPE dledger_op_total counter
      dledger_op_total{address="127.0.0.1:9878",group="g",peer_id="n0"} 3.0
      # TYPE otel_scope_info gauge
      otel_scope_info{otel_scope_name="controller-meter"} 1
      """;

  @Test
  void passesOnWhatIsNotKnownOtherwiseUnderNamesOfRocketMq() throws IOException {
    var pages =
        Map.of(
            "b:5557", Optional.of(page(BROKER)),
            "c:5557", Optional.of(page(CONTROLLER)),
            "p:5557", Optional.<List<RelayedFamily>>empty());
    var told = new MetricFamilies();
    told.add(RocketMqBrokerMetric.TOPICS, 12, "shop", "a");
    List<MetricFamily> relayed = RelayedServers.of("shop", pages, told.toList());
    assertThat(FamilyText.of(relayed))
        .contains(
            """
            rocketmq_controller_dledger_op_total{messaging_cluster="shop",endpoint="c:5557",address="127.0.0.1:9878",group="g",peer_id="n0"} 3
            rocketmq_messages_out_total{messaging_cluster="shop",endpoint="b:5557",cluster="c1",node_id="a",node_type="broker",topic="orders"} 7
            """)
        .contains(
            "rocketmq_metrics_endpoint_up{messaging_cluster=\"shop\",endpoint=\"b:5557\"} 1\n")
        .contains(
            "rocketmq_metrics_endpoint_up{messaging_cluster=\"shop\",endpoint=\"c:5557\"} 1\n")
        .contains(
            "rocketmq_metrics_endpoint_up{messaging_cluster=\"shop\",endpoint=\"p:5557\"} 0\n")
        .doesNotContain("topic_number", "role", "otel", "target_info");
  }

  private static List<RelayedFamily> page(String text) throws IOException {
    return ExpositionReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), true, (_, _) -> true);
  }
}
