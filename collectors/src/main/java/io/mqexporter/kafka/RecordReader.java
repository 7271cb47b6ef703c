package io.mqexporter.kafka;

import io.mqexporter.collector.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Looks up the next records that can be read at given offsets: when they were written, or that
 * there are none. Many partitions are asked for at once, in one request to each leader, and the
 * reading ends when its budget of bytes is spent. Nothing is committed and no group is joined.
 */
final class RecordReader implements AutoCloseable {

  private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(100);

  /**
   * More than a producer's batch by default is. Of a batch that is larger, a leader sends the whole
   * in answer to a request that begins with its partition.
   */
  private static final int MAX_PARTITION_FETCH_BYTES = 64 << 10;

  private final long maxBytes;
  private final Consumer<ByteBuffer, ByteBuffer> consumer;
  private final List<Metric> incomingBytes;

  /**
   * Where to look.
   *
   * @param from the offset at which to begin
   * @param end the offset at which to end
   */
  record Position(TopicPartition partition, long from, long end) {}

  /** What was found. */
  sealed interface Finding {

    /**
     * The next record that can be read.
     *
     * @param epochMillis the time that it bears
     */
    record Found(long offset, long epochMillis) implements Finding {}

    /** No record can be read before an offset. */
    record NothingBefore(long offset) implements Finding {}

    /** It could not be found out. */
    record Failed(KafkaException failure) implements Finding {}
  }

