package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.rocketmq.common.MixAll;

/**
 * Renders brokers and their runtime figures. Rates, means and maxima since the start that a broker
 * computes are left out, and so are sizes that it rounds for people.
 */
record BrokerMetrics(String cluster, MetricFamilies families) {

  private static final String DELAY_LEVEL_PREFIX = "scheduleMessageOffset_";

  private static final List<Processor> PROCESSORS =
      List.of(
          new Processor("send", "sendThreadPoolQueue"),
          new Processor("pull", "pullThreadPoolQueue"),
          new Processor("lite_pull", "litePullThreadPoolQueue"),
          new Processor("query", "queryThreadPoolQueue"),
          new Processor("ack", "ackThreadPoolQueue"));

  private record Processor(String name, String key) {}

  /** Adds a master or slave. */
  void add(BrokerProcess process) {
    String broker = process.broker();
    String id = Long.toString(process.id());
    families.add(RocketMqMetric.BROKER_UP, process.up() ? 1 : 0, cluster, broker, id);
    families.add(
        RocketMqMetric.BROKER_INFO,
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
          addStorage(figures, broker, id);
          PROCESSORS.forEach(processor -> addProcessor(processor, figures, broker, id));
          addTimer(figures, broker, id);
        });
  }

  /** Adds the numbers of what a master holds. */
  void add(BrokerContents contents) {
    contents
        .topics()
        .ifPresent(topics ->
            families.add(RocketMqMetric.TOPICS, topics.size(), cluster, contents.broker()));
    contents
        .groups()
        .ifPresent(groups ->
            families.add(RocketMqMetric.GROUPS, groups.size(), cluster, contents.broker()));
  }

  private void addTraffic(RuntimeFigures figures, String broker, String id) {
    families.add(
        RocketMqMetric.BROKER_START, figures.seconds("bootTimestamp"), cluster, broker, id);
    // Not of today, whatever the key says: both count from the broker's start.
    families.add(
        RocketMqMetric.BROKER_MESSAGES_IN,
        figures.count("msgPutTotalTodayNow"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqMetric.BROKER_MESSAGES_OUT,
        figures.count("msgGetTotalTodayNow"),
        cluster,
        broker,
        id);
  }

  private void addStorage(RuntimeFigures figures, String broker, String id) {
    OptionalLong bytes = figures.count("putMessageSizeTotal");
    // The broker writes 1 for 0, so as not to divide by it.
    OptionalLong messages =
        bytes.isPresent() && bytes.getAsLong() == 0
            ? OptionalLong.of(0)
            : figures.count("putMessageTimesTotal");
    families.add(RocketMqMetric.STORAGE_MESSAGES, messages, cluster, broker, id);
    families.add(RocketMqMetric.STORAGE_BYTES, bytes, cluster, broker, id);
    families.add(
        RocketMqMetric.STORAGE_FAILURES,
        figures.count("putMessageFailedTimes"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqMetric.STORAGE_LATENCY, figures.seconds("putLatency99"), cluster, broker, id, "99");
    families.add(
        RocketMqMetric.STORAGE_LATENCY,
        figures.seconds("putLatency999"),
        cluster,
        broker,
        id,
        "99.9");
    families.add(
        RocketMqMetric.STORAGE_DISPATCH_BEHIND,
        figures.count("dispatchBehindBytes"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqMetric.STORAGE_LOCK,
        figures.seconds("pageCacheLockTimeMills"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqMetric.STORAGE_MIN_OFFSET,
        figures.count("commitLogMinOffset"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqMetric.STORAGE_MAX_OFFSET,
        figures.count("commitLogMaxOffset"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqMetric.STORAGE_EARLIEST,
        figures.seconds("earliestMessageTimeStamp"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqMetric.STORAGE_DISK_USED,
        figures.number("commitLogDiskRatio"),
        cluster,
        broker,
        id,
        "commit_log");
    families.add(
        RocketMqMetric.STORAGE_DISK_USED,
        figures.number("consumeQueueDiskRatio"),
        cluster,
        broker,
        id,
        "consume_queue");
  }

  private void addProcessor(Processor processor, RuntimeFigures figures, String broker, String id) {
    String name = processor.name();
    families.add(
        RocketMqMetric.PROCESSOR_WATERMARK,
        figures.count(processor.key() + "Size"),
        cluster,
        broker,
        id,
        name);
    families.add(
        RocketMqMetric.PROCESSOR_CAPACITY,
        figures.count(processor.key() + "Capacity"),
        cluster,
        broker,
        id,
        name);
    families.add(
        RocketMqMetric.PROCESSOR_HEAD_WAIT,
        figures.seconds(processor.key() + "HeadWaitTimeMills"),
        cluster,
        broker,
        id,
        name);
  }

  private void addTimer(RuntimeFigures figures, String broker, String id) {
    families.add(
        RocketMqMetric.TIMER_ENQUEUE_LAG, figures.count("timerOffsetBehind"), cluster, broker, id);
    families.add(
        RocketMqMetric.TIMER_DEQUEUE_LATENCY,
        figures.number("timerReadBehind"),
        cluster,
        broker,
        id);
    var levels = new TreeMap<Integer, OptionalLong>();
    for (Map.Entry<String, String> figure : figures.table().entrySet()) {
      if (figure.getKey().matches(DELAY_LEVEL_PREFIX + "\\d{1,9}")) {
        levels.put(
            Integer.valueOf(figure.getKey().substring(DELAY_LEVEL_PREFIX.length())),
            undelivered(figure.getValue()));
      }
    }
    levels.forEach((level, lag) ->
        families.add(
            RocketMqMetric.SCHEDULE_LAG, lag, cluster, broker, id, Integer.toString(level)));
  }

  /** Reads {@code delivered,max}. */
  private static OptionalLong undelivered(String offsets) {
    String[] parts = offsets.split(",", -1);
    try {
      long undelivered =
          parts.length == 2 ? Long.parseLong(parts[1]) - Long.parseLong(parts[0]) : -1;
      return undelivered < 0 ? OptionalLong.empty() : OptionalLong.of(undelivered);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
