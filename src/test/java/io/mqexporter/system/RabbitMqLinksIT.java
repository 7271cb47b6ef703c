package io.mqexporter.system;

import static io.mqexporter.system.RabbitMqPass.awaitValue;
import static io.mqexporter.system.RabbitMqPass.collect;
import static io.mqexporter.system.RabbitMqPass.samples;
import static io.mqexporter.system.RabbitMqPass.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.stream.Environment;
import com.rabbitmq.stream.OffsetSpecification;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqCtl;
import io.mqexporter.brokers.RabbitMqRelease;
import io.mqexporter.collector.Collected;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two clusters that are linked, of which one ends, and comes back as another one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RabbitMqLinksIT {

  private static final Duration NOTICED = Duration.ofSeconds(60);
  private static final String SHOVEL = "rabbitmq_shovel_state";
  private static final String LINK = "rabbitmq_federation_link_state";
  private static final int MESSAGES = 30;
  private static final int STREAM_PORT = Ports.free();

  private static RabbitMqBroker left;
  private static RabbitMqBroker right;

  @BeforeAll
  static void start() {
    left =
        RabbitMqBroker.start(
            "left",
            RabbitMqRelease.SID,
            """
            stream.listeners.tcp.1 = 127.0.0.1:%1$d
            stream.advertised_host = 127.0.0.1
            stream.advertised_port = %1$d
            """
                .formatted(STREAM_PORT),
            List.of("rabbitmq_stream", "rabbitmq_federation"));
    right =
        RabbitMqBroker.start(
            "right",
            RabbitMqRelease.SID,
            "",
            List.of("rabbitmq_federation", "rabbitmq_federation_management"));
  }

  @AfterAll
  static void stop() {
    right.close();
    left.close();
  }

  @Test
  @Order(1)
  void shovelAndFederationBetweenClustersHaveTheStatesOfTheToolsOwn() throws Exception {
    String uri = "amqp://127.0.0.1:" + left.connectionFactory().getPort();
    try (var leftConnection = left.connectionFactory().newConnection();
        var rightConnection = right.connectionFactory().newConnection();
        var collector = collector(right, Source.MANAGEMENT)) {
      var source = leftConnection.createChannel();
      source.queueDeclare("orders", true, false, false, Map.of());
      source.queueDeclare("federated", true, false, false, Map.of());
      var destination = rightConnection.createChannel();
      destination.queueDeclare("federated", true, false, false, Map.of());
      destination.exchangeDeclare("prices", "fanout", true);
      destination.queueDeclare("ticker", true, false, false, Map.of());
      destination.queueBind("ticker", "prices", "");
      source.exchangeDeclare("prices", "fanout", true);
      right.rabbitmqctl(
          "set_parameter",
          "shovel",
          "mover",
          """
          {"src-uri":"%s","src-queue":"orders","dest-uri":"amqp://","dest-queue":"moved"}\
          """
              .formatted(uri));
      right.rabbitmqctl(
          "set_parameter", "federation-upstream", "leftwards", "{\"uri\":\"%s\"}".formatted(uri));
      right.rabbitmqctl(
          "set_policy",
          "--apply-to",
          "all",
          "links",
          "^(federated|prices)$",
          "{\"federation-upstream-set\":\"all\"}");
      awaitRunningLinks(collector);
      JsonNode shovel = RabbitMqCtl.json(right, "shovel_status").path(0);
      assertThat(shovel.path("name").asText()).isEqualTo("mover");
      assertThat(shovel.path("state").asText()).isEqualTo("running");
      JsonNode links = RabbitMqCtl.json(right, "federation_status");
      assertThat(links)
          .hasSize(2)
          .allSatisfy(link -> {
            assertThat(link.path("upstream").asText()).isEqualTo("leftwards");
            assertThat(link.path("status").asText()).isEqualTo("running");
          });
      source.basicPublish("", "orders", null, new byte[1]);
      awaitValue(collector, 1, "rabbitmq_queue_messages", "moved");
      source.basicPublish("prices", "", null, new byte[1]);
      awaitValue(collector, 1, "rabbitmq_queue_messages", "ticker");
    }
  }

  @Test
  @Order(2)
  void aConsumerOfAStreamLagsByWhatItHasNotRead() throws Exception {
    var mayRead = new CountDownLatch(1);
    try (var environment =
            Environment.builder().uri("rabbitmq-stream://127.0.0.1:" + STREAM_PORT).build();
        var collector = collector(left, Source.MANAGEMENT, Source.PROMETHEUS)) {
      environment.streamCreator().stream("events").create();
      publish(environment);
      try (var _ =
          environment.consumerBuilder().stream("events")
              .offset(OffsetSpecification.first())
              .flow()
              .initialCredits(1)
              .builder()
              .messageHandler((_, _) -> awaitQuietly(mayRead))
              .build()) {
        String metric = "rabbitmq_detailed_stream_consumer_max_offset_lag";
        await()
            .atMost(NOTICED)
            .untilAsserted(() ->
                assertThat(value(collect(collector), metric, "events").orElse(0))
                    .isBetween(1.0, (double) MESSAGES));
        mayRead.countDown();
        awaitValue(collector, 0, metric, "events");
      }
    }
  }

  @Test
  @Order(3)
  void aClusterThatIsAwayIsSeenByItsLinks() throws Exception {
    try (var collector = collector(right, Source.MANAGEMENT)) {
      collect(collector);
      left.stop();
      await()
          .atMost(NOTICED)
          .untilAsserted(() -> {
            Collected ours = collect(collector);
            assertThat(ours.missing()).isEmpty();
            assertThat(value(ours, SHOVEL, "mover", "running")).isEmpty();
            for (String linked : List.of("federated", "prices")) {
              assertThat(value(ours, LINK, "leftwards", linked)).hasValue(1);
              assertThat(value(ours, LINK, "leftwards", linked, "running")).isEmpty();
            }
          });
      left.restart();
      awaitRunningLinks(collector);
    }
  }

  @Test
  @Order(4)
  void aNodeThatComesBackWithAnotherNameIsAnotherNode() throws Exception {
    try (var collector = collector(left, Source.MANAGEMENT, Source.PROMETHEUS)) {
      String before = left.nodeName();
      awaitValue(collector, 1, "rabbitmq_node_running", before);
      left.stop();
      left.restartAs("renamed");
      awaitValue(collector, 1, "rabbitmq_node_running", left.nodeName());
      await().atMost(NOTICED).until(() -> collect(collector).missing().isEmpty());
      Collected ours = collect(collector);
      assertThat(value(ours, "rabbitmq_node_running", before)).isEmpty();
      assertThat(value(ours, "messaging_brokers", "up")).hasValue(1);
      assertThat(value(ours, "messaging_brokers", "down")).hasValue(1);
      assertThat(ours.nodes().keySet()).containsExactly(left.nodeName());
      assertThat(samples(ours, "rabbitmq_queue_messages", "orders")).isEmpty();
    }
  }

  private static void awaitRunningLinks(RabbitMqCollector collector) {
    awaitValue(collector, 1, SHOVEL, "mover", "running");
    awaitValue(collector, 1, LINK, "leftwards", "federated", "running");
    awaitValue(collector, 1, LINK, "leftwards", "prices", "running");
  }

  /** Publishes messages one after the other, so that a consumer is not given all at once. */
  private static void publish(Environment environment) throws Exception {
    try (var producer = environment.producerBuilder().stream("events").build()) {
      for (int i = 0; i < MESSAGES; i++) {
        var confirmed = new CompletableFuture<Boolean>();
        producer.send(
            producer.messageBuilder().addData(new byte[] {1}).build(),
            status -> confirmed.complete(status.isConfirmed()));
        assertThat(confirmed.get(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(NOTICED.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RabbitMqCollector collector(RabbitMqBroker broker, Source... sources) {
    return RabbitMqPass.collector(List.of(broker.managementUrl()), sources);
  }
}
