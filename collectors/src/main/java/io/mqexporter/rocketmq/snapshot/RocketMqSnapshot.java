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
 * @param registry what the name servers tell
 * @param processes all masters and slaves that any name server knows
 * @param contents what each master holds, one for each broker name
 * @param statistics by group and client, what consumers tell of themselves, if they are asked
 */
public record RocketMqSnapshot(
    Instant at,
    Registry registry,
    List<BrokerProcess> processes,
    List<BrokerContents> contents,
    Map<String, Map<String, ClientStatistics>> statistics) {

  /** Copies the collections. */
  public RocketMqSnapshot {
    processes = List.copyOf(processes);
    contents = List.copyOf(contents);
    statistics = Map.copyOf(statistics);
  }

  /** Creates one without anything of which consumers were asked. */
  public RocketMqSnapshot(
      Instant at, Registry registry, List<BrokerProcess> processes, List<BrokerContents> contents) {
    this(at, registry, processes, contents, Map.of());
  }

  /**
   * What the name servers tell, but for the brokers themselves.
   *
   * @param nameServers each of them
   * @param permissions the permission of each broker by its name: the sum of 4 (read) and 2
   *     (write); those that are not known are left out
   * @param leaders by the address of a controller, whether it leads its group; empty if it did not
   *     answer
   */
  public record Registry(
      List<NameServer> nameServers,
      Map<String, Integer> permissions,
      Map<String, Optional<Boolean>> leaders) {

    /** Copies the collections. */
    public Registry {
      nameServers = List.copyOf(nameServers);
      permissions = Map.copyOf(permissions);
      leaders = Map.copyOf(leaders);
    }

    /** Creates one of a cluster without controllers. */
    public Registry(List<NameServer> nameServers, Map<String, Integer> permissions) {
      this(nameServers, permissions, Map.of());
    }
  }

  /**
   * A name server.
   *
   * @param address {@code host:port}
   * @param registered the address of each broker process by its name; empty if it did not answer
   */
  public record NameServer(String address, Optional<Map<String, String>> registered) {

    /** Copies the collection. */
    public NameServer {
      registered = registered.map(Map::copyOf);
    }
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

    /** Returns the same process when it is no longer there. */
    public BrokerProcess gone() {
      return new BrokerProcess(broker, id, cluster, address, false, Optional.empty());
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
   * @param details what it tells besides
   */
  public record BrokerContents(
      String broker,
      Optional<Map<String, TopicSettings>> topics,
      Map<String, Map<Integer, QueueOffsets>> offsets,
      Optional<Commits> commits,
      Optional<Map<String, GroupSettings>> groups,
      Map<String, GroupClients> clients,
      Details details) {

    /** Copies the collections. */
    public BrokerContents {
      topics = topics.map(Map::copyOf);
      offsets = Map.copyOf(offsets);
      groups = groups.map(Map::copyOf);
      clients = Map.copyOf(clients);
    }
  }

  /**
   * What a master tells besides. Each part is empty if it could not be read or does not exist.
   *
   * @param replication how far its slaves are, where it has any
   * @param timed the messages of each topic that wait for their time on the timer wheel
   * @param producers the producers of each producer group that are connected, by their identifiers
   * @param popped the consumptions of groups that pop their messages
   * @param unreadSince by queue, when the oldest message was stored that a group has yet to
   *     consume, where that was asked for
   * @param perSecond what went through topics and consumptions within the last minute, where that
   *     was asked for
   */
  public record Details(
      Optional<Replication> replication,
      Optional<Map<String, Long>> timed,
      Optional<Map<String, Map<String, Client>>> producers,
      Optional<Set<GroupTopic>> popped,
      Map<GroupTopic, Map<Integer, Instant>> unreadSince,
      Map<BrokerStatistic, Double> perSecond) {

    /** Nothing is known. */
    public static final Details UNKNOWN =
        new Details(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Copies the collections. */
    public Details {
      timed = timed.map(Map::copyOf);
      producers = producers.map(Map::copyOf);
      popped = popped.map(Set::copyOf);
      unreadSince = Map.copyOf(unreadSince);
      perSecond = Map.copyOf(perSecond);
    }

    /** Creates those of a master that was not asked for what is read on request. */
    public Details(
        Optional<Replication> replication,
        Optional<Map<String, Long>> timed,
        Optional<Map<String, Map<String, Client>>> producers,
        Optional<Set<GroupTopic>> popped) {
      this(replication, timed, producers, popped, Map.of(), Map.of());
    }
  }

  /**
   * How far a master's slaves are.
   *
   * @param inSync how many of them are close enough behind to count
   * @param slaves the slaves that are connected
   */
  public record Replication(int inSync, List<ConnectedSlave> slaves) {

    /** Copies the list. */
    public Replication {
      slaves = List.copyOf(slaves);
    }
  }

  /**
   * A slave that is connected to its master.
   *
   * @param host the address that it connects from, without the port
   * @param behindBytes how much of the commit log it has not acknowledged
   * @param inSync whether it is close enough behind to count
   */
  public record ConnectedSlave(String host, long behindBytes, boolean inSync) {}

  /**
   * The settings of a topic on one broker.
   *
   * @param readQueues the number of queues that consumers read
   * @param writeQueues the number of queues that producers write
   * @param permission the sum of 4 (read), 2 (write) and 1 (inherit)
   * @param messageType the one type of messages that it takes, such as {@code FIFO}; empty where
   *     the broker does not tell
   * @param mapping how its queues are made of those of several brokers, if it is a static topic
   */
  public record TopicSettings(
      int readQueues,
      int writeQueues,
      int permission,
      String messageType,
      Optional<StaticTopic> mapping) {

    /** Creates the settings of a topic that is not static. */
    public TopicSettings(int readQueues, int writeQueues, int permission, String messageType) {
      this(readQueues, writeQueues, permission, messageType, Optional.empty());
    }

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
   * A client.
   *
   * @param language the language that it is written in
   * @param version the version of RocketMQ's library, such as {@code 5.5.0}
   * @param address {@code host:port} that it connects from
   */
  public record Client(String language, String version, String address) {}

  /**
   * The clients of a consumer group that are connected to one broker.
   *
   * @param clients each of them by its identifier
   * @param mode {@code push}, {@code pull} or {@code pop}; empty while it was never seen
   * @param broadcasting whether every client gets every message; empty while it was never seen
   * @param subscriptions what they were lately seen to have subscribed to, the expression by topic;
   *     more than one where they do not agree
   */
  public record GroupClients(
      Map<String, Client> clients,
      Optional<String> mode,
      Optional<Boolean> broadcasting,
      Set<Map<String, String>> subscriptions) {

    /** Copies the collections. */
    public GroupClients {
      clients = Map.copyOf(clients);
      subscriptions = Set.copyOf(subscriptions);
    }

    /** Returns the same group with other subscriptions. */
    public GroupClients subscribedTo(Set<Map<String, String>> others) {
      return new GroupClients(clients, mode, broadcasting, others);
    }

    /** Returns the same group after its last client has gone: how it consumes is still known. */
    public GroupClients offline() {
      return new GroupClients(Map.of(), mode, broadcasting, Set.of());
    }
  }
}
