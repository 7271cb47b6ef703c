package io.mqexporter.demo;

import io.mqexporter.brokers.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A shop's traffic on a Kafka broker. Of its groups, {@code billing} keeps up, {@code analytics} is
 * too slow, {@code shipping} stops after a while, and {@code newcomer} never commits; the topic
 * {@code audit} is idle, and {@code orders.DLT} takes a dead letter now and then.
 */
public final class KafkaWorkload implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int AUDIT_RECORDS = 500;
  private static final int MOST_ORDERS_A_BURST = 20;
  private static final int BURSTS_A_DEAD_LETTER = 100;
  private static final Duration BETWEEN_BURSTS = Duration.ofMillis(200);
  private static final Duration SHIPPING_TIME = Duration.ofSeconds(15);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<KafkaConsumption> consumptions = new ArrayList<>();
  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(
          THREADS, Thread.ofPlatform().daemon().name("kafka-workload-", 0).factory());
  private final Random random = new Random(1);

  private KafkaWorkload(KafkaBroker broker) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                false,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                1000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Creates the topics that are not there and starts to produce and to consume. */
  public static KafkaWorkload start(KafkaBroker broker)
      throws ExecutionException, InterruptedException {
    try (Admin admin = broker.admin()) {
      Set<String> present = admin.listTopics().names().get();
      admin
          .createTopics(
              Stream.of(
                      new NewTopic("orders", 6, (short) 1),
                      new NewTopic("payments", 3, (short) 1),
                      new NewTopic("audit", 2, (short) 1),
                      new NewTopic("orders.DLT", 1, (short) 1))
                  .filter(topic -> !present.contains(topic.name()))
                  .toList())
          .all()
          .get();
    }
    var workload = new KafkaWorkload(broker);
    workload.run(broker.bootstrapServers());
    return workload;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumptions.forEach(KafkaConsumption::close);
    producer.close(CLOSE_TIMEOUT);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the threads; nobody waits for it.
  private void run(String bootstrapServers) {
    for (int i = 0; i < AUDIT_RECORDS; i++) {
      send("audit");
    }
    every(BETWEEN_BURSTS, this::produce);

    var billing = new KafkaConsumption(bootstrapServers, "billing", 500, "orders", "payments");
    consume(billing, Duration.ofMillis(100));
    // 20 a second, of about 50 that are produced.
    consume(
        new KafkaConsumption(bootstrapServers, "analytics", 10, "orders"), Duration.ofMillis(500));
    var newcomer = new KafkaConsumption(bootstrapServers, "newcomer", 500, "payments");
    consumptions.add(newcomer);
    every(Duration.ofMillis(500), newcomer::poll);

    var shipping = new KafkaConsumption(bootstrapServers, "shipping", 500, "orders");
    consume(shipping, Duration.ofMillis(200));
    threads.schedule(shipping::close, SHIPPING_TIME.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void consume(KafkaConsumption consumption, Duration pause) {
    consumptions.add(consumption);
    every(pause, consumption::pollAndCommit);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the threads; nobody waits for it.
  private void every(Duration pause, Runnable work) {
    threads.scheduleWithFixedDelay(work, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void produce() {
    int orders = random.nextInt(MOST_ORDERS_A_BURST + 1);
    for (int i = 0; i < orders; i++) {
      send("orders");
      if (i % 3 == 0) {
        send("payments");
      }
    }
    if (random.nextInt(BURSTS_A_DEAD_LETTER) == 0) {
      send("orders.DLT");
    }
  }

  /** A key for each record, so that all partitions are written to at all times. */
  @SuppressWarnings("FutureReturnValueIgnored") // What is not sent is not missed.
  private void send(String topic) {
    byte[] key = Integer.toString(random.nextInt()).getBytes(StandardCharsets.UTF_8);
    byte[] value =
        "{\"total\":%d}".formatted(random.nextInt(1_000)).getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, key, value));
  }
}
