package io.mqexporter.demo;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.Delivery;
import io.mqexporter.brokers.RabbitMqBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Traffic worth watching, about 50 messages a second: {@code orders} has a healthy consumer that
 * rejects one in forty, which go to {@code orders.dead}; {@code invoices}, a quorum queue, has one
 * that is too slow; the consumer of {@code emails} stops after a while; {@code reports} never has
 * any; {@code archive} is idle. It goes on after a restart of the broker.
 */
public final class RabbitMqWorkload implements AutoCloseable {

  private static final Duration EMAILS_CONSUMED_FOR = Duration.ofSeconds(20);
  private static final int CLOSE_TIMEOUT_MILLIS = 5_000;
  private static final int PERSISTENT = 2;
  private static final int PREFETCH = 20;
  private static final int ONE_IN_REJECTED = 40;
  // What nobody consumes grows; this keeps a demo that runs for a day small.
  private static final Map<String, Object> BOUNDED = Map.of("x-max-length", 100_000);

  private final Connection connection;
  private final ScheduledExecutorService scheduler;
  private final ExecutorService deliveries;
  private final Queue<Delivery> invoicesToAcknowledge = new ArrayDeque<>();

  /** A step of the work that the broker may refuse while it is away. */
  private interface Step {
    void run() throws IOException;
  }

  private RabbitMqWorkload(RabbitMqBroker broker) throws IOException, TimeoutException {
    deliveries = Executors.newFixedThreadPool(2);
    scheduler = new ScheduledThreadPoolExecutor(2);
    var factory = broker.connectionFactory();
    factory.setSharedExecutor(deliveries);
    connection = factory.newConnection("demo");
    try (Channel channel = connection.createChannel()) {
      declare(channel);
    }
    consumeOrders(connection.createChannel());
    consumeInvoicesSlowly(connection.createChannel());
    consumeEmailsForAWhile(connection.createChannel());
    Channel publishing = connection.createChannel();
    publish(publishing, "orders", 32);
    publish(publishing, "invoices", 8);
    publish(publishing, "emails", 8);
    publish(publishing, "reports", 2);
  }

  /** Declares the queues and starts to publish and consume. */
  public static RabbitMqWorkload start(RabbitMqBroker broker) {
    try {
      return new RabbitMqWorkload(broker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("RabbitMQ accepted no connection in time", e);
    }
  }

  /** Ends all traffic. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    connection.abort(CLOSE_TIMEOUT_MILLIS);
    deliveries.shutdownNow();
  }

  private static void declare(Channel channel) throws IOException {
    channel.exchangeDeclare("dead-letters", BuiltinExchangeType.DIRECT, true);
    channel.queueDeclare("orders.dead", true, false, false, BOUNDED);
    channel.queueBind("orders.dead", "dead-letters", "orders");
    channel.queueDeclare(
        "orders", true, false, false, Map.of("x-dead-letter-exchange", "dead-letters"));
    channel.queueDeclare(
        "invoices", true, false, false, Map.of("x-queue-type", "quorum", "x-max-length", 100_000));
    channel.queueDeclare("emails", true, false, false, BOUNDED);
    channel.queueDeclare("reports", true, false, false, BOUNDED);
    channel.queueDeclare("archive", true, false, false, Map.of());
  }

  private void publish(Channel channel, String queue, int perSecond) {
    every(
        Duration.ofSeconds(1).dividedBy(perSecond),
        () -> {
          var properties = new AMQP.BasicProperties.Builder().deliveryMode(PERSISTENT).build();
          byte[] body = ("a message for " + queue).getBytes(StandardCharsets.UTF_8);
          // A channel may not be used by two threads at a time.
          synchronized (channel) {
            channel.basicPublish("", queue, properties, body);
          }
        });
  }

  private static void consumeOrders(Channel channel) throws IOException {
    channel.basicQos(PREFETCH);
    DeliverCallback handler =
        (_, delivery) -> {
          long tag = delivery.getEnvelope().getDeliveryTag();
          tolerate(() -> {
            if (tag % ONE_IN_REJECTED == 0) {
              channel.basicReject(tag, false);
            } else {
              channel.basicAck(tag, false);
            }
          });
        };
    channel.basicConsume("orders", handler, _ -> {});
  }

  private void consumeInvoicesSlowly(Channel channel) throws IOException {
    channel.basicQos(PREFETCH);
    channel.basicConsume(
        "invoices",
        (_, delivery) -> {
          synchronized (invoicesToAcknowledge) {
            invoicesToAcknowledge.add(delivery);
          }
        },
        _ -> {});
    every(
        Duration.ofMillis(200),
        () -> {
          Delivery delivery;
          synchronized (invoicesToAcknowledge) {
            delivery = invoicesToAcknowledge.poll();
          }
          if (delivery != null) {
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
          }
        });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the scheduler; failures are tolerated.
  private void consumeEmailsForAWhile(Channel channel) throws IOException {
    channel.basicQos(PREFETCH);
    DeliverCallback handler =
        (_, delivery) ->
            tolerate(() -> channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false));
    String consumer = channel.basicConsume("emails", handler, _ -> {});
    scheduler.schedule(
        () -> tolerate(() -> channel.basicCancel(consumer)),
        EMAILS_CONSUMED_FOR.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the scheduler; failures are tolerated.
  private void every(Duration period, Step step) {
    scheduler.scheduleAtFixedRate(
        () -> tolerate(step), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void tolerate(Step step) {
    try {
      step.run();
    } catch (AlreadyClosedException | IOException e) {
      // The broker is away; the connection comes back by itself, this message does not.
      return;
    }
  }
}
