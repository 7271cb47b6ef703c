package io.mqexporter.system;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import io.mqexporter.brokers.RabbitMqBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A RabbitMQ node with clients that each are in trouble of their own, and alarms of the node. */
final class FaultyRabbitMq implements AutoCloseable {

  private static final int KEPT_CONNECTIONS = 110;
  private static final byte[] BODY = "a message".getBytes(StandardCharsets.UTF_8);

  private final RabbitMqBroker broker = RabbitMqBroker.start("faulty-rabbitmq");
  private final ConnectionFactory factory = broker.connectionFactory();
  private final List<Connection> connections = new ArrayList<>();
  private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2);

  FaultyRabbitMq() {
    factory.setAutomaticRecoveryEnabled(false);
  }

  RabbitMqBroker broker() {
    return broker;
  }

  /** Begins all that does not disturb the rest. */
  void start() throws IOException, TimeoutException {
    Channel channel = connect().createChannel();
    channel.queueDeclare("full", false, false, false, Map.of("x-max-length", 100));
    publish(channel, "full", 100);
    channel.queueDeclare(
        "rejecting",
        false,
        false,
        false,
        Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", "rejected"));
    channel.queueDeclare("rejected", false, false, false, Map.of());
    holdMessages();
    rejectForEver();
    churn();
    every(
        100,
        () -> {
          channel.basicPublish("amq.direct", "nowhere", null, BODY);
          channel.basicPublish("", "rejecting", null, BODY);
          var got = channel.basicGet("rejecting", false);
          if (got != null) {
            channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
          }
        });
  }

  /** Has the node block all publishers. */
  void raiseAlarms() {
    broker.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "10MB");
    broker.rabbitmqctl("set_disk_free_limit", "10000GB");
  }

  /** Ends the alarms and all clients, and deletes what they used. */
  void repair() throws IOException, TimeoutException {
    broker.rabbitmqctl("set_vm_memory_high_watermark", "0.4");
    broker.rabbitmqctl("set_disk_free_limit", "50MB");
    threads.shutdownNow();
    connections.forEach(Connection::abort);
    connections.clear();
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      for (String queue : List.of("full", "rejecting", "rejected", "held", "again")) {
        channel.queueDelete(queue);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    connections.forEach(Connection::abort);
    broker.close();
  }

  /** A consumer that acknowledges one message and then none. */
  private void holdMessages() throws IOException, TimeoutException {
    Channel channel = connect().createChannel();
    channel.queueDeclare("held", false, false, false, Map.of());
    publish(channel, "held", 50);
    channel.basicQos(5);
    var delivered = new AtomicInteger();
    DeliverCallback handler =
        (_, delivery) -> {
          if (delivered.incrementAndGet() == 1) {
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
          }
        };
    channel.basicConsume("held", handler, _ -> {});
  }

  /** A consumer that puts each message back. */
  private void rejectForEver() throws IOException, TimeoutException {
    Channel channel = connect().createChannel();
    channel.queueDeclare("again", false, false, false, Map.of());
    publish(channel, "again", 5);
    every(
        50,
        () -> {
          var got = channel.basicGet("again", false);
          if (got != null) {
            channel.basicReject(got.getEnvelope().getDeliveryTag(), true);
          }
        });
  }

  /** A client that opens connections and closes them, beside many that stay. */
  private void churn() throws IOException, TimeoutException {
    for (int i = 0; i < KEPT_CONNECTIONS; i++) {
      connect();
    }
    every(
        20,
        () -> {
          try {
            factory.newConnection().close();
          } catch (TimeoutException e) {
            throw new IOException(e);
          }
        });
  }

  private Connection connect() throws IOException, TimeoutException {
    Connection connection = factory.newConnection();
    connections.add(connection);
    return connection;
  }

  private static void publish(Channel channel, String queue, int messages) throws IOException {
    for (int i = 0; i < messages; i++) {
      channel.basicPublish("", queue, null, BODY);
    }
  }

  /** A step of a client that the broker may refuse in the end. */
  private interface Step {
    void run() throws IOException;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the threads; nobody waits for it.
  private void every(int millis, Step step) {
    threads.scheduleWithFixedDelay(
        () -> {
          try {
            step.run();
          } catch (AlreadyClosedException e) {
            return; // Everything ends.
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        0,
        millis,
        TimeUnit.MILLISECONDS);
  }
}
