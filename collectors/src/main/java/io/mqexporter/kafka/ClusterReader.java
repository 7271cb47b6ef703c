package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Quorum;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.QuorumReplica;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumResult;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Reads the brokers of a cluster and who controls them. */
final class ClusterReader {

  private final Gaps gaps;

  ClusterReader(Gaps gaps) {
    this.gaps = gaps;
  }

  /**
   * Who controls a cluster.
   *
   * @param controller the id of the active controller
   * @param quorum the quorum of the controllers; empty with ZooKeeper
   */
  record Control(OptionalInt controller, Optional<Quorum> quorum) {}

  /**
   * Waits for the brokers.
   *
   * @throws NoAnswerException if the cluster does not answer
   */
  List<Broker> brokers(DescribeClusterResult cluster, Stage stage)
      throws NoAnswerException, InterruptedException {
    return Answers.await(cluster.nodes(), stage.end()).stream()
        .map(node ->
            new Broker(node.id(), node.host(), node.port(), node.hasRack() ? node.rack() : ""))
        .toList();
  }

  /** Waits for the id of the cluster; empty if it has none, or does not answer. */
  String clusterId(DescribeClusterResult cluster, Stage stage) throws InterruptedException {
    try {
      String id = Answers.await(cluster.clusterId(), stage.end());
      return id == null ? "" : id;
    } catch (NoAnswerException e) {
      gaps.add("cluster id", e.failure());
    }
    return "";
  }

  /**
   * Waits for the controllers. With KRaft the active one is the leader of the metadata quorum; what
   * brokers then name as the controller is any broker, chosen anew for each answer.
   */
  Control control(DescribeMetadataQuorumResult quorum, DescribeClusterResult cluster, Stage stage)
      throws InterruptedException {
    try {
      QuorumInfo info = Answers.await(quorum.quorumInfo(), stage.end());
      return new Control(idOf(info.leaderId()), Optional.of(quorum(info)));
    } catch (NoAnswerException e) {
      if (e.failure() instanceof UnsupportedVersionException) {
        return new Control(controllerOfZooKeeper(cluster, stage), Optional.empty());
      }
      gaps.add("active controller", e.failure());
    }
    return new Control(OptionalInt.empty(), Optional.empty());
  }

  private OptionalInt controllerOfZooKeeper(DescribeClusterResult cluster, Stage stage)
      throws InterruptedException {
    try {
      Node controller = Answers.await(cluster.controller(), stage.end());
      return controller == null ? OptionalInt.empty() : idOf(controller.id());
    } catch (NoAnswerException e) {
      gaps.add("active controller", e.failure());
    }
    return OptionalInt.empty();
  }

  private static Quorum quorum(QuorumInfo info) {
    long leaderEnd =
        info.voters().stream()
            .filter(voter -> voter.replicaId() == info.leaderId())
            .mapToLong(QuorumInfo.ReplicaState::logEndOffset)
            .findFirst()
            .orElse(-1);
    return new Quorum(
        info.leaderEpoch(),
        info.highWatermark(),
        Stream.concat(
                info.voters().stream().flatMap(r -> replica(r, true, leaderEnd).stream()),
                info.observers().stream().flatMap(r -> replica(r, false, leaderEnd).stream()))
            .toList());
  }

  /** Returns a replica; nothing of one that the leader has not heard of, whose end is -1. */
  private static Optional<QuorumReplica> replica(
      QuorumInfo.ReplicaState replica, boolean voter, long leaderEnd) {
    if (leaderEnd < 0 || replica.logEndOffset() < 0) {
      return Optional.empty();
    }
    var caughtUpAt = replica.lastCaughtUpTimestamp();
    return Optional.of(
        new QuorumReplica(
            replica.replicaId(),
            voter,
            leaderEnd - replica.logEndOffset(),
            caughtUpAt.isPresent() && caughtUpAt.getAsLong() >= 0
                ? Optional.of(Instant.ofEpochMilli(caughtUpAt.getAsLong()))
                : Optional.empty()));
  }

  private static OptionalInt idOf(int id) {
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
