package io.mqexporter.kafka;

import io.mqexporter.collector.Deadline;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Which offset of a copy stands for which offset of its source, as MirrorMaker 2 writes it down in
 * a topic of the source's cluster (KIP-382: {@code mm2-offset-syncs.<alias>.internal}): whenever
 * the two move apart, and now and then while they do not. Read to its end once, and then only what
 * is new.
 */
final class OffsetSyncs implements AutoCloseable {

  private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(100);

  private final TopicPartition topic;
  private final Consumer<ByteBuffer, ByteBuffer> consumer;
  private final Map<TopicPartition, Sync> latest = new HashMap<>();
  private long next = -1;

  /**
   * A record of the source and its copy.
   *
   * @param source its offset in the source
   * @param copy its offset in the copy
   */
  record Sync(long source, long copy) {}

  /**
   * Creates a reader.
   *
   * @param properties how the source's cluster is reached
   * @param targetAlias what MirrorMaker 2 calls the cluster that it copies to
   */
  OffsetSyncs(Map<String, Object> properties, String targetAlias) {
    this.topic = topic(targetAlias);
    var own = new HashMap<>(properties);
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL_TIMEOUT.toMillis() / 2);
    this.consumer =
        new KafkaConsumer<>(own, new ByteBufferDeserializer(), new ByteBufferDeserializer());
    consumer.assign(List.of(topic));
  }

  /** Returns the partition that holds them all. */
  static TopicPartition topic(String targetAlias) {
    return new TopicPartition("mm2-offset-syncs." + targetAlias + ".internal", 0);
  }

  /**
   * Reads what is new.
   *
   * @param start the offset at which the topic starts
   * @param end the offset at which it ends
   * @return whether all of it could be read in time
   */
  boolean read(long start, long end, Deadline deadline) throws InterruptedException {
    if (next < start || next > end) {
      // The first time, or another topic of the same name.
      latest.clear();
      next = start;
    }
    try {
      consumer.seek(topic, next);
      while (next < end && !deadline.hasPassed()) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> each : consumer.poll(POLL_TIMEOUT)) {
          take(each);
        }
        next = consumer.position(topic, deadline.remaining());
      }
    } catch (InterruptException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
    return next >= end;
  }

  private void take(ConsumerRecord<ByteBuffer, ByteBuffer> read) {
    Optional<ByteBuffer> key = Optional.ofNullable(read.key());
    Optional<ByteBuffer> value = Optional.ofNullable(read.value());
    if (key.isEmpty()) {
      return;
    }
    try {
      TopicPartition partition = partition(key.get());
      value.ifPresentOrElse(
          v -> latest.put(partition, new Sync(v.getLong(), v.getLong())),
          () -> latest.remove(partition));
    } catch (BufferUnderflowException e) {
      // Whoever wrote that, it was not MirrorMaker 2.
      return;
    }
  }

  /** A text with its length before it, and a number. */
  private static TopicPartition partition(ByteBuffer key) {
    byte[] name = new byte[Math.clamp(key.getShort(), 0, key.remaining())];
    key.get(name);
    return new TopicPartition(new String(name, StandardCharsets.UTF_8), key.getInt());
  }

  /** Returns the topics of which a record was copied. */
  Set<String> topics() {
    var topics = new HashSet<String>();
    latest.keySet().forEach(partition -> topics.add(partition.topic()));
    return topics;
  }

  /** Returns the last record of a partition that was written down. */
  Optional<Sync> last(TopicPartition partition) {
    return Optional.ofNullable(latest.get(partition));
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }
}
