package io.mqexporter.system;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqManagement;
import io.mqexporter.brokers.RabbitMqRelease;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/**
 * Queues of random shapes in several vhosts: every type, arguments of every kind, names that break
 * parsers, messages that wait and messages that consumers hold. They stay as they are while this is
 * open.
 */
final class RabbitMqShapes implements AutoCloseable {

  private static final List<String> VHOSTS = List.of("/", "shop", "vhöst/with \"all\"");
  private static final List<String> NAMES =
      List.of(
          "plain",
          "sp ace",
          "slash/es/%2F",
          "quote\"d",
          "back\\slash\\n",
          "ünïcödé-☃-😀",
          "curly{a=\"b\"},",
          "tab\tbed",
          "'single'",
          "  padded  ");
  private static final Instant FIRST_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MAX_MESSAGES = 20;
  private static final int MAX_BODY_BYTES = 100;
  private static final long NOT_DURING_A_TEST_MILLIS = 3_600_000;

  private final Random random;
  private final boolean transientQueues;
  private final List<Connection> connections = new ArrayList<>();

  private RabbitMqShapes(Random random, boolean transientQueues) {
    this.transientQueues = transientQueues;
    this.random = random;
  }

  /** Declares queues and fills them. */
  static RabbitMqShapes declare(
      RabbitMqBroker broker, RabbitMqRelease release, int count, Random random)
      throws IOException, TimeoutException {
    var shapes = new RabbitMqShapes(random, release != RabbitMqRelease.SID);
    for (String vhost : VHOSTS) {
      if (!vhost.equals("/")) {
        RabbitMqManagement.addVhost(broker, vhost);
      }
      RabbitMqManagement.putPolicy(
          broker, "policies", vhost, "short", "^plain", Map.of("max-length", 7));
      RabbitMqManagement.putPolicy(
          broker,
          "operator-policies",
          vhost,
          "ceiling",
          "^(plain|sp ace)",
          Map.of("max-length", 11, "max-length-bytes", 900));
      var factory = broker.connectionFactory();
      factory.setVirtualHost(vhost);
      shapes.connections.add(factory.newConnection());
    }
    for (int i = 0; i < count; i++) {
      Connection connection = shapes.connections.get(i % VHOSTS.size());
      shapes.declareOne(connection.createChannel(), i);
    }
    return shapes;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private void declareOne(Channel channel, int number) throws IOException {
    String name = NAMES.get(number % NAMES.size()) + "-" + number;
    int kind = random.nextInt(10);
    switch (kind) {
      case 0, 1 -> channel.queueDeclare(name, true, false, false, Map.of("x-queue-type", "quorum"));
      case 2 -> channel.queueDeclare(name, true, false, false, Map.of("x-queue-type", "stream"));
      case 3 -> channel.queueDeclare(name, true, true, true, Map.of());
      case 4 -> channel.queueDeclare(name, true, false, false, Map.of("x-queue-mode", "lazy"));
      case 5 -> channel.queueDeclare(name, true, false, false, Map.of("x-max-priority", 5));
      case 6 -> channel.queueDeclare(name, true, false, false, limits());
      default -> {
        // RabbitMQ 4.3 refuses queues that several connections use and no restart survives.
        boolean durable = random.nextBoolean() || !transientQueues;
        channel.queueDeclare(name, durable, false, false, Map.of());
      }
    }
    boolean stream = kind == 2;
    channel.confirmSelect();
    int messages = random.nextInt(MAX_MESSAGES);
    for (int i = 0; i < messages; i++) {
      var properties =
          new AMQP.BasicProperties.Builder()
              .deliveryMode(1 + random.nextInt(2))
              .priority(random.nextInt(5))
              .timestamp(random.nextBoolean() ? Date.from(FIRST_TIME.plusSeconds(i)) : null)
              .build();
      channel.basicPublish("", name, properties, new byte[random.nextInt(MAX_BODY_BYTES)]);
    }
    confirm(channel);
    if (random.nextBoolean()) {
      hold(channel, name, stream);
    }
  }

  private Map<String, Object> limits() {
    var limits = new HashMap<String, Object>();
    if (random.nextBoolean()) {
      limits.put("x-max-length", 1 + random.nextInt(5));
    }
    if (random.nextBoolean()) {
      limits.put("x-message-ttl", random.nextBoolean() ? 1L : NOT_DURING_A_TEST_MILLIS);
    }
    limits.put("x-dead-letter-exchange", "");
    limits.put("x-dead-letter-routing-key", "nowhere");
    return limits;
  }

  /** Takes some messages and keeps them: by consumers with a prefetch, or by fetching. */
  private void hold(Channel channel, String name, boolean stream) throws IOException {
    if (stream || random.nextBoolean()) {
      channel.basicQos(1 + random.nextInt(5));
      for (int i = 0; i <= random.nextInt(2); i++) {
        channel.basicConsume(name, false, (_, _) -> {}, _ -> {});
      }
    } else {
      for (int i = 0; i < random.nextInt(5); i++) {
        channel.basicGet(name, false);
      }
    }
  }

  private static void confirm(Channel channel) throws IOException {
    try {
      channel.waitForConfirms(30_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (TimeoutException e) {
      throw new IOException("messages were not confirmed in time", e);
    }
  }
}
