package io.mqexporter.rocketmq.remoting;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONReader;
import com.alibaba.fastjson2.TypeReference;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.ConnectedSlave;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Replication;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import io.mqexporter.rocketmq.snapshot.StaticTopic;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.admin.TopicStatsTable;
import org.apache.rocketmq.remoting.protocol.body.BrokerStatsData;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.body.HARuntimeInfo;
import org.apache.rocketmq.remoting.protocol.body.KVTable;
import org.apache.rocketmq.remoting.protocol.body.QueryConsumeTimeSpanBody;
import org.apache.rocketmq.remoting.protocol.body.QueueTimeSpan;
import org.apache.rocketmq.remoting.protocol.body.SubscriptionGroupWrapper;
import org.apache.rocketmq.remoting.protocol.body.TopicConfigAndMappingSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;
import org.apache.rocketmq.remoting.protocol.statictopic.TopicQueueMappingDetail;

/**
 * Parses the bodies of responses. They look like JSON, but keys may be bare numbers and even whole
 * objects. Each method throws some unchecked exception if the body is something else.
 */
final class ResponseBodies {

  private static final String BROADCAST = "@broadcast";
  private static final String MESSAGE_TYPE = "message.type";

  /** Longer than any message is kept, shorter than the time since 1970. */
  private static final Duration NO_MESSAGE = Duration.ofDays(30 * 365);

  private static final Type OFFSETS =
      new TypeReference<Map<String, Map<Integer, Long>>>() {}.getType();

  private ResponseBodies() {}

  /**
   * Parses the answer to 106 GET_BROKER_CLUSTER_INFO into brokers that nothing is known of yet. A
   * broker does not always say which cluster it belongs to, while the cluster names its brokers.
   */
  static List<BrokerProcess> layout(byte[] body) {
    ClusterInfo layout = RemotingSerializable.decode(body, ClusterInfo.class);
    var clusters = new HashMap<String, String>();
    if (layout.getClusterAddrTable() != null) {
      new TreeMap<>(layout.getClusterAddrTable())
          .forEach((cluster, brokers) ->
              brokers.forEach(broker -> clusters.putIfAbsent(broker, cluster)));
    }
    var processes = new ArrayList<BrokerProcess>();
    layout
        .getBrokerAddrTable()
        .forEach((broker, addresses) -> {
          String cluster =
              Optional.ofNullable(addresses.getCluster())
                  .orElseGet(() -> clusters.getOrDefault(broker, ""));
          addresses
              .getBrokerAddrs()
              .forEach((id, address) ->
                  processes.add(
                      new BrokerProcess(broker, id, cluster, address, false, Optional.empty())));
        });
    processes.sort(
        Comparator.comparing(BrokerProcess::broker).thenComparingLong(BrokerProcess::id));
    return List.copyOf(processes);
  }

  /** Parses the answer to 105 GET_ROUTEINFO_BY_TOPIC into permissions by broker. */
  static Map<String, Integer> permissions(byte[] body) {
    var permissions = new HashMap<String, Integer>();
    RemotingSerializable.decode(body, TopicRouteData.class)
        .getQueueDatas()
        .forEach(queues -> permissions.put(queues.getBrokerName(), queues.getPerm()));
    return permissions;
  }

  /** Parses the answer to 907 GET_BROKER_HA_STATUS. */
  static Replication replication(byte[] body) {
    HARuntimeInfo answer = RemotingSerializable.decode(body, HARuntimeInfo.class);
    return new Replication(
        answer.getInSyncSlaveNums(),
        answer.getHaConnectionInfo().stream()
            .map(slave ->
                new ConnectedSlave(host(slave.getAddr()), slave.getDiff(), slave.isInSync()))
            .toList());
  }

  /** Returns the host of {@code name/host:port}, where the name may be missing. */
  private static String host(String address) {
    return address.substring(address.indexOf('/') + 1, address.lastIndexOf(':'));
  }

  /** Parses the answer to 61 GET_TIMER_METRICS into messages by topic. */
  static Map<String, Long> timed(byte[] body) {
    var timed = new HashMap<String, Long>();
    JSON.parseObject(body)
        .getJSONObject("timingCount")
        .forEach((topic, metric) -> timed.put(topic, ((JSONObject) metric).getLongValue("count")));
    return timed;
  }

  /** Parses the answer to 28 GET_BROKER_RUNTIME_INFO. */
  static RuntimeFigures runtimeFigures(byte[] body) {
    return new RuntimeFigures(RemotingSerializable.decode(body, KVTable.class).getTable());
  }

  /** Parses the answer to 21 GET_ALL_TOPIC_CONFIG. */
  static Map<String, TopicSettings> topics(byte[] body) {
    var answer = RemotingSerializable.decode(body, TopicConfigAndMappingSerializeWrapper.class);
    var topics = new HashMap<String, TopicSettings>();
    answer
        .getTopicConfigTable()
        .forEach((topic, config) ->
            topics.put(
                topic,
                new TopicSettings(
                    config.getReadQueueNums(),
                    config.getWriteQueueNums(),
                    config.getPerm(),
                    config.getAttributes().getOrDefault(MESSAGE_TYPE, ""),
                    Optional.ofNullable(answer.getTopicQueueMappingDetailMap().get(topic))
                        .map(ResponseBodies::mapping))));
    return topics;
  }

