package io.mqexporter.rocketmq;

import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders the store of a broker process by its runtime figures.
 *
 * @param broker the broker's name
 * @param id the number of the process
 */
record StoreMetrics(String cluster, MetricFamilies families, String broker, String id) {

  private static final Pattern DELAY_LEVEL = Pattern.compile("scheduleMessageOffset_(\\d{1,9})");

  /** Adds the commit log and what is written to it. */
  void addLog(RuntimeFigures figures) {
    families.add(
        RocketMqBrokerMetric.STORAGE_MESSAGES, figures.messagesStored(), cluster, broker, id);
    families.add(
        RocketMqBrokerMetric.STORAGE_BYTES,
        figures.count("putMessageSizeTotal"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_FAILURES,
        figures.count("putMessageFailedTimes"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_LATENCY,
        figures.seconds("putLatency99"),
        cluster,
        broker,
        id,
        "99");
    families.add(
        RocketMqBrokerMetric.STORAGE_LATENCY,
        figures.seconds("putLatency999"),
        cluster,
        broker,
        id,
        "99.9");
    families.add(
        RocketMqBrokerMetric.STORAGE_PUT_MAX,
        figures.seconds("putMessageEntireTimeMax"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_GET_MAX,
        figures.seconds("getMessageEntireTimeMax"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_DISPATCH_BEHIND,
        figures.count("dispatchBehindBytes"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_LOCK,
        figures.seconds("pageCacheLockTimeMills"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_MIN_OFFSET,
        figures.count("commitLogMinOffset"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_MAX_OFFSET,
        figures.count("commitLogMaxOffset"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_EARLIEST,
        figures.seconds("earliestMessageTimeStamp"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_DISK_USED,
        figures.number("commitLogDiskRatio"),
        cluster,
        broker,
        id,
        "commit_log");
    families.add(
        RocketMqBrokerMetric.STORAGE_DISK_USED,
        figures.number("consumeQueueDiskRatio"),
        cluster,
        broker,
        id,
        "consume_queue");
  }

  /** Adds the disk, and what was not written to it yet. */
  void addDisk(RuntimeFigures figures) {
    families.add(
        RocketMqBrokerMetric.STORAGE_FLUSH_BEHIND,
        figures.bytes("remainHowManyDataToFlush", ""),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_COMMIT_BEHIND,
        figures.bytes("remainHowManyDataToCommit", ""),
        cluster,
        broker,
        id);
    OptionalLong buffers = figures.count("remainTransientStoreBufferNumbs");
    // That many are free where there is no pool.
    if (buffers.orElse(Integer.MAX_VALUE) < Integer.MAX_VALUE) {
      families.add(RocketMqBrokerMetric.STORAGE_BUFFERS, buffers, cluster, broker, id);
    }
    families.add(
        RocketMqBrokerMetric.STORAGE_DISK_TOTAL,
        figures.bytes("commitLogDirCapacity", "Total : "),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.STORAGE_DISK_FREE,
        figures.bytes("commitLogDirCapacity", "Free : "),
        cluster,
        broker,
        id);
    String name = broker + ":" + id;
    families.add(
        BrokerMetric.DISK_SIZE,
        figures.bytes("commitLogDirCapacity", "Total : "),
        "rocketmq",
        cluster,
        name);
    families.add(
        BrokerMetric.DISK_FREE,
        figures.bytes("commitLogDirCapacity", "Free : "),
        "rocketmq",
        cluster,
        name);
  }

  /** Adds what waits for its time. */
  void addDelayed(RuntimeFigures figures) {
    families.add(
        RocketMqBrokerMetric.TIMER_ENQUEUE_LAG,
        figures.count("timerOffsetBehind"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.TIMER_DEQUEUE_LATENCY,
        figures.number("timerReadBehind"),
        cluster,
        broker,
        id);
    families.add(
        RocketMqBrokerMetric.TIMER_CONGESTED,
        figures.count("timerCongestNum"),
        cluster,
        broker,
        id);
    var levels = new TreeMap<Integer, OptionalLong>();
    for (Map.Entry<String, String> figure : figures.table().entrySet()) {
      Matcher level = DELAY_LEVEL.matcher(figure.getKey());
      if (level.matches()) {
        levels.put(Integer.valueOf(level.group(1)), undelivered(figure.getValue()));
      }
    }
    levels.forEach((level, lag) ->
        families.add(
            RocketMqBrokerMetric.SCHEDULE_LAG, lag, cluster, broker, id, Integer.toString(level)));
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
