package io.mqexporter.rabbitmq.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.NodeNumber;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.Queue.DeadLetterRoute;
import io.mqexporter.rabbitmq.snapshot.Queue.Declaration;
import io.mqexporter.rabbitmq.snapshot.Queue.Replicas;
import io.mqexporter.rabbitmq.snapshot.QueueNumber;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Exchange;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementJsonTest {

  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  @Test
  void readsAClassicQueue() throws IOException {
    assertThat(
            queues(
                """
                [{"arguments":{"x-dead-letter-exchange":"dlx","x-max-length":10},"auto_delete":false,
                  "backing_queue_status":{"delta":["delta","undefined",0,0,"undefined"],"len":7,
                  "target_ram_count":"infinity"},"consumer_capacity":0.25,"consumers":2,
                  "durable":true,"effective_policy_definition":{"dead-letter-routing-key":"dead"},
                  "head_message_timestamp":1700000000,"memory":15744,"message_bytes":70,
                  "message_bytes_ready":30,"message_bytes_unacknowledged":40,
                  "message_stats":{"ack":5,"ack_details":{"rate":0.0},"deliver":9,"deliver_get":15,
                  "deliver_no_ack":1,"get":2,"get_no_ack":3,"publish":17,"redeliver":4},
                  "messages":7,"messages_details":{"rate":0.2},"messages_ready":3,
                  "messages_unacknowledged":4,"name":"orders","node":"rabbit@a","policy":"p",
                  "state":"running","type":"classic","vhost":"/"}]
                """))
        .containsExactly(
            new Queue(
                new DestinationId("/", "orders"),
                new Declaration(
                    "classic",
                    Optional.of(true),
                    Optional.empty(),
                    Optional.of(false),
                    "p",
                    "",
                    ""),
                "running",
                new Numbers<>(
                    new EnumMap<>(
                        Map.ofEntries(
                            Map.entry(QueueNumber.MESSAGES, 7L),
                            Map.entry(QueueNumber.READY, 3L),
                            Map.entry(QueueNumber.UNACKNOWLEDGED, 4L),
                            Map.entry(QueueNumber.BYTES, 70L),
                            Map.entry(QueueNumber.READY_BYTES, 30L),
                            Map.entry(QueueNumber.UNACKNOWLEDGED_BYTES, 40L),
                            Map.entry(QueueNumber.HEAD_EPOCH_SECONDS, 1_700_000_000L),
                            Map.entry(QueueNumber.MEMORY, 15744L),
                            Map.entry(QueueNumber.CONSUMERS, 2L),
                            Map.entry(QueueNumber.PUBLISHED, 17L),
                            Map.entry(QueueNumber.DELIVERED, 9L),
                            Map.entry(QueueNumber.DELIVERED_AUTO_ACK, 1L),
                            Map.entry(QueueNumber.FETCHED, 2L),
                            Map.entry(QueueNumber.FETCHED_AUTO_ACK, 3L),
                            Map.entry(QueueNumber.REDELIVERED, 4L),
                            Map.entry(QueueNumber.ACKNOWLEDGED, 5L),
                            Map.entry(QueueNumber.OWN_MAX_LENGTH, 10L)))),
                OptionalDouble.of(0.25),
                new Replicas(
                    "rabbit@a", Optional.empty(), OptionalInt.empty(), OptionalInt.empty()),
                Optional.of(new DeadLetterRoute("dlx", Optional.of("dead")))));
  }

  @Test
  void keepsWhatIsEqualInManyQueuesOnce() throws IOException {
    List<Queue> queues =
        queues(
            """
            [{"name":"a","vhost":"v","type":"classic","state":"running","node":"rabbit@a"},
             {"name":"b","vhost":"v","type":"classic","state":"running","node":"rabbit@a"}]
            """);
    Queue first = queues.getFirst();
    Queue last = queues.getLast();
    assertThat(last.id().vhost()).isSameAs(first.id().vhost());
    assertThat(last.declaration()).isSameAs(first.declaration());
    assertThat(last.state()).isSameAs(first.state());
    assertThat(last.replicas()).isSameAs(first.replicas());
  }

  @Test
  void countsTheMembersOfAReplicatedQueue() throws IOException {
    Queue queue =
        queues(
                """
                [{"name":"q","vhost":"v","type":"quorum","members":["rabbit@a","rabbit@b","rabbit@c"],
                  "online":["rabbit@a"],"open_files":{"rabbit@a":0}}]
                """)
            .getFirst();
    assertThat(queue.replicas())
        .isEqualTo(new Replicas("", Optional.empty(), OptionalInt.of(3), OptionalInt.of(1)));
  }

  @Test
  void knowsNoNumberOfAQueueThatIsDown() throws IOException {
    Queue queue =
        queues("[{\"name\":\"q\",\"vhost\":\"/\",\"state\":\"down\",\"durable\":true}]").getFirst();
    assertThat(queue.state()).isEqualTo("down");
    assertThat(queue.numbers()).isEqualTo(new Numbers<>(new EnumMap<>(QueueNumber.class)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "null", "\"NaN\"", "\"undefined\"", "NaN", "{}", "[]", "true"})
  void takesWhatIsNoNumberForUnknown(String value) throws IOException {
    Queue queue =
        queues(
                """
                [{"name":"q","vhost":"/","messages":%1$s,"consumers":%1$s,"consumer_capacity":%1$s,
                  "message_stats":{"publish":%1$s}}]
                """
                    .formatted(value))
            .getFirst();
    assertThat(queue.numbers().get(QueueNumber.MESSAGES)).isEmpty();
    assertThat(queue.numbers().get(QueueNumber.CONSUMERS)).isEmpty();
    assertThat(queue.consumerCapacity()).isEmpty();
    assertThat(queue.numbers().get(QueueNumber.PUBLISHED)).isEmpty();
  }

  @Test
  void takesAnEmptyListForAnEmptyObject() throws IOException {
    Queue queue =
        queues(
                """
                [{"name":"q","vhost":"/","message_stats":[],"arguments":[],
                  "effective_policy_definition":[],"messages":1}]
                """)
            .getFirst();
    assertThat(queue.numbers().get(QueueNumber.PUBLISHED)).isEmpty();
    assertThat(queue.deadLetterRoute()).isEmpty();
    assertThat(queue.numbers().get(QueueNumber.MESSAGES)).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\\\"b", "line\\nbreak", "\\u00fc\\ud83d\\ude00", "back\\\\slash/", "", " "})
  void keepsEveryQueueName(String escaped) throws IOException {
    String name = ManagementJson.mapper().readValue('"' + escaped + '"', String.class);
    assertThat(queues("[{\"name\":\"%s\",\"vhost\":\"/\"}]".formatted(escaped)))
        .extracting(queue -> queue.id().name())
        .containsExactly(name);
  }

  @Test
  void letsAnArgumentWinOverAPolicy() throws IOException {
    assertThat(
            queues(
                    """
                    [{"name":"q","vhost":"/",
                      "effective_policy_definition":{"dead-letter-exchange":"policy's"},
                      "arguments":{"x-dead-letter-exchange":"","x-dead-letter-routing-key":"k"}}]
                    """)
                .getFirst()
                .deadLetterRoute())
        .contains(new DeadLetterRoute("", Optional.of("k")));
  }

  @Test
  void readsANode() throws IOException {
    assertThat(
            ManagementJson.nodes(
                parser(
                    """
                    [{"partitions":["rabbit@c"],"fd_total":20000,"sockets_total":17910,
                      "mem_limit":10110410752,"mem_alarm":false,"disk_free_limit":50000000,
                      "disk_free_alarm":true,"proc_total":1048576,"uptime":66278,"run_queue":1,
                      "applications":[{"name":"rabbit","version":"3.10.8"}],"name":"rabbit@a",
                      "type":"disc","running":true,"mem_used":138960896,"fd_used":40,
                      "sockets_used":0,"proc_used":371,"disk_free":84000882688,
                      "cluster_links":[{"name":"rabbit@b","peer_port":25672}]},
                     {"name":"rabbit@b","running":false}]
                    """)))
        .containsExactly(
            new Node(
                "rabbit@a",
                Optional.of(true),
                Optional.of(false),
                Optional.of(true),
                Optional.empty(),
                OptionalInt.of(1),
                new Numbers<>(
                    new EnumMap<>(
                        Map.ofEntries(
                            Map.entry(NodeNumber.MEMORY_USED, 138960896L),
                            Map.entry(NodeNumber.MEMORY_LIMIT, 10110410752L),
                            Map.entry(NodeNumber.DISK_FREE, 84000882688L),
                            Map.entry(NodeNumber.DISK_FREE_LIMIT, 50000000L),
                            Map.entry(NodeNumber.FILES_OPEN, 40L),
                            Map.entry(NodeNumber.FILES_MAX, 20000L),
                            Map.entry(NodeNumber.SOCKETS_OPEN, 0L),
                            Map.entry(NodeNumber.SOCKETS_MAX, 17910L),
                            Map.entry(NodeNumber.PROCESSES, 371L),
                            Map.entry(NodeNumber.PROCESSES_MAX, 1048576L),
                            Map.entry(NodeNumber.RUN_QUEUE, 1L),
                            Map.entry(NodeNumber.UPTIME_MILLIS, 66278L))))),
            new Node(
                "rabbit@b",
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new Numbers<>(new EnumMap<>(NodeNumber.class))));
  }

  @ParameterizedTest
  @CsvSource({"29, 14333", "3, 1", "1, 90", "7, 1000001", "100000007, 999999999999"})
  void restoresWhatANodeDividedIntoAnAverage(long count, long micros) throws IOException {
    // As rabbit_mgmt_db calculates it.
    double averageMillis = (double) micros / count / 1000;
    Node node =
        ManagementJson.nodes(
                parser(
                    "[{\"name\":\"n\",\"io_sync_count\":%d,\"io_sync_avg_time\":%s}]"
                        .formatted(count, averageMillis)))
            .getFirst();
    assertThat(node.numbers().get(NodeNumber.IO_SYNC_MICROS)).hasValue(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"io_read_avg_time\":1", "\"io_read_count\":1"})
  void knowsNoTimeWithoutBothOfItsParts(String part) throws IOException {
    Node node = ManagementJson.nodes(parser("[{\"name\":\"n\",%s}]".formatted(part))).getFirst();
    assertThat(node.numbers().get(NodeNumber.IO_READ_MICROS)).isEmpty();
  }

  @Test
  void keepsTheQueuesThatAreWanted() throws IOException {
    String json = "[{\"name\":\"a\",\"vhost\":\"v\"},{\"vhost\":\"v\",\"name\":\"b\"}]";
    assertThat(ManagementJson.queues(parser(json), queue -> queue.name().equals("b")))
        .extracting(Queue::id)
        .containsExactly(new DestinationId("v", "b"));
  }

  @Test
  void readsExchangesWithAndWithoutCounters() throws IOException {
    assertThat(
            ManagementJson.exchanges(
                parser(
                    """
                    [{"arguments":{},"durable":true,"message_stats":{"publish_in":3,
                      "publish_in_details":{"rate":0.0},"publish_out":5},"name":"","type":"direct",
                      "vhost":"/"},{"name":"events","type":"topic","vhost":"/"},
                     {"name":"","type":"direct","vhost":"other"}]
                    """),
                "/"::equals))
        .containsExactly(
            new Exchange("/", "", "direct", known(3), known(5)),
            new Exchange("/", "events", "topic", UNKNOWN, UNKNOWN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"page_count\":1}", "{\"items\":{}}", "null"})
  void refusesWhatIsNoPage(String json) {
    assertThatThrownBy(() -> ManagementJson.queuePage(parser(json), _ -> true))
        .isInstanceOf(UnexpectedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"name\":\"q\"", "[{\"name\":\"q\"},", "[", "[{\"na"})
  void refusesAListThatBreaksOff(String json) {
    assertThatThrownBy(() -> queues(json)).isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "\"text\"", "[1]", "[[]]", "null"})
  void refusesWhatIsNoListOfObjects(String json) {
    assertThatThrownBy(() -> queues(json)).isInstanceOf(UnexpectedJsonException.class);
  }

  private static List<Queue> queues(String json) throws IOException {
    return ManagementJson.queues(parser(json), _ -> true);
  }

  private static JsonParser parser(String json) throws IOException {
    return ManagementJson.mapper().createParser(json);
  }

  private static OptionalLong known(long value) {
    return OptionalLong.of(value);
  }
}
