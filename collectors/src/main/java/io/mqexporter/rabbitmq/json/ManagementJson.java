package io.mqexporter.rabbitmq.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.NodeNumber;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.Queue.DeadLetterRoute;
import io.mqexporter.rabbitmq.snapshot.Queue.Declaration;
import io.mqexporter.rabbitmq.snapshot.Queue.Replicas;
import io.mqexporter.rabbitmq.snapshot.QueueNumber;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.snapshot.Vhost;
import io.mqexporter.rabbitmq.snapshot.VhostNumber;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Parses the lists of the management API, one element at a time. They are parsed here and not by
 * the client library, whose models have no way to say that a number is absent, and drop some.
 */
public final class ManagementJson {

  private static final JsonShape QUEUE =
      JsonShape.of(
              "vhost",
              "name",
              "type",
              "state",
              "policy",
              "operator_policy",
              "durable",
              "exclusive",
              "auto_delete",
              "consumer_capacity",
              "consumer_utilisation",
              "node",
              "leader",
              "members",
              "online",
              "arguments.x-overflow",
              "arguments.x-dead-letter-exchange",
              "arguments.x-dead-letter-routing-key",
              "effective_policy_definition.overflow",
              "effective_policy_definition.dead-letter-exchange",
              "effective_policy_definition.dead-letter-routing-key")
          .and(QueueNumber.values());

  private static final JsonShape NODE =
      JsonShape.of("name", "running", "mem_alarm", "disk_free_alarm", "being_drained", "partitions")
          .and(NodeNumber.values());

  private static final JsonShape VHOST =
      JsonShape.of("name", "cluster_state.*").and(VhostNumber.values());

  private static final JsonShape EXCHANGE =
      JsonShape.of(
          "vhost", "name", "type", "message_stats.publish_in", "message_stats.publish_out");

  private ManagementJson() {}

  /** Returns a mapper that takes the replies as Erlang writes them. */
  public static ObjectMapper mapper() {
    // Field names are not interned: arguments of queues carry names that users choose.
    return JsonMapper.builder(
            JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        // Erlang cannot tell an empty object from an empty list.
        .enable(DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT)
        .build();
  }

  /** Parses the reply of {@code /api/queues}, and keeps the queues that are wanted. */
  public static List<Queue> queues(JsonParser parser, Predicate<DestinationId> wanted)
      throws IOException {
    var queues = new ArrayList<Queue>();
    var shared = new Shared();
    forEach(
        parser,
        QUEUE,
        json -> {
          var id = new DestinationId(shared.one(json.text("vhost")), json.text("name"));
          if (wanted.test(id)) {
            queues.add(queue(id, json, shared));
          }
        });
    return queues;
  }

  /**
   * A part of the list of queues.
   *
   * @param pages of how many parts the list is made
   */
  public record QueuePage(List<Queue> queues, int pages) {

    /** Copies the list. */
    public QueuePage {
      queues = List.copyOf(queues);
    }
  }

  /** Parses the reply of {@code /api/queues?page=…}, and keeps the queues that are wanted. */
  public static QueuePage queuePage(JsonParser parser, Predicate<DestinationId> wanted)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new UnexpectedJsonException("a page of a list");
    }
    Optional<List<Queue>> queues = Optional.empty();
    int pages = 0;
    String name;
    while ((name = parser.nextFieldName()) != null) {
      switch (name) {
        case "items" -> queues = Optional.of(queues(parser, wanted));
        case "page_count" -> pages = parser.nextIntValue(0);
        default -> {
          parser.nextToken();
          parser.skipChildren();
        }
      }
    }
    return new QueuePage(
        queues.orElseThrow(() -> new UnexpectedJsonException("items of a page")), pages);
  }

  /** Parses the reply of {@code /api/nodes}. */
  public static List<Node> nodes(JsonParser parser) throws IOException {
    var nodes = new ArrayList<Node>();
    forEach(parser, NODE, json -> nodes.add(node(json)));
    return nodes;
  }

  /** Parses the reply of {@code /api/vhosts}, and keeps those that are wanted. */
  public static List<Vhost> vhosts(JsonParser parser, Predicate<String> wanted) throws IOException {
    var vhosts = new ArrayList<Vhost>();
    forEach(
        parser,
        VHOST,
        json -> {
          String name = json.text("name");
          if (wanted.test(name)) {
            vhosts.add(
                new Vhost(name, json.texts("cluster_state"), json.numbers(VhostNumber.class)));
          }
        });
    return vhosts;
  }

  /** Parses the reply of {@code /api/exchanges}, and keeps those of the vhosts that are wanted. */
  public static List<Exchange> exchanges(JsonParser parser, Predicate<String> wantedVhost)
      throws IOException {
    var exchanges = new ArrayList<Exchange>();
    forEach(
        parser,
        EXCHANGE,
        json -> {
          if (wantedVhost.test(json.text("vhost"))) {
            exchanges.add(exchange(json));
          }
        });
    return exchanges;
  }

  /** Hands the elements of a list on, one after the other. */
  static void forEach(JsonParser parser, JsonShape shape, Consumer<JsonFields> element)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw new UnexpectedJsonException("a list");
    }
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_OBJECT) {
        throw new UnexpectedJsonException("a list of objects");
      }
      element.accept(shape.read(parser));
    }
  }

  private static Queue queue(DestinationId id, JsonFields json, Shared shared) {
    return new Queue(
        id,
        shared.one(
            new Declaration(
                json.text("type"),
                json.truth("durable"),
                json.truth("exclusive"),
                json.truth("auto_delete"),
                json.text("policy"),
                json.text("operator_policy"),
                ownOrPolicy(json, "overflow").orElse(""))),
        shared.one(json.text("state")),
        json.numbers(QueueNumber.class),
        json.number("consumer_capacity", "consumer_utilisation"),
        shared.one(
            new Replicas(
                json.text("node"),
                // The broker goes on to name the last one when nobody could be elected after it.
                json.optionalText("leader").map(name -> json.lacks("online", name) ? "" : name),
                json.size("members"),
                json.size("online"))),
        shared.one(
            ownOrPolicy(json, "dead-letter-exchange")
                .map(exchange ->
                    new DeadLetterRoute(exchange, ownOrPolicy(json, "dead-letter-routing-key")))));
  }

  // A queue's own argument wins over a policy, each for itself.
  private static Optional<String> ownOrPolicy(JsonFields json, String key) {
    return json.optionalText("arguments.x-" + key)
        .or(() -> json.optionalText("effective_policy_definition." + key));
  }

  private static Node node(JsonFields json) {
    return new Node(
        json.text("name"),
        json.truth("running"),
        json.truth("mem_alarm"),
        json.truth("disk_free_alarm"),
        json.truth("being_drained"),
        json.size("partitions"),
        json.nodeNumbers());
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
