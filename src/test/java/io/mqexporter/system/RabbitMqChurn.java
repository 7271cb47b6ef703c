package io.mqexporter.system;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqManagement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Clients that open connections, channels and queues, let messages go every way that there is, and
 * delete and close all that they opened, over and over again.
 */
final class RabbitMqChurn implements AutoCloseable {

  private static final String VHOST = "churn";
  private static final int CLIENTS = 2;
  private static final int MESSAGES = 6;

  private final ConnectionFactory factory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger rounds = new AtomicInteger();
  private final CompletableFuture<?> clients;
  private volatile boolean ended;

  private RabbitMqChurn(RabbitMqBroker broker) {
    // Of its own, so that nobody else's numbers are disturbed.
    RabbitMqManagement.addVhost(broker, VHOST);
    this.factory = broker.connectionFactory();
    factory.setVirtualHost(VHOST);
    this.clients =
        CompletableFuture.allOf(
            IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.runAsync(() -> work(client), threads))
                .toArray(CompletableFuture[]::new));
  }

  /** Begins; it ends when it is closed. */
  static RabbitMqChurn start(RabbitMqBroker broker) {
    return new RabbitMqChurn(broker);
  }

  /** Returns how many connections have come and gone. */
  int rounds() {
    return rounds.get();
  }

  /** Ends, and fails if one of the clients did. */
  @Override
  public void close() {
    ended = true;
    clients.orTimeout(30, TimeUnit.SECONDS).join();
    threads.shutdownNow();
  }

  private void work(int client) {
    for (int round = 0; !ended; round++) {
      try (Connection connection = factory.newConnection()) {
        String queue = "churn-%d-%d".formatted(client, round);
        String type = round % 2 == 0 ? "classic" : "quorum";
        try (Channel channel = connection.createChannel()) {
          channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", type));
          publish(channel, queue);
          consume(channel, queue);
        }
        try (Channel channel = connection.createChannel()) {
          publish(channel, queue);
          channel.queueDelete(queue);
        }
      } catch (Exception e) {
        throw new IllegalStateException("client " + client + ", round " + round, e);
      }
      rounds.incrementAndGet();
    }
  }

  private static void publish(Channel channel, String queue) throws Exception {
    channel.confirmSelect();
    for (int i = 0; i < MESSAGES; i++) {
      channel.basicPublish("", queue, null, new byte[1]);
      channel.basicPublish("amq.topic", "nowhere", i % 2 == 0, null, new byte[1]);
    }
    channel.waitForConfirms(30_000);
  }

  private static void consume(Channel channel, String queue) throws Exception {
    channel.basicGet(queue, true);
    channel.basicNack(channel.basicGet(queue, false).getEnvelope().getDeliveryTag(), false, true);
    channel.basicReject(channel.basicGet(queue, false).getEnvelope().getDeliveryTag(), false);
    channel.basicAck(channel.basicGet(queue, false).getEnvelope().getDeliveryTag(), false);
  }
}
