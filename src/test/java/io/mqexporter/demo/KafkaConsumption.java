package io.mqexporter.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One consumer of a group, driven from outside; it may be used by one thread after the other. */
final class KafkaConsumption implements AutoCloseable {

  /**
   * So few that a poll takes a little of every partition, instead of emptying one after another.
   */
  private static final int BYTES_A_FETCH = 500;

  private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private boolean closed;

  /**
   * Joins a group.
   *
   * @param mostRecords how many records a poll consumes at most
   */
  KafkaConsumption(String bootstrapServers, String group, int mostRecords, String... topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG, group,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BYTES_A_FETCH,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(topics));
  }

  /** Consumes what is there. */
  synchronized void poll() {
    if (!closed) {
      consumer.poll(POLL_TIMEOUT);
    }
  }

  /** Consumes what is there, and says so to the broker. */
  synchronized void pollAndCommit() {
    if (!closed) {
      consumer.poll(POLL_TIMEOUT);
      consumer.commitAsync();
    }
  }

  /** Leaves the group. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }
}
