package io.mqexporter.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer and a consumer of each protocol at work on one topic, until they are stopped. */
final class KafkaTraffic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  /** Offsets move during each pass, and the brokers still have time for it. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final String bootstrapServers;
  private final String topic;
  private final AtomicLong consumed = new AtomicLong();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private KafkaTraffic(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
  }

  /** Starts producing to a topic and consuming from it, as a group of each protocol. */
  static KafkaTraffic start(String bootstrapServers, String topic) {
    var traffic = new KafkaTraffic(bootstrapServers, topic);
    traffic.threads.add(Thread.ofVirtual().start(traffic::produce));
    for (GroupProtocol protocol : GroupProtocol.values()) {
      traffic.threads.add(Thread.ofVirtual().start(() -> traffic.consume(protocol)));
    }
    return traffic;
  }

  /** Returns how many records were consumed and committed. */
  long consumed() {
    return consumed.get();
  }

  @Override
  public void close() {
    end.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(20));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What a fault costs the producer does not matter.
  private void produce() {
    try (var producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                false,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                1000),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      while (!endedAfter(PAUSE)) {
        producer.send(new ProducerRecord<>(topic, new byte[20]));
        producer.flush();
      }
    }
  }

  private void consume(GroupProtocol protocol) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                protocol.name(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "traffic-" + protocol.name().toLowerCase(Locale.ROOT),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (!endedAfter(Duration.ZERO)) {
        consumed.addAndGet(consumeOnce(consumer));
      }
    }
  }

  /** Returns how many records were consumed; 0 in a fault or a rebalance. */
  private static int consumeOnce(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      int records = consumer.poll(POLL).count();
      consumer.commitSync(Duration.ofSeconds(1));
      return records;
    } catch (KafkaException e) {
      return 0;
    }
  }

  private boolean endedAfter(Duration pause) {
    try {
      return end.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
