package io.mqexporter.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.mqexporter.metric.FamilyText;
import io.mqexporter.metric.MetricType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpositionReaderTest {

  private static final String PAGE =
      """
      # TYPE rabbitmq_queue_messages gauge
      # HELP rabbitmq_queue_messages Sum of ready and unacked
      rabbitmq_queue_messages 5

      # TYPE rabbitmq_message_size_bytes histogram
      # HELP rabbitmq_message_size_bytes Size of messages
      rabbitmq_message_size_bytes_bucket{protocol="amqp091",le="100"} 3
      rabbitmq_message_size_bytes_bucket{protocol="amqp091",le="+Inf"} 4
      rabbitmq_message_size_bytes_count{protocol="amqp091"} 4
      rabbitmq_message_size_bytes_sum{protocol="amqp091"} 1.5e3
      # TYPE rabbitmq_head gauge
      rabbitmq_head{queue="a"} NaN
      rabbitmq_head{queue="b"} 7.0 1700000000000
      rabbitmq_plain{} -Inf
      """;

  @Test
  void readsFamiliesWithTheirTypesAndLeavesOutWhatIsNotKnown() throws Exception {
    List<RelayedFamily> families = read(PAGE, true);
    assertThat(families)
        .extracting(RelayedFamily::name, RelayedFamily::type)
        .containsExactly(
            tuple("rabbitmq_queue_messages", MetricType.GAUGE),
            tuple("rabbitmq_message_size_bytes", MetricType.HISTOGRAM),
            tuple("rabbitmq_head", MetricType.GAUGE),
            tuple("rabbitmq_plain", MetricType.UNTYPED));
    assertThat(families.getFirst().help()).isEqualTo("Sum of ready and unacked");
  }

  @Test
  void relaysThemWithTheLabelsOfTargetAndNode() throws Exception {
    List<RelayedFamily> page = read(PAGE, true);
    var families =
        RelayedMetrics.of(
            "shop",
            "rabbitmq_node",
            new TreeMap<>(Map.of("rabbit@a", page, "rabbit@b", page.subList(0, 1))),
            name -> !name.equals("rabbitmq_plain"));
    assertThat(FamilyText.of(families))
        .isEqualTo(
            """
            rabbitmq_head{messaging_cluster="shop",rabbitmq_node="rabbit@a",queue="b"} 7
            rabbitmq_message_size_bytes_bucket{messaging_cluster="shop",rabbitmq_node="rabbit@a",le="100",protocol="amqp091"} 3
            rabbitmq_message_size_bytes_bucket{messaging_cluster="shop",rabbitmq_node="rabbit@a",le="+Inf",protocol="amqp091"} 4
            rabbitmq_message_size_bytes_count{messaging_cluster="shop",rabbitmq_node="rabbit@a",protocol="amqp091"} 4
            rabbitmq_message_size_bytes_sum{messaging_cluster="shop",rabbitmq_node="rabbit@a",protocol="amqp091"} 1500
            rabbitmq_queue_messages{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 5
            rabbitmq_queue_messages{messaging_cluster="shop",rabbitmq_node="rabbit@b"} 5
            """);
  }

  @Test
  void readsLabelsAsTheyAreEscaped() throws Exception {
    assertThat(queue("m{queue=\"a\\\"b\\\\c\\nd,}\",vhost=\"/\"} 1\n", true))
        .isEqualTo("a\"b\\c\nd,}");
  }

  @Test
  void readsLabelsThatNobodyEscaped() throws Exception {
    assertThat(queue("m{vhost=\"/\",queue=\"end\\\"} 1\n", false)).isEqualTo("end\\");
    assertThat(queue("m{vhost=\"/\",queue=\"a\"b,c=d\"} 1\n", false)).isEqualTo("a\"b,c=d");
    assertThat(queue("m{queue=\"curly{a}\",vhost=\"/\"} 1\n", false)).isEqualTo("curly{a}");
    assertThat(queue("m{queue=\"back\\slash\\n\",vhost=\"/\"} 1.5\n", false))
        .isEqualTo("back\\slash\\n");
  }

  @Test
  void keepsOnlyTheSeriesThatAreWanted() throws Exception {
    String page = "m{queue=\"a\"} 1\nm{queue=\"b\"} 2\n";
    List<RelayedFamily> families =
        ExpositionReader.read(
            stream(page), true, (family, labels) -> !"a".equals(labels.get("queue")));
    assertThat(families.getFirst().series()).singleElement().matches(one -> one.value() == 2);
  }

  @Test
  void refusesWhatIsNoExposition() {
    for (String page :
        List.of(
            "<html>\n",
            "m{a=\"b\n",
            "m{a=\"b\"\n",
            "m{a=\"b\"} x\n",
            "m{a=b} 1\n",
            "{\"error\":\"x\"}\n")) {
      assertThatThrownBy(() -> read(page, true))
          .as(page)
          .isInstanceOf(MalformedExpositionException.class)
          .hasMessageStartingWith("line 1: ");
    }
  }

  @Test
  void refusesAPageThatBreaksOff() {
    assertThatThrownBy(() -> read("m 1\nm{a=\"b\"} 1", true))
        .isInstanceOf(MalformedExpositionException.class)
        .hasMessage("the last line is not complete");
  }

  private static String queue(String line, boolean escaped) throws IOException {
    return read(line, escaped).getFirst().series().getFirst().labels().getOrDefault("queue", "");
  }

  private static List<RelayedFamily> read(String page, boolean escaped) throws IOException {
    return ExpositionReader.read(stream(page), escaped, (_, _) -> true);
  }

  private static ByteArrayInputStream stream(String page) {
    return new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8));
  }
}
