package io.mqexporter.rocketmq;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Details;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Registry;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import io.mqexporter.rocketmq.view.ClusterView;
import io.mqexporter.rocketmq.view.UnreadShare;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Snapshots of small clusters, written down with few words. */
public final class Snapshots {

  public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private Snapshots() {}

  public static RocketMqSnapshot snapshot(Broker... brokers) {
    return new RocketMqSnapshot(
        AT,
        new Registry(List.of(), Map.of()),
        List.of(brokers).stream().map(Broker::process).toList(),
        List.of(brokers).stream().map(Broker::contents).toList());
  }

  public static ClusterView view(Broker... brokers) {
    return new ClusterView(snapshot(brokers), List.<UnreadShare>of(), List.of());
  }

  /** A master of which everything was read. */
  public static final class Broker {

    private final String name;
    private final Map<String, String> figures = new HashMap<>();
    private final Map<String, TopicSettings> topics = new HashMap<>();
    private final Map<String, Map<Integer, QueueOffsets>> offsets = new HashMap<>();
    private final Map<GroupTopic, Map<Integer, Long>> committed = new HashMap<>();
    private final Map<GroupTopic, Map<Integer, Long>> pulled = new HashMap<>();
    private final Set<String> broadcasting = new HashSet<>();
    private final Map<String, GroupSettings> groups = new HashMap<>();
    private final Map<String, GroupClients> clients = new HashMap<>();
    private boolean commitsRead = true;
    private Details details = Details.UNKNOWN;

    public Broker(String name) {
      this.name = name;
    }

    public Broker figure(String key, String value) {
      figures.put(key, value);
      return this;
    }

    /** Adds a topic with queues of these maximum offsets, of which all messages are held. */
    public Broker topic(String topic, long... max) {
      topics.put(topic, new TopicSettings(max.length, max.length, 6, ""));
      for (int queue = 0; queue < max.length; queue++) {
        offsets(topic, queue, 0, max[queue]);
      }
      return this;
    }

    public Broker settings(String topic, TopicSettings settings) {
      topics.put(topic, settings);
      return this;
    }

    public Broker offsets(String topic, int queue, long min, long max) {
      offsets
          .computeIfAbsent(topic, _ -> new HashMap<>())
          .put(queue, new QueueOffsets(min, max, OptionalLong.empty()));
      return this;
    }

    public Broker offsetsNotRead(String topic) {
      offsets.remove(topic);
      return this;
    }

    public Broker group(String... names) {
      for (String group : names) {
        groups.put(group, new GroupSettings(true));
      }
      return this;
    }

    public Broker commit(String group, String topic, int queue, long offset) {
      group(group);
      committed
          .computeIfAbsent(new GroupTopic(group, topic), _ -> new HashMap<>())
          .put(queue, offset);
      return this;
    }

    public Broker pull(String group, String topic, int queue, long offset) {
      pulled.computeIfAbsent(new GroupTopic(group, topic), _ -> new HashMap<>()).put(queue, offset);
      return this;
    }

    public Broker rememberedAsBroadcasting(String group) {
      broadcasting.add(group);
      return this;
    }

    public Broker clients(String group, boolean isBroadcasting, String... identifiers) {
      group(group);
      var all = new HashMap<String, Client>();
      for (String identifier : identifiers) {
        all.put(identifier, new Client("JAVA", "5.5.0", identifier + ":4711"));
      }
      clients.put(
          group,
          new GroupClients(
              all,
              Optional.of("push"),
              Optional.of(isBroadcasting),
              Set.of(Map.of("orders", "*"))));
      return this;
    }

    public Broker details(Details told) {
      details = told;
      return this;
    }

    public Broker commitsNotRead() {
      commitsRead = false;
      return this;
    }

    public BrokerProcess process() {
      return new BrokerProcess(
          name, 0, "cluster", "10.0.0.1:10911", true, Optional.of(new RuntimeFigures(figures)));
    }

    public BrokerContents contents() {
      return new BrokerContents(
          name,
          Optional.of(topics),
          offsets,
          commitsRead
              ? Optional.of(new Commits(committed, Optional.of(pulled), broadcasting))
              : Optional.empty(),
          Optional.of(groups),
          clients,
          details);
    }
  }
}
