package io.mqexporter.bench;

import io.mqexporter.brokers.RocketMqClients;
import io.mqexporter.brokers.RocketMqCluster;
import io.mqexporter.brokers.RocketMqRelease;
import io.mqexporter.brokers.RocketMqSetup;
import io.mqexporter.collector.Deadline;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.header.GetAllSubscriptionGroupRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetAllTopicConfigRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetConsumerConnectionListRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetTopicStatsInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/**
 * A pass over RocketMQ against the bare requests for the same data, and against the calls of
 * rocketmq-exporter. Five topics get messages all the time, of which two groups consume nothing.
 */
final class RocketMqBenchmark {

  /** How many topics; 2 groups for each 5 of them. */
  private static final List<Integer> SIZES = List.of(125, 250, 500);

  private static final int SMALLEST = 125;

  private static final List<String> MASTERS = List.of(RocketMqCluster.FIRST, "broker-b");
  private static final int QUEUES = 4;
  private static final int TOPICS_OF_A_GROUP = 3;
  private static final int HOT = 5;
  private static final int LAGGING = 2;

  /** An agent runs for months: both ways are compared when they are compiled. */
  private static final int WARM_UP_RUNS = 60;

  private static final int RUNS = 25;

  private static final int PASSES = 20;
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final RocketMqCluster cluster;
  private final DefaultMQAdminExt admin;
  private final List<String> addresses;

  private RocketMqBenchmark(RocketMqCluster cluster, DefaultMQAdminExt admin) {
    this.cluster = cluster;
    this.admin = admin;
    this.addresses = MASTERS.stream().map(name -> cluster.master(name).address()).toList();
  }

  static void run() throws Exception {
    var setup = new RocketMqSetup(RocketMqRelease.CURRENT, 1, MASTERS.size(), 0, "", List.of(), 0);
    var admin = new DefaultMQAdminExt(TIMEOUT_MILLIS);
    try (var cluster = RocketMqCluster.start("bench-rocketmq", setup);
        var clients = new RocketMqClients(cluster);
        var writer = Executors.newSingleThreadScheduledExecutor()) {
      admin.setNamesrvAddr(cluster.nameServers());
      admin.setInstanceName("bench");
      admin.start();
      var benchmark = new RocketMqBenchmark(cluster, admin);
      DefaultMQProducer producer = clients.producer("bench");
      benchmark.fill(0, HOT);
      Future<?> writing =
          writer.scheduleWithFixedDelay(
              () -> benchmark.write(producer), 0, 200, TimeUnit.MILLISECONDS);
      int there = HOT;
      for (int topics : SIZES) {
        benchmark.fill(there, topics);
        there = topics;
        benchmark.compare(topics);
      }
      writing.cancel(true);
    } finally {
      admin.shutdown();
    }
  }

  private void compare(int topics) throws Exception {
    String what = "RocketMQ, %,d topics, %,d groups, 2 brokers".formatted(topics, groups(topics));
    var config = new RocketMqConfig(List.of(cluster.nameServers()), Optional.empty());
    try (var collector =
            new RocketMqCollector("bench", config, Duration.ofMinutes(3), Clock.systemUTC());
        var exporter = new RocketMqExporterCalls(cluster.nameServers())) {
      settle(collector);
      NettyRemotingClient bare = new NettyRemotingClient(new NettyClientConfig());
      bare.start();
      Comparison.print(
          what,
          "the bare requests for the same data",
          () -> bareRequests(bare),
          () -> collector.collect(Deadline.after(LONG)),
          WARM_UP_RUNS,
          RUNS);
      bare.shutdown();
      long before = collector.requestsSent();
      for (int i = 0; i < PASSES; i++) {
        collector.collect(Deadline.after(LONG));
      }
      double each = (collector.requestsSent() - before) / (double) PASSES;
      // One of each pass goes to the name server.
      double aBroker = (each - 1) / MASTERS.size();
      System.out.printf(
          "%s: %.1f requests a collection, %.1f a broker; without one for each of %d hot topics and %d"
              + " lagging groups %.1f a broker%n",
          what, each, aBroker, HOT, LAGGING, aBroker - HOT - LAGGING);
      long start = System.nanoTime();
      long sent = exporter.requests();
      exporter.run(addresses);
      double theirs = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      collector.collect(Deadline.after(LONG));
      double ours = (System.nanoTime() - start) / 1e6;
      System.out.printf(
          "%s: the calls of rocketmq-exporter %,.0f ms with %,d requests, a collection here %.0f ms:"
              + " %.0f times faster%n",
          what, theirs, exporter.requests() - sent, ours, theirs / ours);
    }
  }

