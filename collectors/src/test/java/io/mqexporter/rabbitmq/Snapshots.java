package io.mqexporter.rabbitmq;

import io.mqexporter.rabbitmq.json.ManagementJson;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Binding;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Overview;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Snapshots for tests, written as the JSON that they would be read from. */
final class Snapshots {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Overview OVERVIEW =
      new Overview(
          "shop",
          "3.10.8",
          "25.2.3",
          OptionalLong.of(1),
          OptionalLong.of(2),
          OptionalLong.of(3),
          OptionalLong.of(4),
          OptionalLong.of(5));

  private Snapshots() {}

  /** Returns a snapshot of queues alone. */
  static RabbitMqSnapshot ofQueues(Instant at, String queues) {
    return of(at, queues, "[]", "[]", List.of());
  }

  /** Returns a snapshot in which queues dead-letter to each other. */
  static RabbitMqSnapshot of(String queues, String exchanges, Binding... bindings) {
    return of(START, queues, "[]", exchanges, List.of(bindings));
  }

  /** Returns a snapshot of vhosts alone. */
  static RabbitMqSnapshot ofVhosts(String vhosts) {
    return new RabbitMqSnapshot(
        START,
        OVERVIEW,
        Optional.empty(),
        List.of(),
        parse(vhosts, parser -> ManagementJson.vhosts(parser, _ -> true)),
        List.of(),
        List.of(),
        List.of());
  }

  /** Returns a snapshot. */
  static RabbitMqSnapshot of(
      Instant at, String queues, String nodes, String exchanges, List<Binding> bindings) {
    List<Queue> queueList = parse(queues, parser -> ManagementJson.queues(parser, _ -> true));
    List<Node> nodeList = parse(nodes, ManagementJson::nodes);
    List<Exchange> exchangeList =
        parse(exchanges, parser -> ManagementJson.exchanges(parser, _ -> true));
    return new RabbitMqSnapshot(
        at,
        OVERVIEW,
        Optional.of(queueList),
        nodeList,
        List.of(),
        exchangeList,
        bindings,
        List.of());
  }

  private static <T> T parse(String json, ManagementHttp.Parser<T> parser) {
    try {
      return parser.parse(ManagementJson.mapper().createParser(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
