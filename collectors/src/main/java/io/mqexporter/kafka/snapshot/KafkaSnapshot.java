package io.mqexporter.kafka.snapshot;

import io.mqexporter.collector.Missing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a Kafka cluster as one reading found it. All lists are sorted, so that the same
 * state gives the same output.
 *
 * @param at when the end offsets were read
 * @param clusterId the id that the cluster gave itself; empty if it is not known
 * @param brokers the brokers that take part
 * @param controller the id of the active controller; with KRaft not always that of a broker
 * @param quorum the controllers' quorum, where there is one
 * @param topics the topics, without those that Kafka itself marks as internal
 * @param groups the groups of all protocols
 * @param groupListing what is known of the completeness of the groups
 * @param missing what could not be read although it should be there
 */
public record KafkaSnapshot(
    Instant at,
    String clusterId,
    List<Broker> brokers,
    OptionalInt controller,
    Optional<Quorum> quorum,
    List<Topic> topics,
    List<Group> groups,
    GroupListing groupListing,
    List<Missing> missing) {

  /** Sorts the lists. */
  public KafkaSnapshot {
    brokers = sorted(brokers, Comparator.comparingInt(Broker::id));
    topics = sorted(topics, Comparator.comparing(Topic::name));
    groups = sorted(groups, Comparator.comparing(Group::name));
    missing = List.copyOf(missing);
  }

  /** Returns the same with other groups. */
  public KafkaSnapshot withGroups(List<Group> newGroups) {
    return new KafkaSnapshot(
        at, clusterId, brokers, controller, quorum, topics, newGroups, groupListing, missing);
  }

  /**
   * A broker.
   *
   * @param host where clients reach it, as it tells them
   * @param port likewise
   * @param rack where it stands; empty if it does not say
   */
  public record Broker(int id, String host, int port, String rack) {

    /** Returns host and port as one text. */
    public String address() {
      return host + ":" + port;
    }
  }

  /**
   * The quorum that keeps the cluster's metadata (KIP-595).
   *
   * @param epoch the leader's epoch
   * @param highWatermark the offset up to which a majority of the voters has the metadata log
   * @param replicas the voters, and the brokers that observe
   */
  public record Quorum(long epoch, long highWatermark, List<QuorumReplica> replicas) {

    /** Sorts the replicas. */
    public Quorum {
      replicas = sorted(replicas, Comparator.comparingInt(QuorumReplica::id));
    }
  }

  /**
   * One that has the metadata log.
   *
   * @param voter whether it votes or observes
   * @param lag how many records it is behind the leader
   * @param caughtUpAt when it last had all that the leader had
   */
  public record QuorumReplica(int id, boolean voter, long lag, Optional<Instant> caughtUpAt) {}

  /**
   * A topic.
   *
   * @param id its id, which no other topic of the same name ever has; empty if brokers do not know
   *     ids (before 2.8)
   */
  public record Topic(String name, String id, List<Partition> partitions) {

    /** Sorts the partitions. */
    public Topic {
      partitions = sorted(partitions, Comparator.comparingInt(Partition::id));
    }
  }

  /**
   * A partition of a topic.
   *
   * @param leader the broker that leads it; empty when it has no leader
   * @param replicas the brokers that should hold it, the preferred leader first
   * @param inSync how many of them are in sync
   * @param start the offset of the oldest record
   * @param lastStable the offset up to which no transaction is open
   * @param end the offset that the next record will get
   */
  public record Partition(
      int id,
      OptionalInt leader,
      List<Integer> replicas,
      int inSync,
      OptionalLong start,
      OptionalLong lastStable,
      OptionalLong end) {

    /** Copies the replicas. */
    public Partition {
      replicas = List.copyOf(replicas);
    }

    /** Returns whether a transaction is open, as far as is known. */
    public boolean hasOpenTransaction() {
      return lastStable.isPresent() && end.isPresent() && lastStable.getAsLong() < end.getAsLong();
    }
  }

  /**
   * A group.
   *
   * @param protocol {@code classic}, {@code consumer}, {@code share} or {@code streams}
   * @param state the state as Kafka names it, such as {@code Stable}
   * @param membership who takes part
   * @param progress how far it has consumed
   */
  public record Group(
      String name,
      String protocol,
      String state,
      Optional<Membership> membership,
      Progress progress) {

    /** Returns how many members it has. */
    public OptionalInt memberCount() {
      return membership.isPresent()
          ? OptionalInt.of(membership.get().members().size())
          : OptionalInt.empty();
    }
  }

  /**
   * Who takes part in a group.
   *
   * @param coordinator the broker that coordinates it
   * @param kind what its members are, as they say themselves: {@code consumer}, {@code connect} and
   *     others
   * @param assignor by which rule they share the partitions; empty if it is not known
   * @param members its members
   */
  public record Membership(
      OptionalInt coordinator, String kind, String assignor, List<Member> members) {

    /** Copies the members. */
    public Membership {
      members = List.copyOf(members);
    }

    /** Returns how many partitions of each topic members were given. */
    public SortedMap<String, Integer> assignedPartitions() {
      var partitions = new TreeMap<String, Set<Integer>>();
      for (Member member : members) {
        member
            .assigned()
            .forEach((topic, ids) ->
                partitions.computeIfAbsent(topic, _ -> new HashSet<>()).addAll(ids));
      }
      var counts = new TreeMap<String, Integer>();
      partitions.forEach((topic, ids) -> counts.put(topic, ids.size()));
      return counts;
    }

    /** Returns how many members were given partitions of each topic. */
    public SortedMap<String, Integer> topicMembers() {
      var counts = new TreeMap<String, Integer>();
      members.forEach(member ->
          member.assigned().keySet().forEach(topic -> counts.merge(topic, 1, Integer::sum)));
      return counts;
    }

    /** Returns whether a member was given a partition. */
    public boolean isAssigned(String topic, int partition) {
      return members.stream()
          .anyMatch(member -> member.assigned().getOrDefault(topic, Set.of()).contains(partition));
    }
  }

  /**
   * A member of a group.
   *
   * @param assigned the partitions that it was given, by topic
   */
  public record Member(Map<String, Set<Integer>> assigned) {}

  /**
   * What is known of the completeness of the groups. Brokers leave out the groups of a partition of
   * {@code __consumer_offsets} that has no leader or is being loaded, and do not say so.
   *
   * @param answered whether all brokers answered that were asked
   * @param leaders the leaders of the partitions of {@code __consumer_offsets}, by partition; empty
   *     if they could not be read
   */
  public record GroupListing(boolean answered, List<OptionalInt> leaders) {

    /** Copies the leaders. */
    public GroupListing {
      leaders = List.copyOf(leaders);
    }

    /** Returns whether a group has a coordinator, as far as is known. */
    public boolean mayHaveCoordinator(String group) {
      return leaders.isEmpty() || coordinator(group).isPresent();
    }

    /** Returns the coordinator of a group; empty if it has none or that is not known. */
    public OptionalInt coordinator(String group) {
      return leaders.isEmpty() ? OptionalInt.empty() : coordinator(leaders, group);
    }

    /**
     * Returns the leader of the partition that a group belongs to, as the brokers calculate it;
     * empty if it has none.
     *
     * @param leaders the leaders of all partitions
     */
    public static OptionalInt coordinator(List<OptionalInt> leaders, String group) {
      int hash = group.hashCode();
      return leaders.get((hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % leaders.size());
    }
  }

  /** How far a group has consumed. */
  public sealed interface Progress {

    /**
     * The group commits offsets.
     *
     * @param topics those that it has committed, none for other partitions, sorted by topic
     */
    record Committed(List<TopicCommits> topics) implements Progress {

      /** Returns the progress that commits make, which may come in any order. */
      public static Committed of(Iterable<Commit> commits) {
        var sorter = new TopicCommits.Sorter();
        commits.forEach(commit -> sorter.add(commit.topic(), commit.partition(), commit.offset()));
        return new Committed(sorter.sorted());
      }
    }

    /** The brokers keep track for a share group: the partitions that it has begun to share. */
    record Shared(List<SharedPartition> partitions) implements Progress {

      /** Sorts the partitions. */
      public Shared {
        partitions =
            sorted(
                partitions,
                Comparator.comparing(SharedPartition::topic)
                    .thenComparingInt(SharedPartition::partition));
      }
    }

    /**
     * It could not be read.
     *
     * @param topics of which it is known from before that the group consumes them
     * @param lastKnown when it was last read
     */
    record Unknown(Set<String> topics, Optional<Instant> lastKnown) implements Progress {

      /** Nothing is known, not even from before. */
      public Unknown() {
        this(Set.of(), Optional.empty());
      }
    }
  }

  /**
   * A committed offset.
   *
   * @param offset the offset of the next record to consume
   */
  public record Commit(String topic, int partition, long offset) {}

  /**
   * A partition of which a share group consumes.
   *
   * @param lag the records not yet accepted or rejected, as the broker counts them
   */
  public record SharedPartition(String topic, int partition, OptionalLong lag) {}

  private static <T> List<T> sorted(List<T> list, Comparator<? super T> order) {
    var copy = new ArrayList<T>(list);
    copy.sort(order);
    return Collections.unmodifiableList(copy);
  }
}
