package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The alerts on what befalls a single Kafka node: a disk that fills up, a heap without room, a
 * single thread that is kept busy, a transaction that nobody knows of.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaNodeFaultsIT {

  private static final int NODE = 1;
  private static final String TOPIC = "orders";
  private static final String RECOMPRESSED = "recompressed";
  private static final String HUNG = "hung";
  private static final int PARTITIONS = 100;

  /** The longest metadata of an offset that a broker takes. */
  private static final int METADATA = 4_096;

  private static final double NEARLY_FULL = 0.93;
  private static final double ROOMY = 0.87;
  private static final Pattern TENURED = Pattern.compile("Tenured +total (\\d+)K, used (\\d+)K");

  private static KafkaCluster cluster;
  private static Admin admin;
  private static AlertWatch watch;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        KafkaCluster.start(
            "kafka-node-faults",
            KafkaSetup.of(1)
                .withDisk(1_024)
                .withJavaOptions("-Xms96m", "-Xmx96m")
                .with("num.io.threads", "1")
                // So that a transaction can be begun behind the coordinator's back.
                .with("transaction.partition.verification.enable", "false"));
    admin = cluster.admin();
    admin
        .createTopics(
            List.of(
                new NewTopic(TOPIC, PARTITIONS, (short) 1),
                new NewTopic(HUNG, 1, (short) 1),
                new NewTopic(RECOMPRESSED, 1, (short) 1)
                    .configs(Map.of("compression.type", "gzip", "compression.gzip.level", "9"))))
        .all()
        .get();
    watch =
        AlertWatch.start(
            "kafka-node-faults",
            """
              - name: kafka
                kafka: {bootstrap_servers: '%s', details_interval: 0s}
                jmx: {addresses: [%s]}
            """
                .formatted(cluster.bootstrapServers(), String.join(", ", cluster.jmxAddresses())));
    watch.awaitResult("kafka_log_dir_volume_usable_bytes");
  }

  @AfterAll
  static void stop() throws Exception {
    watch.close();
    admin.close();
    cluster.close();
  }

  @Order(2)
  @Test
  void aDiskThatIsNearlyFull() {
    cluster.disk(NODE).fill(0.95);
    watch.awaitFiring("KafkaDiskSpaceLow", "/disk");
    cluster.disk(NODE).empty();
    watch.awaitResolved("KafkaDiskSpaceLow");
  }

  @Order(3)
  @Test
  void aTransactionThatNobodyWillEnd() throws Exception {
    begin(new TopicPartition(HUNG, 0));
    watch.awaitFiring("KafkaHangingTransactions", "kafka");
    admin.deleteTopics(List.of(HUNG)).all().get();
    watch.awaitResolved("KafkaHangingTransactions");
  }

  /** Full of what groups have committed. */
  @Order(4)
  @Test
  void aHeapThatIsNearlyFull() throws Exception {
    var groups = new ArrayList<String>();
    while (tenured() < NEARLY_FULL) {
      String group = "verbose-" + groups.size();
      groups.add(group);
      var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
      for (int i = 0; i < PARTITIONS; i++) {
        offsets.put(new TopicPartition(TOPIC, i), new OffsetAndMetadata(0, "m".repeat(METADATA)));
      }
      admin.alterConsumerGroupOffsets(group, offsets).all().get();
    }
    watch.awaitFiring("MessagingJvmHeapNearlyFull", "kafka");
    admin.deleteConsumerGroups(groups).all().get();
    // The broker lets go of them a little later.
    await().until(() -> tenured() < ROOMY);
    watch.awaitResolved("MessagingJvmHeapNearlyFull");
  }

  /** By two percent a minute. */
  @Order(1)
  @Tag("soak")
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the thread.
  void aDiskThatFillsUp() {
    var percent = new AtomicInteger(72);
    try (var thread = Executors.newSingleThreadScheduledExecutor()) {
      thread.scheduleAtFixedRate(
          () -> cluster.disk(NODE).fill(percent.getAndIncrement() / 100.0),
          0,
          30,
          TimeUnit.SECONDS);
      try {
        watch.awaitFiring("KafkaDiskFillingUp", "/disk", Duration.ofMinutes(8));
      } finally {
        thread.shutdownNow();
      }
    }
    cluster.disk(NODE).empty();
    watch.awaitResolved("KafkaDiskFillingUp");
  }

  /**
   * With compressing what comes as it is, one request after another, so that others have their turn
   * between them. What counts is the mean of a minute.
   */
  @Order(5)
  @Tag("soak")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the thread.
  void theOnlyThreadIsBusy() {
    try (var producer =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    cluster.bootstrapServers(),
                    "acks",
                    "1",
                    "enable.idempotence",
                    false,
                    "max.in.flight.requests.per.connection",
                    1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        var thread = Executors.newSingleThreadExecutor()) {
      var random = new Random(1);
      var value = new byte[100_000];
      for (int i = 0; i < value.length; i++) {
        value[i] = (byte) random.nextInt(4);
      }
      var busy = new AtomicBoolean(true);
      thread.submit(() -> {
        while (busy.get()) {
          // It blocks while its buffer is full.
          producer.send(new ProducerRecord<>(RECOMPRESSED, value));
        }
      });
      try {
        watch.awaitFiring("KafkaRequestHandlersBusy", "kafka", Duration.ofMinutes(4));
      } finally {
        busy.set(false);
      }
    }
    watch.awaitResolved("KafkaRequestHandlersBusy");
  }

  /** Writes a record of a transaction that its coordinator has not heard of. */
  private static void begin(TopicPartition partition) throws IOException {
    long before = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
    var data =
        new ProduceRequestData()
            .setAcks((short) -1)
            .setTimeoutMs(10_000)
            .setTransactionalId("unknown")
            .setTopicData(
                new ProduceRequestData.TopicProduceDataCollection(
                    List.of(
                            new ProduceRequestData.TopicProduceData()
                                .setName(partition.topic())
                                .setPartitionData(
                                    List.of(
                                        new ProduceRequestData.PartitionProduceData()
                                            .setIndex(partition.partition())
                                            .setRecords(
                                                MemoryRecords.withTransactionalRecords(
                                                    Compression.NONE,
                                                    4_711,
                                                    (short) 0,
                                                    0,
                                                    new SimpleRecord(
                                                        before, null, new byte[] {1}))))))
                        .iterator()));
    // The last version that does not tell the coordinator itself (KIP-890).
    short version = 11;
    var header = new RequestHeader(ApiKeys.PRODUCE, version, "test", 1);
    ByteBuffer request = ProduceRequest.builder(data).build(version).serializeWithHeader(header);
    var address = URI.create("tcp://" + cluster.bootstrapServers());
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      var bytes = new byte[request.remaining()];
      request.get(bytes);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(bytes.length);
      out.write(bytes);
      var in = new DataInputStream(socket.getInputStream());
      var response =
          (ProduceResponse)
              AbstractResponse.parseResponse(ByteBuffer.wrap(in.readNBytes(in.readInt())), header);
      assertThat(response.errorCounts()).containsOnlyKeys(Errors.NONE);
    }
  }

  /** Returns how much of the place for what lives long is used after a collection. */
  private static double tenured() {
    Command.jcmd(cluster.handle(NODE), "GC.run");
    Matcher matcher = TENURED.matcher(Command.jcmd(cluster.handle(NODE), "GC.heap_info"));
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(2)) / Double.parseDouble(matcher.group(1));
  }
}
