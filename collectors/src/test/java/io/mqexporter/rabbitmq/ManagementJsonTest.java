package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Contents;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Counters;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.DeadLetterRoute;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Node;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Queue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                "classic",
                "running",
                "p",
                Optional.of(true),
                new Contents(
                    known(7),
                    known(3),
                    known(4),
                    known(70),
                    known(30),
                    known(40),
                    known(1_700_000_000)),
                new Counters(known(17), known(9), known(1), known(2), known(3), known(4), known(5)),
                known(2),
                OptionalDouble.of(0.25),
                known(15744),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(new DeadLetterRoute("dlx", Optional.of("dead")))));
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
    assertThat(queue.members()).hasValue(3);
    assertThat(queue.membersOnline()).hasValue(1);
  }

  @Test
  void knowsNoNumberOfAQueueThatIsDown() throws IOException {
    Queue queue =
        queues("[{\"name\":\"q\",\"vhost\":\"/\",\"state\":\"down\",\"durable\":true}]").getFirst();
    assertThat(queue.state()).isEqualTo("down");
    assertThat(queue.contents())
        .isEqualTo(new Contents(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN));
    assertThat(queue.counters())
        .isEqualTo(new Counters(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN));
    assertThat(queue.consumers()).isEmpty();
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
    assertThat(queue.contents().messages()).isEmpty();
    assertThat(queue.consumers()).isEmpty();
    assertThat(queue.consumerCapacity()).isEmpty();
    assertThat(queue.counters().published()).isEmpty();
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
    assertThat(queue.counters().published()).isEmpty();
    assertThat(queue.deadLetterRoute()).isEmpty();
    assertThat(queue.contents().messages()).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\\\"b", "line\\nbreak", "\\u00fc\\ud83d\\ude00", "back\\\\slash/", "", " "})
  void keepsEveryQueueName(String escaped) throws IOException {
    String name = ManagementHttp.jsonMapper().readValue('"' + escaped + '"', String.class);
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
                known(138960896),
                known(10110410752L),
                Optional.of(false),
                known(84000882688L),
                known(50000000),
                Optional.of(true),
                known(40),
                known(20000),
                known(0),
                known(17910),
                known(371),
                known(1048576),
                known(1),
                known(66278),
                OptionalInt.of(1)),
            new Node(
                "rabbit@b",
                Optional.of(false),
                UNKNOWN,
                UNKNOWN,
                Optional.empty(),
                UNKNOWN,
                UNKNOWN,
                Optional.empty(),
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                OptionalInt.empty()));
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
    return ManagementHttp.jsonMapper().createParser(json);
  }

  private static OptionalLong known(long value) {
    return OptionalLong.of(value);
  }
}
