package io.mqexporter.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code rabbitmqctl} says: the judge of the numbers in the tests. */
public final class RabbitMqCtl {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RabbitMqCtl() {}

  /**
   * A queue as {@code rabbitmqctl list_queues} shows it.
   *
   * @param columns its values by column; the tool writes an empty text where it knows no number
   */
  public record Queue(String vhost, String name, JsonNode columns) {}

  /** Returns these columns of the queues of all vhosts. */
  public static List<Queue> listQueues(RabbitMqBroker broker, List<String> columns) {
    var queues = new ArrayList<Queue>();
    for (JsonNode vhost : json(broker.rabbitmqctl("list_vhosts", "--formatter", "json"))) {
      String name = vhost.path("name").asText();
      var arguments =
          Stream.concat(
              Stream.of("list_queues", "--vhost", name, "--formatter", "json", "name"),
              columns.stream());
      for (JsonNode queue : json(broker.rabbitmqctl(arguments.toArray(String[]::new)))) {
        queues.add(new Queue(name, queue.path("name").asText(), queue));
      }
    }
    return queues;
  }

  /** Returns what a command of {@code rabbitmqctl} tells. */
  public static JsonNode json(RabbitMqBroker broker, String... command) {
    return json(broker.rabbitmqctl(asJson(command)));
  }

  /** Returns what a command of {@code rabbitmq-diagnostics} tells. */
  public static JsonNode diagnostics(RabbitMqBroker broker, String... command) {
    return json(broker.diagnostics(asJson(command)));
  }

  private static String[] asJson(String... command) {
    return Stream.concat(Stream.of(command), Stream.of("--formatter", "json"))
        .toArray(String[]::new);
  }

  private static JsonNode json(String output) {
    try {
      return JSON.readTree(output);
    } catch (IOException e) {
      throw new UncheckedIOException(output, e);
    }
  }
}
