package io.mqexporter.kafka;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumOptions;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumResult;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListGroupsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsResult;

/**
 * Reads a snapshot of a cluster with few calls, each for all topics or groups at once.
 *
 * <p>The order decides what can be believed: start offsets are asked for before committed offsets
 * are read, and end offsets after that, so that consumers and retention at work in between make
 * neither a negative lag nor a false loss. Each stage has only a share of the time, so that one
 * broker that hangs does not cost what the others still have to say.
 */
final class KafkaReader {

  private final KafkaConnection connection;
  private final Clock clock;
  private final WantedTopics wanted;
  private final Gaps gaps = new Gaps();
  private final ClusterReader clusterReader;
  private final TopicReader topicReader;
  private final GroupReader groupReader;

  KafkaReader(KafkaConnection connection, WantedTopics wanted, Clock clock) {
    this.connection = connection;
    this.wanted = wanted;
    this.clock = clock;
    KafkaConfig config = connection.config();
    this.clusterReader = new ClusterReader(gaps);
    this.topicReader = new TopicReader(config.topics(), wanted, gaps);
    this.groupReader = new GroupReader(config.topics(), config.groups(), wanted, gaps);
  }

  /**
   * Reads a snapshot; what does not answer by the deadline is missing in it.
   *
   * @throws NoAnswerException if not even the brokers of the cluster can be read
   * @throws CollectionException if there is no client
   */
  KafkaSnapshot read(Deadline deadline)
      throws NoAnswerException, CollectionException, InterruptedException {
    Admin admin = connection.admin(deadline);
    Stage listing = Stage.until(deadline, 0.5);
    DescribeClusterResult cluster =
        admin.describeCluster(listing.limit(new DescribeClusterOptions()));
    DescribeMetadataQuorumResult quorum =
        admin.describeMetadataQuorum(listing.limit(new DescribeMetadataQuorumOptions()));
    ListTopicsResult listedTopics =
        admin.listTopics(listing.limit(new ListTopicsOptions()).listInternal(true));
    ListGroupsResult listedGroups = admin.listGroups(listing.limit(new ListGroupsOptions()));
    List<Broker> brokers = clusterReader.brokers(cluster, listing);
    Persistence persistence = Persistence.of(connection, brokers.size());
    String clusterId = clusterReader.clusterId(cluster, listing);
    ClusterReader.Control control = clusterReader.control(quorum, cluster, listing);
    TopicReader.Listed topicNames = topicReader.list(listedTopics, listing);
    GroupReader.Listed groupNames = groupReader.list(listedGroups, listing);

    Stage description = Stage.until(deadline, 0.4);
    TopicReader.Described topics =
        topicReader.describe(admin, topicNames, groupNames.silent(), description);
    TopicReader.Asked starts = topicReader.requestStarts(admin, topics, description);

    Stage grouping = Stage.until(deadline, 0.5);
    var groupListing = new KafkaSnapshot.GroupListing(groupNames.answered(), topics.groupLeaders());
    GroupRequest groupRequest =
        GroupRequest.send(admin, groupNames.groups(), groupListing, grouping);
    GroupReader.Answered answered =
        groupReader.await(
            groupRequest,
            topicNames.internal(),
            // Brokers tell many groups at once since 3.0.
            topics.byId() ? persistence : persistence.forEach(groupNames.groups().size()),
            grouping);
    wanted.consumed(answered, groupNames);

    Stage offsets = Stage.until(deadline, 0.9);
    TopicReader.OffsetRequest offsetRequest =
        topicReader.requestEnds(connection.admin(offsets.end()), topics, starts, offsets);
    // Takes as long as the brokers take to answer that.
    List<Group> groups = groupReader.groups(groupNames, answered);
    List<Topic> topicsWithOffsets = topicReader.await(topics, offsetRequest, persistence, offsets);
    return new KafkaSnapshot(
        clock.instant(),
        clusterId,
        brokers,
        control.controller(),
        control.quorum(),
        topicsWithOffsets,
        groups,
        groupListing,
        gaps.toList());
  }
}