  /**
   * Creates a reader.
   *
   * @param properties how the cluster is reached
   * @param maxBytes after how many bytes a reading ends
   * @throws KafkaException if a property is refused
   */
  RecordReader(Map<String, Object> properties, long maxBytes) {
    this.maxBytes = maxBytes;
    var own = new HashMap<>(properties);
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL_TIMEOUT.toMillis() / 2);
    own.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) Math.min(maxBytes, Integer.MAX_VALUE));
    own.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_FETCH_BYTES);
    this.consumer =
        new KafkaConsumer<>(own, new ByteBufferDeserializer(), new ByteBufferDeserializer());
    this.incomingBytes = metrics("incoming-byte-total");
  }

  /**
   * Looks at all positions, as far as time and bytes allow. A position about which nothing could be
   * found out until then is left out.
   */
  synchronized Map<Position, Finding> read(Collection<Position> positions, Deadline deadline)
      throws InterruptedException {
    var findings = new HashMap<Position, Finding>();
    var waiting = new LinkedHashMap<TopicPartition, Queue<Position>>();
    for (Position position : positions) {
      waiting.computeIfAbsent(position.partition(), _ -> new ArrayDeque<>()).add(position);
    }
    double bytesEnd = incomingBytes() + maxBytes;
    while (!waiting.isEmpty() && !deadline.hasPassed() && incomingBytes() < bytesEnd) {
      var round = new HashMap<TopicPartition, Position>();
      waiting.forEach((partition, queue) -> round.put(partition, queue.remove()));
      waiting.values().removeIf(Queue::isEmpty);
      try {
        readRound(round, findings, deadline, bytesEnd);
      } catch (InterruptException e) {
        Thread.interrupted();
        throw (InterruptedException) new InterruptedException().initCause(e);
      } catch (WakeupException e) {
        // Closed.
        return findings;
      } catch (KafkaException e) {
        round.values().forEach(position -> findings.putIfAbsent(position, new Finding.Failed(e)));
      }
    }
    return findings;
  }

  /** Returns how many requests were sent. */
  long requestsSent() {
    return (long) sum(metrics("request-total"));
  }

  /** Ends a reading that is under way, and closes the connections. */
  @Override
  public void close() {
    consumer.wakeup();
    closeConsumer();
  }

  private synchronized void closeConsumer() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }

  private void readRound(
      Map<TopicPartition, Position> round,
      Map<Position, Finding> findings,
      Deadline deadline,
      double bytesEnd) {
    var open = new HashMap<>(round);
    consumer.assign(open.keySet());
    open.forEach((partition, position) -> consumer.seek(partition, position.from()));
    readTurn(List.copyOf(open.keySet()), open, findings, deadline, bytesEnd);
  }

  /**
   * Reads some of the open partitions, the others paused. Of a record that cannot be decoded the
   * consumer tells no more than that there is one, again and again, and nothing of what it has of
   * other partitions behind it; so each half is then read by itself, until it is known whose it is.
   */
  private void readTurn(
      List<TopicPartition> turn,
      Map<TopicPartition, Position> open,
      Map<Position, Finding> findings,
      Deadline deadline,
      double bytesEnd) {
    consumer.pause(open.keySet());
    List<TopicPartition> unread = unread(turn, open);
    consumer.resume(unread);
    while (!unread.isEmpty() && !deadline.hasPassed() && incomingBytes() < bytesEnd) {
      try {
        ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(timeout(deadline));
        for (TopicPartition partition : records.partitions()) {
          ConsumerRecord<ByteBuffer, ByteBuffer> first = records.records(partition).getFirst();
          settle(partition, new Finding.Found(first.offset(), first.timestamp()), open, findings);
        }
        settleEmpty(open, findings);
      } catch (TopicAuthorizationException e) {
        Set<String> topics = e.unauthorizedTopics();
        fail(
            open.keySet().stream().filter(one -> topics.contains(one.topic())).toList(),
            e,
            open,
            findings);
      } catch (OffsetOutOfRangeException e) {
        // Retention was faster.
        e.partitions().forEach(partition -> drop(partition, open));
      } catch (ApiException | InterruptException | WakeupException e) {
        // Of no partition; they are kinds of what follows.
        throw e;
      } catch (KafkaException e) {
        if (unread.size() == 1) {
          fail(unread, e, open, findings);
        } else {
          int half = unread.size() / 2;
          readTurn(unread.subList(0, half), open, findings, deadline, bytesEnd);
          readTurn(unread.subList(half, unread.size()), open, findings, deadline, bytesEnd);
        }
      }
      unread = unread(turn, open);
    }
  }

  private static List<TopicPartition> unread(
      List<TopicPartition> turn, Map<TopicPartition, Position> open) {
    return turn.stream().filter(open::containsKey).toList();
  }

  /** Settles the partitions in which the consumer has come to the end without a record. */
  private void settleEmpty(Map<TopicPartition, Position> open, Map<Position, Finding> findings) {
    for (Map.Entry<TopicPartition, Position> entry : List.copyOf(open.entrySet())) {
      long reached = position(entry.getKey());
      if (reached >= entry.getValue().end()) {
        settle(entry.getKey(), new Finding.NothingBefore(reached), open, findings);
      }
    }
  }

  /** Returns how far the consumer has come; -1 if it does not know yet. */
  private long position(TopicPartition partition) {
    try {
      return consumer.position(partition, Duration.ZERO);
    } catch (TimeoutException e) {
      return -1;
    }
  }

  private void settle(
      TopicPartition partition,
      Finding finding,
      Map<TopicPartition, Position> open,
      Map<Position, Finding> findings) {
    Position position = open.get(partition);
    if (position != null) {
      findings.put(position, finding);
      drop(partition, open);
    }
  }

  /** Gives partitions up, and what the consumer has kept of them. */
  private void fail(
      List<TopicPartition> partitions,
      KafkaException failure,
      Map<TopicPartition, Position> open,
      Map<Position, Finding> findings) {
    partitions.forEach(one -> settle(one, new Finding.Failed(failure), open, findings));
    consumer.assign(List.copyOf(open.keySet()));
  }

  private void drop(TopicPartition partition, Map<TopicPartition, Position> open) {
    open.remove(partition);
    consumer.pause(List.of(partition));
  }

  private static Duration timeout(Deadline deadline) {
    Duration remaining = deadline.remaining();
    return remaining.compareTo(POLL_TIMEOUT) < 0 ? remaining : POLL_TIMEOUT;
  }

  private double incomingBytes() {
    return sum(incomingBytes);
  }

  private List<Metric> metrics(String name) {
    return consumer.metrics().values().stream()
        .filter(metric ->
            metric.metricName().name().equals(name)
                && metric.metricName().group().equals("consumer-metrics"))
        .<Metric>map(metric -> metric)
        .toList();
  }

  private static double sum(List<Metric> metrics) {
    return metrics.stream()
        .map(Metric::metricValue)
        .mapToDouble(value -> value instanceof Double number ? number : 0)
        .sum();
  }
}
