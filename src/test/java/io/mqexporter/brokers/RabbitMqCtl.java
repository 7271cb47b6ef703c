package io.mqexporter.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What {@code rabbitmqctl} says about queues: the judge of the numbers in the tests. */
public final class RabbitMqCtl {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RabbitMqCtl() {}

  /**
   * A queue as {@code rabbitmqctl list_queues} shows it. The tool shows nothing where it knows no
   * number.
   */
  public record Queue(
      String vhost,
      String name,
      OptionalLong ready,
      OptionalLong unacknowledged,
      OptionalLong messages,
      OptionalLong consumers,
      OptionalLong bytes,
      String type,
      String state) {}

  /** Returns the queues of all vhosts. */
  public static List<Queue> listQueues(RabbitMqBroker broker) {
    var queues = new ArrayList<Queue>();
    for (JsonNode vhost : json(broker.rabbitmqctl("list_vhosts", "--formatter", "json"))) {
      String name = vhost.path("name").asText();
      String output =
          broker.rabbitmqctl(
              "list_queues",
              "--vhost",
              name,
              "--formatter",
              "json",
              "name",
              "messages_ready",
              "messages_unacknowledged",
              "messages",
              "consumers",
              "message_bytes",
              "type",
              "state");
      for (JsonNode queue : json(output)) {
        queues.add(queue(name, queue));
      }
    }
    return queues;
  }

  private static Queue queue(String vhost, JsonNode queue) {
    return new Queue(
        vhost,
        queue.path("name").asText(),
        number(queue, "messages_ready"),
        number(queue, "messages_unacknowledged"),
        number(queue, "messages"),
        number(queue, "consumers"),
        number(queue, "message_bytes"),
        queue.path("type").asText(),
        queue.path("state").asText());
  }

  private static OptionalLong number(JsonNode queue, String field) {
    JsonNode value = queue.path(field);
    return value.isIntegralNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
  }

  private static JsonNode json(String output) {
    try {
      return JSON.readTree(output);
    } catch (IOException e) {
      throw new UncheckedIOException(output, e);
    }
  }
}
