package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.PopAckConstants;
import org.apache.rocketmq.common.topic.TopicValidator;

/**
 * Renders brokers and their runtime figures but for those of their stores. Rates and means that a
 * broker computes are left out, and so are its counters' values of midnight.
 */
record BrokerMetrics(String cluster, MetricFamilies families) {

  private static final List<Processor> PROCESSORS =
      List.of(
          new Processor("send", "sendThreadPoolQueue"),
          new Processor("pull", "pullThreadPoolQueue"),
          new Processor("lite_pull", "litePullThreadPoolQueue"),
          new Processor("query", "queryThreadPoolQueue"),
          new Processor("ack", "ackThreadPoolQueue"),
          new Processor(
              "end_transaction", "EndTransactionQueueSize", "EndTransactionThreadPoolQueue"));

  private static final GroupTopic TRANSACTIONS =
      new GroupTopic(MixAll.CID_SYS_RMQ_TRANS, TopicValidator.RMQ_SYS_TRANS_HALF_TOPIC);

  /**
   * What a processor is called, its size's key, and what the keys of its other figures begin with.
   */
  private record Processor(String name, String sizeKey, String key) {

    Processor(String name, String key) {
      this(name, key + "Size", key);
    }
  }

  /** Adds a master or slave. */
  void add(BrokerProcess process) {
    String broker = process.broker();
    String id = Long.toString(process.id());
    families.add(RocketMqBrokerMetric.BROKER_UP, process.up() ? 1 : 0, cluster, broker, id);
    families.add(
        RocketMqBrokerMetric.BROKER_INFO,
        1,
        cluster,
        broker,
        id,
        process.id() == MixAll.MASTER_ID ? "master" : "slave",
        process.cluster(),
        process.address(),
        process.figures().map(RuntimeFigures::version).orElse(""));
    process
        .figures()
        .ifPresent(figures -> {
          addTraffic(figures, broker, id);
          addState(figures, broker, id);
          var store = new StoreMetrics(cluster, families, broker, id);
          store.addLog(figures);
          store.addDisk(figures);
          PROCESSORS.forEach(processor -> addProcessor(processor, figures, broker, id));
          store.addDelayed(figures);
        });
  }

  /** Adds the numbers of what a master holds. */
  void add(BrokerContents contents) {
    contents
        .topics()
        .ifPresent(topics ->
            families.add(RocketMqBrokerMetric.TOPICS, topics.size(), cluster, contents.broker()));
    contents
        .groups()
        .ifPresent(groups ->
            families.add(RocketMqBrokerMetric.GROUPS, groups.size(), cluster, contents.broker()));
    addTransactions(contents);
    addRevival(contents);
    new TreeMap<>(contents.details().timed().orElse(Map.of()))
        .forEach((topic, count) ->
            families.add(
                RocketMqBrokerMetric.TIMED, (long) count, cluster, contents.broker(), topic));
  }

  /** Adds the half messages; a check that has passed none of them has committed nothing. */
  private void addTransactions(BrokerContents contents) {
    backlog(contents, TRANSACTIONS)
        .ifPresent(half -> {
          families.add(
              RocketMqBrokerMetric.TRANSACTION_PENDING, half.pending(), cluster, contents.broker());
          families.add(
              RocketMqBrokerMetric.TRANSACTION_HALF, half.written(), cluster, contents.broker());
        });
  }

  /** Adds what a broker has yet to look through to give popped messages out anew. */
  private void addRevival(BrokerContents contents) {
    contents.offsets().keySet().stream()
        .filter(PopAckConstants::isStartWithRevivePrefix)
        .sorted()
        .findFirst()
        .flatMap(topic -> backlog(contents, new GroupTopic(PopAckConstants.REVIVE_GROUP, topic)))
        .ifPresent(revival ->
            families.add(
                RocketMqBrokerMetric.POP_REVIVE_LAG,
                revival.pending(),
                cluster,
                contents.broker()));
  }

  /**
   * How far a broker itself is with a topic of its own.
   *
   * @param written the messages ever written
   * @param pending those that it has not passed
   */
  private record Backlog(long written, long pending) {}

  private static Optional<Backlog> backlog(BrokerContents contents, GroupTopic consumption) {
    Map<Integer, QueueOffsets> queues =
        contents.offsets().getOrDefault(consumption.topic(), Map.of());
    if (queues.isEmpty() || contents.commits().isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Long> passed =
        contents.commits().get().committed().getOrDefault(consumption, Map.of());
    long written = 0;
    long pending = 0;
    for (var queue : queues.entrySet()) {
      QueueOffsets offsets = queue.getValue();
      written += offsets.max();
      pending += offsets.max() - passed.getOrDefault(queue.getKey(), offsets.min());
    }
    // It may have come further since the offsets were last asked for.
    return Optional.of(new Backlog(written, Math.max(0, pending)));
  }

  private void addTraffic(RuntimeFigures figures, String broker, String id) {
    families.add(
        RocketMqBrokerMetric.BROKER_START, figures.seconds("bootTimestamp"), cluster, broker, id);
    // Not of today, whatever the key says: both count from the broker's start.
    families.add(
        RocketMqBrokerMetric.BROKER_MESSAGES_IN,
        figures.count("msgPutTotalTodayNow"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.BROKER_MESSAGES_OUT,
        figures.count("msgGetTotalTodayNow"),
        cluster,
        broker,
        id);
  }

  private void addState(RuntimeFigures figures, String broker, String id) {
    figures
        .flag("brokerActive")
        .ifPresent(active ->
            families.add(RocketMqBrokerMetric.BROKER_ACTIVE, active ? 1 : 0, cluster, broker, id));
    OptionalDouble accepts = figures.seconds("startAcceptSendRequestTimeStamp");
    if (accepts.orElse(0) > 0) {
      families.add(RocketMqBrokerMetric.BROKER_ACCEPTS, accepts, cluster, broker, id);
    }
  }

  private void addProcessor(Processor processor, RuntimeFigures figures, String broker, String id) {
    String name = processor.name();
    families.add(
        RocketMqBrokerMetric.PROCESSOR_WATERMARK,
        figures.count(processor.sizeKey()),
        cluster,
        broker,
        id,
        name);
    families.add(
        RocketMqBrokerMetric.PROCESSOR_CAPACITY,
        figures.count(processor.key() + "Capacity"),
        cluster,
        broker,
        id,
        name);
    families.add(
        RocketMqBrokerMetric.PROCESSOR_HEAD_WAIT,
        figures.seconds(processor.key() + "HeadWaitTimeMills"),
        cluster,
        broker,
        id,
        name);
  }
}
