package io.mqexporter.rocketmq.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one collection has read of a cluster.
 *
 * @param at when the collection ended
 * @param processes all masters and slaves that the name server knows
 * @param contents what each master holds, one for each broker name
 */
public record RocketMqSnapshot(
    Instant at, List<BrokerProcess> processes, List<BrokerContents> contents) {

  /** Copies the collections. */
  public RocketMqSnapshot {
    processes = List.copyOf(processes);
    contents = List.copyOf(contents);
  }

  /**
   * One broker process.
   *
   * @param broker the broker's name, which a master shares with its slaves
   * @param id 0 for the master
   * @param cluster the name of the cluster in RocketMQ's own terms
   * @param address {@code host:port}
   * @param up whether it answered, be it that it will not tell
   * @param figures its runtime figures; empty if it did not tell them
   */
  public record BrokerProcess(
      String broker,
      long id,
      String cluster,
      String address,
      boolean up,
      Optional<RuntimeFigures> figures) {

    /** Returns the same process after it has answered. */
    public BrokerProcess answered(Optional<RuntimeFigures> told) {
      return new BrokerProcess(broker, id, cluster, address, true, told);
    }

    /** Returns a name that stays the same while addresses change. */
    public String name() {
      return id == 0 ? broker : broker + "#" + id;
    }
  }

  /**
   * What one master holds. Each part is empty if it could not be read.
   *
   * @param broker the broker's name
   * @param topics all topics, those of the system too
   * @param offsets the offsets of each topic that was asked for; topics that failed are left out
   * @param commits what the groups have committed
   * @param groups the consumer groups, those of the system too
   * @param clients what was last heard of each group's clients; groups not yet asked are left out
   */
  public record BrokerContents(
      String broker,
      Optional<Map<String, TopicSettings>> topics,
      Map<String, Map<Integer, QueueOffsets>> offsets,
      Optional<Commits> commits,
      Optional<Map<String, GroupSettings>> groups,
      Map<String, GroupClients> clients) {

    /** Copies the collections. */
    public BrokerContents {
      topics = topics.map(Map::copyOf);
      offsets = Map.copyOf(offsets);
      groups = groups.map(Map::copyOf);
      clients = Map.copyOf(clients);
    }
  }

  /**
   * The settings of a topic on one broker.
   *
   * @param readQueues the number of queues that consumers read
   * @param writeQueues the number of queues that producers write
   * @param permission the sum of 4 (read), 2 (write) and 1 (inherit)
   * @param isStatic whether its queues are mapped over brokers, so that offsets of one broker's
   *     queues cannot be compared with what groups have committed
   */
  public record TopicSettings(int readQueues, int writeQueues, int permission, boolean isStatic) {

    /** Returns the number of queues that a client can reach. */
    public int queues() {
      return Math.max(readQueues, writeQueues);
    }
  }

  /**
   * The offsets of a queue.
   *
   * @param min the offset of the oldest message held
   * @param max the offset that the next message will get
   * @param lastStored when the last message was stored, in milliseconds since the epoch
   */
  public record QueueOffsets(long min, long max, OptionalLong lastStored) {}

  /**
   * A group's consumption of a topic.
   *
   * @param group the consumer group
   * @param topic the topic
   */
  public record GroupTopic(String group, String topic) {}

  /**
   * All that groups have told one broker about how far they are.
   *
   * @param committed by queue, the offset of the next message to consume; queues without a commit
   *     are left out
   * @param pulled by queue, the offset of the next message to fetch; empty where the broker does
   *     not tell, which those before 5.5 do not
   * @param broadcasting the groups that the broker remembers as broadcasting
   */
  public record Commits(
      Map<GroupTopic, Map<Integer, Long>> committed,
      Optional<Map<GroupTopic, Map<Integer, Long>>> pulled,
      Set<String> broadcasting) {

    /** Copies the collections. */
    public Commits {
      committed = Map.copyOf(committed);
      pulled = pulled.map(Map::copyOf);
      broadcasting = Set.copyOf(broadcasting);
    }
  }

  /**
   * The settings of a consumer group on one broker.
   *
   * @param consumeEnabled whether it may consume
   */
  public record GroupSettings(boolean consumeEnabled) {}

  /**
   * The clients of a consumer group that are connected to one broker.
   *
   * @param clients the language of each by its identifier
   * @param mode {@code push}, {@code pull} or {@code pop}; empty while it was never seen
   * @param broadcasting whether every client gets every message; empty while it was never seen
   */
  public record GroupClients(
      Map<String, String> clients, Optional<String> mode, Optional<Boolean> broadcasting) {

    /** Copies the collections. */
    public GroupClients {
      clients = Map.copyOf(clients);
    }

    /** Returns the same group after its last client has gone: how it consumes is still known. */
    public GroupClients offline() {
      return new GroupClients(Map.of(), mode, broadcasting);
    }
  }
}
