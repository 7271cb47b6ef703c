package io.mqexporter.system;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A cluster of three nodes with consumers of every kind of trouble. */
final class FaultyKafka implements AutoCloseable {

  private static final int RECORDS = 100;

  /** More than one in ten seconds over the scaled day, which is 24 minutes. */
  private static final int ENOUGH_FOR_A_DAY = 5_000;

  /** Not so soon that the agent, which looks every second, misses it. */
  private static final Duration COMES_OR_GOES = Duration.ofMillis(1_200);

  private static final TopicPartition LOST = new TopicPartition("lost", 0);

  private final KafkaCluster cluster = KafkaCluster.start("faulty-kafka", KafkaSetup.of(3));
  private final Admin admin = cluster.admin();
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();
  private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2);

  FaultyKafka() throws ExecutionException, InterruptedException {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                // In order also where a broker does not know a new topic yet.
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    admin
        .createTopics(
            List.of(
                new NewTopic("orders", Map.of(0, List.of(1, 2, 3))),
                new NewTopic("silent", Map.of(0, List.of(1, 2, 3))),
                new NewTopic("lost", Map.of(0, List.of(1, 2, 3))),
                new NewTopic("alone", Map.of(0, List.of(3))),
                new NewTopic("strict", Map.of(0, List.of(2, 3)))
                    .configs(Map.of("min.insync.replicas", "2"))))
        .all()
        .get();
    for (String topic : List.of("orders", "lost")) {
      produce(topic, RECORDS);
    }
    commit("stopped", new TopicPartition("orders", 0), 10);
    commit("loser", LOST, 20);
    commit("rewinder", LOST, 50);
  }

  String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** Begins what has to be seen to begin: traffic, a consumer that is slow and one that hangs. */
  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the threads; nobody waits for it.
  void start() {
    KafkaConsumer<byte[], byte[]> stalled = join("stalled", 1);
    stalled.commitSync();
    KafkaConsumer<byte[], byte[]> unassigned = join("unassigned", 1);
    unassigned.commitSync(Map.of(LOST, new OffsetAndMetadata(1)));
    KafkaConsumer<byte[], byte[]> slow = join("slow", 1);
    slow.commitSync();
    // The first member does not poll, so that the group waits five minutes for it to join anew.
    join("rebalancing", 1);
    KafkaConsumer<byte[], byte[]> another = subscribe("rebalancing", 1);
    threads.scheduleWithFixedDelay(
        () -> {
          produce("orders", 20);
          slow.poll(Duration.ofMillis(100));
          slow.commitSync();
          another.poll(Duration.ofMillis(100));
        },
        0,
        1,
        TimeUnit.SECONDS);
    produce("silent", ENOUGH_FOR_A_DAY);
    KafkaConsumer<byte[], byte[]> flapping = subscribe("flapping", 1);
    threads.scheduleWithFixedDelay(
        () -> comeOrGo(flapping), 0, COMES_OR_GOES.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void comeOrGo(KafkaConsumer<?, ?> member) {
    if (member.subscription().isEmpty()) {
      member.subscribe(List.of("orders"));
      // As far as it takes to be a member.
      member.poll(Duration.ofMillis(100));
    } else {
      member.unsubscribe();
    }
  }

  /** Deletes old records that everybody has consumed, as retention does. */
  void deleteConsumed() throws ExecutionException, InterruptedException {
    admin.deleteRecords(Map.of(LOST, RecordsToDelete.beforeOffset(10))).all().get();
  }

  /** Deletes records that the group {@code loser} has not consumed. */
  void deleteUnconsumed() throws ExecutionException, InterruptedException {
    admin.deleteRecords(Map.of(LOST, RecordsToDelete.beforeOffset(40))).all().get();
  }

  /** Sets the group {@code rewinder} back. */
  void rewind() throws ExecutionException, InterruptedException {
    commit("rewinder", LOST, 45);
  }

  /** Ends the node that {@code alone} and a part of the others live on. */
  void killNode() {
    cluster.kill(3);
  }

  /** Ends one more, so that there is no majority of controllers. */
  void killMajority() {
    threads.shutdownNow();
    cluster.kill(2);
  }

  /** Starts what was ended. */
  void repair() {
    cluster.restartEnded();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    producer.close(Duration.ofSeconds(1));
    consumers.forEach(KafkaConsumer::close);
    admin.close(Duration.ofSeconds(1));
    cluster.close();
  }

  private void commit(String group, TopicPartition partition, long offset)
      throws ExecutionException, InterruptedException {
    admin
        .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is not sent is not missed.
  private void produce(String topic, int records) {
    for (int i = 0; i < records; i++) {
      producer.send(new ProducerRecord<>(topic, "a record".getBytes(StandardCharsets.UTF_8)));
    }
    producer.flush();
  }

  private KafkaConsumer<byte[], byte[]> join(String group, int mostRecords) {
    KafkaConsumer<byte[], byte[]> consumer = subscribe(group, mostRecords);
    Awaitility.await(group)
        .pollInSameThread()
        .until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
    return consumer;
  }

  private KafkaConsumer<byte[], byte[]> subscribe(String group, int mostRecords) {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "group.id",
                group,
                "max.poll.records",
                mostRecords,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumers.add(consumer);
    consumer.subscribe(List.of("orders"));
    return consumer;
  }
}
