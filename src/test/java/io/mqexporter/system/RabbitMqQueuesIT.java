package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqManagement;
import io.mqexporter.brokers.RabbitMqRelease;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What RabbitMQ's own tool does not tell of queues, held against what the broker does. */
@ParameterizedClass
@EnumSource(
    value = RabbitMqRelease.class,
    names = {"INSTALLED", "SID"})
record RabbitMqQueuesIT(RabbitMqRelease release) {

  /** Two minutes in {@code make soak}. */
  private static final Duration CHURN = Duration.parse(System.getProperty("churn.period", "PT15S"));

  private static final int PUBLISHED = 20;
  private static final int BODY_BYTES = 100;

  private static RabbitMqBroker broker;
  private static Connection connection;
  private static RabbitMqCollector collector;

  @BeforeParameterizedClassInvocation
  static void start(RabbitMqRelease release) throws Exception {
    broker = RabbitMqBroker.start("queues", release, "");
    connection = broker.connectionFactory().newConnection();
    collector =
        new RabbitMqCollector(
            "queues",
            new RabbitMqConfig(
                broker.managementUrl(),
                RabbitMqBroker.USERNAME,
                new Secret(RabbitMqBroker.PASSWORD)),
            Duration.ofMinutes(5),
            Clock.systemUTC());
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    collector.close();
    connection.close();
    broker.close();
  }

  /**
   * What limits a queue, and how many messages it then keeps.
   *
   * @param own the limit that it is declared with; 0 for none, as of the others
   * @param policy that of a policy
   * @param operator that of an operator's policy
   */
  private record Limits(String type, int own, int policy, int operator, int kept) {

    private static final List<Limits> CASES =
        List.of(
            new Limits("classic", 10, 0, 0, 10),
            new Limits("classic", 10, 7, 5, 5),
            new Limits("classic", 4, 7, 5, 4),
            new Limits("classic", 0, 7, 9, 7),
            new Limits("quorum", 10, 7, 5, 5),
            new Limits("quorum", 4, 7, 0, 4));

    String queue() {
      return "max-%s-%d-%d-%d".formatted(type, own, policy, operator);
    }

    Map<String, Object> arguments() {
      return own == 0
          ? Map.of("x-queue-type", type)
          : Map.of("x-queue-type", type, "x-max-length", own);
    }
  }

