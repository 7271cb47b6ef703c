package io.mqexporter.rabbitmq;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Contents;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Counters;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.DeadLetterRoute;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Node;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Queue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Parses the lists of the management API, one element at a time. They are parsed here and not by
 * the client library, whose models have no way to say that a number is absent, and drop some.
 */
final class ManagementJson {

  private static final JsonShape QUEUE =
      JsonShape.of(
          "vhost",
          "name",
          "type",
          "state",
          "policy",
          "durable",
          "messages",
          "messages_ready",
          "messages_unacknowledged",
          "message_bytes",
          "message_bytes_ready",
          "message_bytes_unacknowledged",
          "head_message_timestamp",
          "message_stats.publish",
          "message_stats.deliver",
          "message_stats.deliver_no_ack",
          "message_stats.get",
          "message_stats.get_no_ack",
          "message_stats.redeliver",
          "message_stats.ack",
          "consumers",
          "consumer_capacity",
          "memory",
          "members",
          "online",
          "arguments.x-dead-letter-exchange",
          "arguments.x-dead-letter-routing-key",
          "effective_policy_definition.dead-letter-exchange",
          "effective_policy_definition.dead-letter-routing-key");

  private static final JsonShape NODE =
      JsonShape.of(
          "name",
          "running",
          "mem_used",
          "mem_limit",
          "mem_alarm",
          "disk_free",
          "disk_free_limit",
          "disk_free_alarm",
          "fd_used",
          "fd_total",
          "sockets_used",
          "sockets_total",
          "proc_used",
          "proc_total",
          "run_queue",
          "uptime",
          "partitions");

  private static final JsonShape EXCHANGE =
      JsonShape.of(
          "vhost", "name", "type", "message_stats.publish_in", "message_stats.publish_out");

  private ManagementJson() {}

  /** Parses the reply of {@code /api/queues}, and keeps the queues that are wanted. */
  static List<Queue> queues(JsonParser parser, Predicate<DestinationId> wanted) throws IOException {
    return list(
        parser,
        QUEUE,
        json -> wanted.test(new DestinationId(json.text("vhost"), json.text("name"))),
        ManagementJson::queue);
  }

  /** Parses the reply of {@code /api/nodes}. */
  static List<Node> nodes(JsonParser parser) throws IOException {
    return list(parser, NODE, _ -> true, ManagementJson::node);
  }

  /** Parses the reply of {@code /api/exchanges}, and keeps those of the vhosts that are wanted. */
  static List<Exchange> exchanges(JsonParser parser, Predicate<String> wantedVhost)
      throws IOException {
    return list(
        parser, EXCHANGE, json -> wantedVhost.test(json.text("vhost")), ManagementJson::exchange);
  }

  private static <T> List<T> list(
      JsonParser parser,
      JsonShape shape,
      Predicate<JsonFields> wanted,
      Function<JsonFields, T> element)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw new UnexpectedJsonException("a list");
    }
    var elements = new ArrayList<T>();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_OBJECT) {
        throw new UnexpectedJsonException("a list of objects");
      }
      JsonFields fields = shape.read(parser);
      if (wanted.test(fields)) {
        elements.add(element.apply(fields));
      }
    }
    return elements;
  }

  private static Queue queue(JsonFields json) {
    return new Queue(
        new DestinationId(json.text("vhost"), json.text("name")),
        json.text("type"),
        json.text("state"),
        json.text("policy"),
        json.truth("durable"),
        new Contents(
            json.whole("messages"),
            json.whole("messages_ready"),
            json.whole("messages_unacknowledged"),
            json.whole("message_bytes"),
            json.whole("message_bytes_ready"),
            json.whole("message_bytes_unacknowledged"),
            json.whole("head_message_timestamp")),
        new Counters(
            json.whole("message_stats.publish"),
            json.whole("message_stats.deliver"),
            json.whole("message_stats.deliver_no_ack"),
            json.whole("message_stats.get"),
            json.whole("message_stats.get_no_ack"),
            json.whole("message_stats.redeliver"),
            json.whole("message_stats.ack")),
        json.whole("consumers"),
        json.number("consumer_capacity"),
        json.whole("memory"),
        json.size("members"),
        json.size("online"),
        deadLetterRoute(json));
  }

  // A queue's own argument wins over a policy, each of the two for itself.
  private static Optional<DeadLetterRoute> deadLetterRoute(JsonFields json) {
    Optional<String> routingKey =
        json.optionalText("arguments.x-dead-letter-routing-key")
            .or(() -> json.optionalText("effective_policy_definition.dead-letter-routing-key"));
    return json.optionalText("arguments.x-dead-letter-exchange")
        .or(() -> json.optionalText("effective_policy_definition.dead-letter-exchange"))
        .map(exchange -> new DeadLetterRoute(exchange, routingKey));
  }

  private static Node node(JsonFields json) {
    return new Node(
        json.text("name"),
        json.truth("running"),
        json.whole("mem_used"),
        json.whole("mem_limit"),
        json.truth("mem_alarm"),
        json.whole("disk_free"),
        json.whole("disk_free_limit"),
        json.truth("disk_free_alarm"),
        json.whole("fd_used"),
        json.whole("fd_total"),
        json.whole("sockets_used"),
        json.whole("sockets_total"),
        json.whole("proc_used"),
        json.whole("proc_total"),
        json.whole("run_queue"),
        json.whole("uptime"),
        json.size("partitions"));
  }

  private static Exchange exchange(JsonFields json) {
    return new Exchange(
        json.text("vhost"),
        json.text("name"),
        json.text("type"),
        json.whole("message_stats.publish_in"),
        json.whole("message_stats.publish_out"));
  }
}
