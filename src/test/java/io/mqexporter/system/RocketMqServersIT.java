package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.RocketMqClients;
import io.mqexporter.brokers.RocketMqCluster;
import io.mqexporter.brokers.RocketMqController;
import io.mqexporter.brokers.RocketMqProxy;
import io.mqexporter.brokers.RocketMqSetup;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Test;

/** Passes on what a broker, a proxy and a controller tell of themselves. */
class RocketMqServersIT {

  @Test
  void whatServersTellOfThemselvesIsPassedOn() throws Exception {
    int port = Ports.free();
    String settings =
        """
        metricsExporterType=PROM
        metricsPromExporterPort=%d
        metricsPromExporterHost=127.0.0.1
        """
            .formatted(port);
    String broker = "127.0.0.1:" + port;
    RocketMqController controller = RocketMqController.start("rocketmq-controller");
    try (var cluster =
            RocketMqCluster.start("rocketmq-servers", RocketMqSetup.SINGLE.with(settings));
        var proxy = RocketMqProxy.start("rocketmq-proxy", cluster);
        var clients = new RocketMqClients(cluster);
        var collector =
            new RocketMqCollector(
                "servers",
                new RocketMqConfig(List.of(cluster.nameServers()), Optional.empty())
                    .with(
                        new RocketMqConfig.Further(
                            List.of(controller.address()),
                            List.of(broker, controller.metricsAddress(), proxy.metricsAddress()),
                            false,
                            false,
                            false)),
                Duration.ofMinutes(5),
                Clock.systemUTC())) {
      DefaultMQProducer producer = clients.producer("producer");
      for (int i = 0; i < 3; i++) {
        producer.send(new Message("orders", "message".getBytes(StandardCharsets.UTF_8)));
      }
      RocketMqPass pass =
          RocketMqPass.until(
              collector,
              one ->
                  one.missing().isEmpty()
                      && one.values()
                          .of(RocketMqBrokerMetric.CONTROLLER_LEADER)
                          .containsValue(1.0));
      assertThat(pass.values().of(RocketMqBrokerMetric.ENDPOINT_UP))
          .containsOnlyKeys(
              List.of(broker),
              List.of(controller.metricsAddress()),
              List.of(proxy.metricsAddress()))
          .allSatisfy((_, up) -> assertThat(up).isEqualTo(1.0));
      assertThat(value(pass, "rocketmq_messages_in_total", broker, "orders")).isEqualTo(3);
      assertThat(
              value(
                  pass,
                  "rocketmq_controller_dledger_op_total",
                  controller.metricsAddress(),
                  "append"))
          .isPositive();
      assertThat(value(pass, "rocketmq_proxy_up", proxy.metricsAddress(), RocketMqProxy.NAME))
          .isEqualTo(1);
      assertThat(pass.values().of(RocketMqMetric.PRODUCER_CONNECTIONS))
          .as("not the broker's own family of that name")
          .containsKey(List.of("producer", "JAVA", "5.5.0"));
      assertThat(pass.collected().families())
          .extracting(one -> one.descriptor().metricName())
          .doesNotHaveDuplicates()
          .anyMatch(name -> name.startsWith("rocketmq_rpc_latency"))
          .noneMatch(name -> name.startsWith("otel_") || name.startsWith("target_"));

      controller.kill();
      proxy.kill();
      RocketMqPass without = RocketMqPass.of(collector);
      assertThat(without.missing())
          .contains(
              "controller %1$s: %1$s: connection refused".formatted(controller.address()),
              "metrics at %1$s: http://%1$s/metrics: connection refused"
                  .formatted(controller.metricsAddress()),
              "metrics at %1$s: http://%1$s/metrics: connection refused"
                  .formatted(proxy.metricsAddress()));
      assertThat(family(without, "rocketmq_proxy_up")).isEmpty();
      assertThat(without.values().of(RocketMqBrokerMetric.ENDPOINT_UP))
          .containsEntry(List.of(controller.metricsAddress()), 0.0)
          .containsEntry(List.of(proxy.metricsAddress()), 0.0)
          .containsEntry(List.of(broker), 1.0);
      assertThat(without.values().of(RocketMqBrokerMetric.CONTROLLER_UP))
          .isEqualTo(Map.of(List.of(controller.address()), 0.0));
      assertThat(without.values().of(RocketMqBrokerMetric.CONTROLLER_LEADER)).isEmpty();
    } finally {
      controller.close();
    }
  }

  /** Returns the value of a series by two of its labels; -1 if there is none. */
  private static double value(RocketMqPass pass, String name, String endpoint, String label) {
    return family(pass, name).stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.labelValues().containsAll(List.of(endpoint, label)))
        .mapToDouble(sample -> sample.value())
        .findFirst()
        .orElse(-1);
  }

  private static Optional<MetricFamily> family(RocketMqPass pass, String name) {
    return pass.collected().families().stream()
        .filter(family -> family.descriptor().metricName().equals(name))
        .findFirst();
  }
}
