package io.mqexporter.demo;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.brokers.RocketMqClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/**
 * Traffic worth watching, about 50 messages a second in the topics {@code orders} and {@code
 * payments}; {@code audit} is idle. The group {@code billing} keeps up with orders, {@code
 * analytics} is too slow for them, {@code shipping} stops after a while, and {@code newcomer} is
 * connected but never commits. {@code fraud-check} fails one payment in forty for good, which goes
 * to its dead-letter topic. It goes on after a restart of the broker.
 */
public final class RocketMqWorkload implements AutoCloseable {

  private static final String ORDERS = "orders";
  private static final String PAYMENTS = "payments";
  private static final String AUDIT = "audit";
  private static final int ORDERS_PER_SECOND = 40;
  private static final int PAYMENTS_PER_SECOND = 10;
  private static final int AUDIT_MESSAGES = 100;
  private static final int ONE_IN_FAILS = 40;
  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(1);

  /** Enough for a broker that has just started on a busy machine: each of the first is stored. */
  private static final Duration FIRST_SEND_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration SHIPPING_CONSUMES_FOR = Duration.ofSeconds(20);
  private static final Duration ANALYTICS_NEEDS = Duration.ofMillis(100);

  private final RocketMqClients clients;
  private final DefaultMQProducer producer;
  private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(1);

  private RocketMqWorkload(RocketMqBroker broker) {
    clients = new RocketMqClients(broker.cluster());
    producer = clients.producer("shop");
    try {
      for (int i = 0; i < AUDIT_MESSAGES; i++) {
        send(AUDIT, FIRST_SEND_TIMEOUT);
      }
      send(ORDERS, FIRST_SEND_TIMEOUT);
      send(PAYMENTS, FIRST_SEND_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (RemotingException | MQBrokerException | MQClientException e) {
      throw new IllegalStateException(e);
    }
    consumeOrders();
    checkPayments();
    every(ORDERS_PER_SECOND, ORDERS);
    every(PAYMENTS_PER_SECOND, PAYMENTS);
  }

  /** Creates the topics and starts to produce and consume. */
  public static RocketMqWorkload start(RocketMqBroker broker) {
    return new RocketMqWorkload(broker);
  }

  /** Ends all traffic. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    clients.close();
  }

  private void consumeOrders() {
    clients.push("billing", ORDERS, (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS, _ -> {});
    clients.push(
        "analytics",
        ORDERS,
        (_, _) -> {
          pause(ANALYTICS_NEEDS);
          return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        },
        // So that it fetches no more than it is given: its position then tells what it has done.
        consumer -> consumer.setPullThresholdForQueue(32));
    Runnable stop =
        clients.push(
            "shipping", ORDERS, (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS, _ -> {});
    after(SHIPPING_CONSUMES_FOR, stop);
    clients.idle("newcomer", ORDERS);
  }

  private void checkPayments() {
    var seen = new AtomicLong();
    clients.push(
        "fraud-check",
        PAYMENTS,
        (_, _) ->
            seen.incrementAndGet() % ONE_IN_FAILS == 0
                ? ConsumeConcurrentlyStatus.RECONSUME_LATER
                : ConsumeConcurrentlyStatus.CONSUME_SUCCESS,
        consumer -> consumer.setMaxReconsumeTimes(0));
  }

  /** On a busy machine, too, so many a second that the slow one cannot keep up. */
  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the scheduler; failures are tolerated.
  private void every(int perSecond, String topic) {
    scheduler.scheduleAtFixedRate(
        () -> trySend(topic), 0, TimeUnit.SECONDS.toMicros(1) / perSecond, TimeUnit.MICROSECONDS);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the scheduler.
  private void after(Duration delay, Runnable task) {
    scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void trySend(String topic) {
    try {
      send(topic, SEND_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RemotingException | MQBrokerException | MQClientException e) {
      // The broker is away; the connection comes back by itself, this message does not.
      return;
    }
  }

  private void send(String topic, Duration timeout)
      throws InterruptedException, RemotingException, MQBrokerException, MQClientException {
    producer.send(
        new Message(topic, ("a message for " + topic).getBytes(StandardCharsets.UTF_8)),
        timeout.toMillis());
  }

  private static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
