package io.mqexporter.rabbitmq.snapshot;

import io.mqexporter.collector.Missing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was told of a cluster in one collection, by the management API and where that is not read by
 * the nodes' Prometheus plugins.
 *
 * @param at when the last reply had been read
 * @param overview the cluster as a whole
 * @param queues the queues by their ids; empty if the list could not be read
 * @param nodes the nodes by name; no element if they could not be read
 * @param vhosts the vhosts by name; no element if they could not be read
 * @param exchanges the exchanges by vhost and name; no element if they could not be read
 * @param bindings the bindings by which dead letters may travel; no element where no queue needs
 *     one
 * @param missing what could not be read
 */
public record RabbitMqSnapshot(
    Instant at,
    Overview overview,
    Optional<List<Queue>> queues,
    List<Node> nodes,
    List<Vhost> vhosts,
    List<Exchange> exchanges,
    List<Binding> bindings,
    List<Missing> missing) {

  /** Copies the lists. */
  public RabbitMqSnapshot {
    queues = queues.map(List::copyOf);
    nodes = List.copyOf(nodes);
    vhosts = List.copyOf(vhosts);
    exchanges = List.copyOf(exchanges);
    bindings = List.copyOf(bindings);
    missing = List.copyOf(missing);
  }

  /** Returns the same with other queues. */
  public RabbitMqSnapshot withQueues(Optional<List<Queue>> newQueues) {
    return new RabbitMqSnapshot(
        at, overview, newQueues, nodes, vhosts, exchanges, bindings, missing);
  }

  /** The cluster as a whole, as the node that was asked sees it. Unknown texts are empty. */
  public record Overview(
      String clusterName,
      String rabbitMqVersion,
      String erlangVersion,
      OptionalLong connections,
      OptionalLong channels,
      OptionalLong consumers,
      OptionalLong queues,
      OptionalLong exchanges) {

    /** Nothing is known. */
    public static final Overview UNKNOWN =
        new Overview(
            "",
            "",
            "",
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
  }

  /** An exchange. */
  public record Exchange(
      String vhost,
      String name,
      String type,
      OptionalLong publishedIn,
      OptionalLong publishedOut) {}

  /** A binding of a queue, or of another exchange, to an exchange of the same vhost. */
  public record Binding(
      String vhost, String source, String destination, boolean toQueue, String routingKey) {}
}