  @Test
  void theMaximumIsWhatTheBrokerKeeps() throws Exception {
    try (Channel channel = connection.createChannel()) {
      for (Limits limits : Limits.CASES) {
        limit("policies", limits.queue(), "max-length", limits.policy());
        limit("operator-policies", limits.queue(), "max-length", limits.operator());
        channel.queueDeclare(limits.queue(), true, false, false, limits.arguments());
        publish(channel, limits.queue(), List.of());
      }
    }
    for (Limits limits : Limits.CASES) {
      awaitValue("rabbitmq_queue_messages_ready", limits.queue(), limits.kept());
      assertThat(value("rabbitmq_queue_max_length", limits.queue())).hasValue(limits.kept());
      assertThat(value("messaging_destination_fill_ratio", limits.queue())).hasValue(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"classic, 1050, 750, 7", "quorum, 750, 1050, 7"})
  void theMaximumInBytesIsWhatTheBrokerKeeps(String type, int own, int policy, int kept)
      throws Exception {
    String name = "bytes-%s-%d-%d".formatted(type, own, policy);
    limit("policies", name, "max-length-bytes", policy);
    try (Channel channel = connection.createChannel()) {
      channel.queueDeclare(
          name, true, false, false, Map.of("x-queue-type", type, "x-max-length-bytes", own));
      publish(channel, name, List.of());
      awaitValue("rabbitmq_queue_messages_ready", name, kept);
      assertThat(value("rabbitmq_queue_max_length_bytes", name)).hasValue(750);
      // Quorum queues count some bytes of their own for each message since 4.3.
      double held = value("rabbitmq_queue_messages_bytes", name).orElseThrow();
      assertThat(held).isBetween(700.0, 750.0);
      assertThat(value("messaging_destination_fill_ratio", name)).hasValue(held / 750);
    }
  }

  @Test
  void theAgeIsThatOfTheOldestMessageHeldOrDelivered() throws Exception {
    Instant first = Instant.now().minusSeconds(5000);
    try (Channel channel = connection.createChannel()) {
      channel.queueDeclare("aged", true, false, false, Map.of());
      publish(channel, "aged", List.of(first, first.plusSeconds(1000), first.plusSeconds(2000)));
      awaitAge(5000);
      var delivery = channel.basicGet("aged", false);
      awaitValue("rabbitmq_queue_messages_unacked", "aged", 1);
      awaitAge(5000);
      channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
      awaitAge(4000);
      channel.queuePurge("aged");
      awaitValue("messaging_consumer_lag_seconds", "aged", 0);
    }
  }

  @Test
  void whatIsLostOrDeliveredTwiceIsCountedAndStaysCounted() throws Exception {
    try (Channel channel = connection.createChannel()) {
      channel.queueDeclare("twice", true, false, false, Map.of());
      for (int i = 0; i < 3; i++) {
        channel.basicPublish("amq.topic", "nowhere", false, null, new byte[1]);
        channel.basicPublish("amq.topic", "nowhere", true, null, new byte[1]);
      }
      channel.basicPublish("amq.topic", "nowhere", true, null, new byte[1]);
      publish(channel, "twice", List.of(Instant.now()));
      channel.basicNack(
          channel.basicGet("twice", false).getEnvelope().getDeliveryTag(), false, true);
      channel.basicGet("twice", true);
      awaitValue("messaging_redelivered_messages_total", "twice", 1);
    }
    // Also once the channel is closed, with which the broker's own counters end.
    awaitValue("rabbitmq_vhost_messages_unroutable_dropped_total", "/", 3);
    awaitValue("rabbitmq_vhost_messages_unroutable_returned_total", "/", 4);
    awaitValue("messaging_redelivered_messages_total", "twice", 1);
    assertThat(value("rabbitmq_vhost_running", "/")).hasValue(1);
  }

  @Test
  void countersNeverFallWhileQueuesChannelsAndConnectionsComeAndGo() throws Exception {
    long end = System.nanoTime() + CHURN.toNanos();
    var highest = new HashMap<String, Double>();
    var fallen = new TreeSet<String>();
    try (var churn = RabbitMqChurn.start(broker);
        var both =
            RabbitMqPass.collector(
                List.of(broker.managementUrl()), Source.MANAGEMENT, Source.PROMETHEUS)) {
      while (System.nanoTime() - end < 0) {
        for (MetricFamily family : RabbitMqPass.collect(both).families()) {
          if (family.descriptor().type() == MetricType.COUNTER) {
            family.samples().forEach(sample -> observe(family, sample, highest, fallen));
          }
        }
      }
      assertThat(churn.rounds()).isGreaterThan(10);
    }
    assertThat(highest.keySet())
        .anyMatch(series -> series.startsWith("rabbitmq_connections_closed_total"))
        .anyMatch(series -> series.startsWith("rabbitmq_queues_deleted_total"))
        .anyMatch(series -> series.startsWith("rabbitmq_global_messages_acknowledged_total"))
        .anyMatch(series -> series.startsWith("rabbitmq_vhost_messages_acked_total"))
        .anyMatch(series -> series.startsWith("rabbitmq_vhost_messages_unroutable_dropped_total"));
    assertThat(fallen).isEmpty();
  }

  private static void observe(
      MetricFamily family, Sample sample, Map<String, Double> highest, Set<String> fallen) {
    String name = family.descriptor().metricName();
    String series = name + sample.labelValues();
    double before = highest.merge(series, sample.value(), Math::max);
    // The plugin sums these up over what is open, so that they fall when something is closed.
    boolean open = name.startsWith("rabbitmq_channel_") || name.startsWith("rabbitmq_connection_");
    if (sample.value() < before && !open) {
      fallen.add("%s: %s after %s".formatted(series, sample.value(), before));
    }
  }

  private static void awaitAge(double seconds) {
    await()
        .untilAsserted(() ->
            assertThat(value("messaging_consumer_lag_seconds", "aged").orElse(-1))
                .isBetween(seconds - 1, seconds + 30));
  }

  private static void awaitValue(String metric, String queue, double expected) {
    await().untilAsserted(() -> assertThat(value(metric, queue)).hasValue(expected));
  }

  /** Publishes messages with these times, or if there is none, more than any limit lets pass. */
  private static void publish(Channel channel, String queue, List<Instant> times) throws Exception {
    channel.confirmSelect();
    for (Instant time : times) {
      var properties = new AMQP.BasicProperties.Builder().timestamp(Date.from(time)).build();
      channel.basicPublish("", queue, properties, new byte[BODY_BYTES]);
    }
    for (int i = 0; times.isEmpty() && i < PUBLISHED; i++) {
      channel.basicPublish("", queue, null, new byte[BODY_BYTES]);
    }
    channel.waitForConfirms(30_000);
  }

  private static void limit(String kind, String queue, String key, int value) {
    if (value > 0) {
      RabbitMqManagement.putPolicy(
          broker, kind, "/", key + "-" + queue, "^" + queue + "$", Map.of(key, value));
    }
  }

  private static OptionalDouble value(String metric, String queue) throws Exception {
    return collector.collect(Deadline.after(Duration.ofMinutes(1))).families().stream()
        .filter(family -> family.descriptor().metricName().equals(metric))
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.labelValues().contains(queue))
        .mapToDouble(sample -> sample.value())
        .findFirst();
  }
}