  private static StaticTopic mapping(TopicQueueMappingDetail told) {
    var queues = new HashMap<Integer, List<StaticTopic.Piece>>();
    told.getHostedQueues()
        .forEach((queue, pieces) -> {
          if (!pieces.isEmpty()) {
            queues.put(
                queue,
                pieces.stream()
                    .map(piece ->
                        new StaticTopic.Piece(
                            piece.getBname(),
                            piece.getQueueId(),
                            piece.getLogicOffset(),
                            piece.getStartOffset()))
                    .toList());
          }
        });
    return new StaticTopic(told.getEpoch(), queues);
  }

  /** Parses the answer to 202 GET_TOPIC_STATS_INFO into offsets by queue. */
  static Map<Integer, QueueOffsets> offsets(byte[] body) {
    var offsets = new HashMap<Integer, QueueOffsets>();
    RemotingSerializable.decode(body, TopicStatsTable.class)
        .getOffsetTable()
        .forEach((queue, offset) ->
            offsets.put(
                queue.getQueueId(),
                new QueueOffsets(
                    offset.getMinOffset(),
                    offset.getMaxOffset(),
                    offset.getLastUpdateTimestamp() > 0
                        ? OptionalLong.of(offset.getLastUpdateTimestamp())
                        : OptionalLong.empty())));
    return offsets;
  }

  /**
   * Parses the answer to 303 QUERY_CONSUME_TIME_SPAN into the ages of the first messages not
   * consumed, by queue. Where there is none, or it cannot be read any more, the broker tells no
   * delay, or all the time since 1970.
   */
  static Map<Integer, Duration> unreadAges(byte[] body) {
    var ages = new HashMap<Integer, Duration>();
    for (QueueTimeSpan queue :
        RemotingSerializable.decode(body, QueryConsumeTimeSpanBody.class).getConsumeTimeSpanSet()) {
      Duration age = Duration.ofMillis(queue.getDelayTime());
      if (age.isPositive() && age.compareTo(NO_MESSAGE) < 0) {
        ages.put(queue.getMessageQueue().getQueueId(), age);
      }
    }
    return ages;
  }

  /** Parses the answer to 315 VIEW_BROKER_STATS_DATA into the mean by second of a minute. */
  static double perSecond(byte[] body) {
    return RemotingSerializable.decode(body, BrokerStatsData.class).getStatsMinute().getTps();
  }

  /** Parses the answer to 201 GET_ALL_SUBSCRIPTIONGROUP_CONFIG. */
  static Map<String, GroupSettings> groups(byte[] body) {
    var groups = new HashMap<String, GroupSettings>();
    RemotingSerializable.decode(body, SubscriptionGroupWrapper.class)
        .getSubscriptionGroupTable()
        .forEach((group, config) -> groups.put(group, new GroupSettings(config.isConsumeEnable())));
    return groups;
  }

  /**
   * Parses the answer to 43 GET_ALL_CONSUMER_OFFSET. Its keys are {@code topic@group}, and {@code
   * topic@group@broadcast} for what the broker remembers of a broadcasting group.
   */
  static Commits commits(byte[] body) {
    Map<String, Map<Integer, Long>> committed = Map.of();
    Optional<Map<String, Map<Integer, Long>>> pulled = Optional.empty();
    try (JSONReader reader = JSONReader.of(body)) {
      if (!reader.nextIfObjectStart()) {
        throw new JSONException("not an object");
      }
      while (!reader.nextIfObjectEnd()) {
        switch (reader.readFieldName()) {
          case "offsetTable" -> committed = reader.read(OFFSETS);
          case "pullOffsetTable" -> pulled = Optional.of(reader.read(OFFSETS));
          // Not skipped: the library skips only what is true JSON, and this may not be.
          default -> reader.readAny();
        }
      }
    }
    return new Commits(
        byGroup(committed),
        pulled.map(ResponseBodies::byGroup),
        committed.keySet().stream()
            .filter(key -> key.endsWith(BROADCAST))
            .map(key -> key.split("@", 3)[1])
            .collect(Collectors.toSet()));
  }

  private static Map<GroupTopic, Map<Integer, Long>> byGroup(
      Map<String, Map<Integer, Long>> table) {
    var byGroup = new HashMap<GroupTopic, Map<Integer, Long>>();
    table.forEach((key, offsets) -> {
      String[] parts = key.split("@", -1);
      if (parts.length == 2) {
        var known = new TreeMap<>(offsets);
        // How some versions write that a queue has no offset.
        known.values().removeIf(offset -> offset < 0);
        byGroup.put(new GroupTopic(parts[1], parts[0]), known);
      }
    });
    return byGroup;
  }
}