  /** Collects until each group was asked for its clients, which the bare requests are not for. */
  private static void settle(RocketMqCollector collector) throws Exception {
    for (int i = 0; i < PASSES; i++) {
      collector.collect(Deadline.after(LONG));
    }
  }

  /** Sends what a collection cannot do without, all at once, and waits for the answers. */
  private void bareRequests(NettyRemotingClient client) {
    var answers = new ArrayList<CompletableFuture<RemotingCommand>>();
    answers.add(
        send(
            client,
            cluster.nameServers(),
            RemotingCommand.createRequestCommand(RequestCode.GET_BROKER_CLUSTER_INFO, null)));
    for (String address : addresses) {
      for (RemotingCommand request :
          List.of(
              RemotingCommand.createRequestCommand(RequestCode.GET_BROKER_RUNTIME_INFO, null),
              RemotingCommand.createRequestCommand(RequestCode.GET_ALL_CONSUMER_OFFSET, null),
              RemotingCommand.createRequestCommand(
                  RequestCode.GET_ALL_TOPIC_CONFIG, new GetAllTopicConfigRequestHeader()),
              RemotingCommand.createRequestCommand(
                  RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG,
                  new GetAllSubscriptionGroupRequestHeader()))) {
        answers.add(send(client, address, request));
      }
      for (int i = 0; i < HOT; i++) {
        var header = new GetTopicStatsInfoRequestHeader();
        header.setTopic("topic-" + i);
        answers.add(
            send(
                client,
                address,
                RemotingCommand.createRequestCommand(RequestCode.GET_TOPIC_STATS_INFO, header)));
      }
      for (int i = 0; i < LAGGING; i++) {
        var header = new GetConsumerConnectionListRequestHeader();
        header.setConsumerGroup("group-" + i);
        answers.add(
            send(
                client,
                address,
                RemotingCommand.createRequestCommand(
                    RequestCode.GET_CONSUMER_CONNECTION_LIST, header)));
      }
    }
    answers.forEach(CompletableFuture::join);
  }

  private static CompletableFuture<RemotingCommand> send(
      NettyRemotingClient client, String address, RemotingCommand request) {
    return client.invoke(address, request, TIMEOUT_MILLIS);
  }

  private void write(DefaultMQProducer producer) {
    try {
      for (int i = 0; i < HOT; i++) {
        for (String master : MASTERS) {
          producer.send(
              new Message("topic-" + i, new byte[100]), new MessageQueue("topic-" + i, master, 0));
        }
      }
    } catch (Exception e) {
      System.out.println("a message could not be sent: " + e.getMessage());
    }
  }

  private void fill(int from, int to) throws Exception {
    for (int b = 0; b < MASTERS.size(); b++) {
      String address = addresses.get(b);
      for (int i = from; i < to; i++) {
        admin.createAndUpdateTopicConfig(address, new TopicConfig("topic-" + i, QUEUES, QUEUES));
      }
      for (int i = groups(from); i < groups(to); i++) {
        String name = "group-" + i;
        var group = new SubscriptionGroupConfig();
        group.setGroupName(name);
        admin.createAndUpdateSubscriptionGroupConfig(address, group);
        admin.createAndUpdateTopicConfig(address, new TopicConfig("%RETRY%" + name, 1, 1));
        for (int t = 0; t < TOPICS_OF_A_GROUP; t++) {
          // The first two groups consume hot topics, and get no further.
          int topic = i < LAGGING ? t : HOT + (i * TOPICS_OF_A_GROUP + t) % (SMALLEST - HOT);
          for (int queue = 0; queue < QUEUES; queue++) {
            admin.updateConsumeOffset(
                address, name, new MessageQueue("topic-" + topic, MASTERS.get(b), queue), 0);
          }
        }
      }
    }
  }

  private static int groups(int topics) {
    return topics * 2 / 5;
  }
}
