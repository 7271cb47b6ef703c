package io.mqexporter.rabbitmq;

import io.mqexporter.collector.Missing;
import io.mqexporter.messaging.DestinationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the management API told in one collection.
 *
 * @param at when the last reply had been read
 * @param overview the cluster as a whole
 * @param queues the queues by their ids; empty if the list could not be read
 * @param nodes the nodes by name; no element if they could not be read
 * @param exchanges the exchanges by vhost and name; no element if they could not be read
 * @param bindings the bindings by which dead letters may travel; no element where no queue needs
 *     one
 * @param missing what could not be read
 */
record RabbitMqSnapshot(
    Instant at,
    Overview overview,
    Optional<List<Queue>> queues,
    List<Node> nodes,
    List<Exchange> exchanges,
    List<Binding> bindings,
    List<Missing> missing) {

  RabbitMqSnapshot {
    queues = queues.map(List::copyOf);
    nodes = List.copyOf(nodes);
    exchanges = List.copyOf(exchanges);
    bindings = List.copyOf(bindings);
    missing = List.copyOf(missing);
  }

  /** The cluster as a whole, as the node that was asked sees it. Unknown texts are empty. */
  record Overview(
      String clusterName,
      String rabbitMqVersion,
      String erlangVersion,
      OptionalLong connections,
      OptionalLong channels,
      OptionalLong consumers,
      OptionalLong queues,
      OptionalLong exchanges) {}

  /** A node. Of one that does not run little more than its name is known. */
  record Node(
      String name,
      Optional<Boolean> running,
      OptionalLong memoryUsedBytes,
      OptionalLong memoryLimitBytes,
      Optional<Boolean> memoryAlarm,
      OptionalLong diskFreeBytes,
      OptionalLong diskFreeLimitBytes,
      Optional<Boolean> diskAlarm,
      OptionalLong fileDescriptorsUsed,
      OptionalLong fileDescriptorsTotal,
      OptionalLong socketsUsed,
      OptionalLong socketsTotal,
      OptionalLong processesUsed,
      OptionalLong processesTotal,
      OptionalLong runQueue,
      OptionalLong uptimeMillis,
      OptionalInt partitions) {}

  /** A queue. Unknown texts are empty. */
  record Queue(
      DestinationId id,
      String type,
      String state,
      String policy,
      Optional<Boolean> durable,
      Contents contents,
      Counters counters,
      OptionalLong consumers,
      OptionalDouble consumerCapacity,
      OptionalLong memoryBytes,
      OptionalInt members,
      OptionalInt membersOnline,
      Optional<DeadLetterRoute> deadLetterRoute) {

    /** Returns whether it is a stream, which keeps what its consumers have read. */
    boolean isStream() {
      return type.equals("stream");
    }
  }

  /** What a queue holds. A queue whose node is down tells none of it. */
  record Contents(
      OptionalLong messages,
      OptionalLong ready,
      OptionalLong unacknowledged,
      OptionalLong bytes,
      OptionalLong readyBytes,
      OptionalLong unacknowledgedBytes,
      OptionalLong headMessageEpochSeconds) {}

  /**
   * A queue's counters since the statistics of its node began. The API leaves out what never
   * happened and what it has lost; neither is zero here.
   */
  record Counters(
      OptionalLong published,
      OptionalLong delivered,
      OptionalLong deliveredAutoAck,
      OptionalLong fetched,
      OptionalLong fetchedAutoAck,
      OptionalLong redelivered,
      OptionalLong acknowledged) {}

  /**
   * Where a queue sends what it cannot deliver.
   *
   * @param exchange the exchange, in the queue's vhost; empty for the default exchange
   * @param routingKey the routing key; empty where each message keeps its own
   */
  record DeadLetterRoute(String exchange, Optional<String> routingKey) {}

  /** An exchange. */
  record Exchange(
      String vhost,
      String name,
      String type,
      OptionalLong publishedIn,
      OptionalLong publishedOut) {}

  /** A binding of a queue, or of another exchange, to an exchange of the same vhost. */
  record Binding(
      String vhost, String source, String destination, boolean toQueue, String routingKey) {}
}
