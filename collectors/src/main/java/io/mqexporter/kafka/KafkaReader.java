package io.mqexporter.kafka;

import io.mqexporter.collector.Deadline;
import io.mqexporter.kafka.KafkaSnapshot.Broker;
import io.mqexporter.kafka.KafkaSnapshot.Group;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumOptions;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumResult;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListGroupsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Reads a snapshot of a cluster with few calls, each for all topics or groups at once.
 *
 * <p>The order decides what can be believed: start offsets are asked for before committed offsets
 * are read, and end offsets after that, so that consumers and retention at work in between make
 * neither a negative lag nor a false loss. Each stage has only a share of the time, so that one
 * broker that hangs does not cost what the others still have to say.
 */
final class KafkaReader {

  private final Admin admin;
  private final Clock clock;
  private final Gaps gaps = new Gaps();
  private final TopicReader topicReader;
  private final GroupReader groupReader;

  KafkaReader(Admin admin, Clock clock) {
    this.admin = admin;
    this.clock = clock;
    this.topicReader = new TopicReader(admin, gaps);
    this.groupReader = new GroupReader(gaps);
  }

  /**
   * Reads a snapshot; what does not answer by the deadline is missing in it.
   *
   * @throws NoAnswerException if not even the brokers of the cluster can be read
   */
  KafkaSnapshot read(Deadline deadline) throws NoAnswerException, InterruptedException {
    Stage listing = Stage.until(deadline, 0.5);
    DescribeClusterResult cluster =
        admin.describeCluster(listing.limit(new DescribeClusterOptions()));
    DescribeMetadataQuorumResult quorum =
        admin.describeMetadataQuorum(listing.limit(new DescribeMetadataQuorumOptions()));
    ListTopicsResult listedTopics =
        admin.listTopics(listing.limit(new ListTopicsOptions()).listInternal(true));
    ListGroupsResult listedGroups = admin.listGroups(listing.limit(new ListGroupsOptions()));
    Collection<Node> brokers = Answers.await(cluster.nodes(), listing.end());
    OptionalInt controller = controller(quorum, cluster, listing);
    TopicReader.Listed topicNames = topicReader.list(listedTopics, listing);
    Collection<GroupListing> groupNames = groupReader.list(listedGroups, listing);

    Stage description = Stage.until(deadline, 0.5);
    GroupRequest groupRequest = GroupRequest.send(admin, groupNames, description);
    TopicReader.Described topics = topicReader.describe(topicNames, description);
    ListOffsetsResult starts =
        topicReader.request(topics.withLeader(), OffsetSpec.earliest(), description);
    List<Group> groups =
        groupReader.await(groupNames, groupRequest, topicNames.internal(), description);

    Stage offsets = Stage.until(deadline, 0.9);
    ListOffsetsResult ends = topicReader.request(topics.withLeader(), OffsetSpec.latest(), offsets);
    return new KafkaSnapshot(
        clock.instant(),
        brokers.stream().map(KafkaReader::broker).toList(),
        controller,
        topicReader.await(topics, starts, ends, offsets),
        groups,
        gaps.toList());
  }

  private static Broker broker(Node node) {
    return new Broker(node.id(), node.host() + ":" + node.port());
  }

  /**
   * Returns the active controller. With KRaft that is the leader of the metadata quorum; what
   * brokers then name as the controller is any broker, chosen anew for each answer.
   */
  private OptionalInt controller(
      DescribeMetadataQuorumResult quorum, DescribeClusterResult cluster, Stage stage)
      throws InterruptedException {
    try {
      return idOf(Answers.await(quorum.quorumInfo(), stage.end()).leaderId());
    } catch (NoAnswerException e) {
      if (e.failure() instanceof UnsupportedVersionException) {
        return controllerOfZooKeeper(cluster, stage);
      }
      gaps.add("active controller", e.failure());
    }
    return OptionalInt.empty();
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

  private static OptionalInt idOf(int id) {
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
