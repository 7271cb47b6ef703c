package io.mqexporter.rocketmq.vocabulary;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.util.OptionalDouble;

/** The catalogue of what rocketmq-exporter makes of a master's runtime figures. */
public enum RocketMqExporterRuntimeMetric implements MetricDescriptor {
  MSG_PUT_TOTAL_TODAY_NOW(
      "msg_put_total_today_now",
      "Messages received since the broker started.",
      number("msgPutTotalTodayNow")),
  MSG_GETTOTAL_TODAY_NOW(
      "msg_gettotal_today_now",
      "Messages given to consumers since the broker started.",
      number("msgGetTotalTodayNow")),
  MSG_PUTTOTAL_TODAYMORNING(
      "msg_puttotal_todaymorning",
      "Messages received until last midnight.",
      number("msgPutTotalTodayMorning")),
  MSG_GETTOTAL_TODAYMORNING(
      "msg_gettotal_todaymorning",
      "Messages given to consumers until last midnight.",
      number("msgGetTotalTodayMorning")),
  MSG_PUTTOTAL_YESTERDAYMORNING(
      "msg_puttotal_yesterdaymorning",
      "Messages received until the midnight before the last.",
      number("msgPutTotalYesterdayMorning")),
  MSG_GETTOTAL_YESTERDAYMORNING(
      "msg_gettotal_yesterdaymorning",
      "Messages given to consumers until the midnight before the last.",
      number("msgGetTotalYesterdayMorning")),
  DISPATCH_BEHIND_BYTES(
      "dispatch_behind_bytes",
      "Bytes of the commit log that the consume queues do not contain yet.",
      number("dispatchBehindBytes")),
  DISPATCH_MAXBUFFER(
      "dispatch_maxbuffer",
      "Most that was dispatched to the consume queues at once.",
      number("dispatchMaxBuffer")),
  PUT_MESSAGE_SIZE_TOTAL(
      "put_message_size_total",
      "Bytes of messages written since the broker started.",
      number("putMessageSizeTotal")),
  PUT_MESSAGE_AVERAGE_SIZE(
      "put_message_average_size",
      "Mean size of a message, in bytes.",
      number("putMessageAverageSize")),
  PUTMESSAGE_TIMES_TOTAL(
      "putmessage_times_total",
      "Messages written since the broker started.",
      number("putMessageTimesTotal")),
  PUTMESSAGE_ENTIRE_TIME_MAX(
      "putmessage_entire_time_max",
      "Longest time to write a message, in milliseconds.",
      number("putMessageEntireTimeMax")),
  GETMESSAGE_ENTIRE_TIME_MAX(
      "getmessage_entire_time_max",
      "Longest time to read messages, in milliseconds.",
      number("getMessageEntireTimeMax")),
  PUT_LATENCY_99(
      "put_latency_99",
      "99th percentile of the time to write a message, in milliseconds.",
      number("putLatency99")),
  PUT_LATENCY_999(
      "put_latency_999",
      "99.9th percentile of the time to write a message, in milliseconds.",
      number("putLatency999")),
  PAGECACHE_LOCK_TIME_MILLS(
      "pagecache_lock_time_mills",
      "How long the current write has held the lock, in milliseconds.",
      number("pageCacheLockTimeMills")),
  EARLIEST_MESSAGE_TIMESTAMP(
      "earliest_message_timestamp",
      "When the oldest message was stored, in milliseconds since the epoch.",
      number("earliestMessageTimeStamp")),
  START_ACCEPT_SENDREQUEST_TIME(
      "start_accept_sendrequest_time",
      "Until when messages are refused after a start, in milliseconds since the epoch.",
      number("startAcceptSendRequestTimeStamp")),
  REMAIN_TRANSIENTSTORE_BUFFER_NUMBS(
      "remain_transientstore_buffer_numbs",
      "Free buffers of the transient store pool.",
      number("remainTransientStoreBufferNumbs")),
  REMAIN_HOWMANYDATA_TOFLUSH(
      "remain_howmanydata_toflush",
      "Bytes that were not flushed to disk yet.",
      bytes("remainHowManyDataToFlush", "")),
  COMMITLOG_DISK_RATIO(
      "commitlog_disk_ratio",
      "Used share of the disk of the commit log.",
      number("commitLogDiskRatio")),
  CONSUMEQUEUE_DISK_RATIO(
      "consumequeue_disk_ratio",
      "Used share of the disk of the consume queues.",
      number("consumeQueueDiskRatio")),
  COMMITLOG_MAXOFFSET(
      "commitlog_maxoffset",
      "Position at which the commit log ends.",
      number("commitLogMaxOffset")),
  COMMITLOG_MINOFFSET(
      "commitlog_minoffset",
      "Position at which the commit log begins.",
      number("commitLogMinOffset")),
  COMMITLOGDIR_CAPACITY_TOTAL(
      "commitlogdir_capacity_total",
      "Size of the disk of the commit log, in bytes.",
      bytes("commitLogDirCapacity", "Total : ")),
  COMMITLOGDIR_CAPACITY_FREE(
      "commitlogdir_capacity_free",
      "Free room of the disk of the commit log, in bytes.",
      bytes("commitLogDirCapacity", "Free : ")),
  SEND_THREADPOOL_QUEUE_SIZE(
      "send_threadpool_queue_size",
      "Requests to send that wait.",
      number("sendThreadPoolQueueSize")),
  SEND_THREADPOOLQUEUE_CAPACITY(
      "send_threadpoolqueue_capacity",
      "Room for requests to send that wait.",
      number("sendThreadPoolQueueCapacity")),
  SEND_THREADPOOLQUEUE_HEADWAIT_TIMEMILLS(
      "send_threadpoolqueue_headwait_timemills",
      "How long the first of them has waited, in milliseconds.",
      number("sendThreadPoolQueueHeadWaitTimeMills")),
  PULL_THREADPOOLQUEUE_SIZE(
      "pull_threadpoolqueue_size",
      "Requests to pull that wait.",
      number("pullThreadPoolQueueSize")),
  PULL_THREADPOOLQUEUE_CAPACITY(
      "pull_threadpoolqueue_capacity",
      "Room for requests to pull that wait.",
      number("pullThreadPoolQueueCapacity")),
  PULL_THREADPOOLQUEUE_HEADWAIT_TIMEMILLS(
      "pull_threadpoolqueue_headwait_timemills",
      "How long the first of them has waited, in milliseconds.",
      number("pullThreadPoolQueueHeadWaitTimeMills")),
  QUERY_THREADPOOLQUEUE_SIZE(
      "query_threadpoolqueue_size", "Queries that wait.", number("queryThreadPoolQueueSize")),
  QUERY_THREADPOOL_QUEUE_CAPACITY(
      "query_threadpool_queue_capacity",
      "Room for queries that wait.",
      number("queryThreadPoolQueueCapacity")),
  QUERY_THREADPOOLQUEUE_HEADWAIT_TIMEMILLS(
      "query_threadpoolqueue_headwait_timemills",
      "How long the first of them has waited, in milliseconds.",
      number("queryThreadPoolQueueHeadWaitTimeMills")),
  PUT_TPS10("put_tps10", "Messages written a second, over 10 seconds.", listed("putTps", 0)),
  PUT_TPS60("put_tps60", "Messages written a second, over 60 seconds.", listed("putTps", 1)),
  PUT_TPS600("put_tps600", "Messages written a second, over 600 seconds.", listed("putTps", 2)),
  GETTOTAL_TPS10("gettotal_tps10", "Reads a second, over 10 seconds.", listed("getTotalTps", 0)),
  GETTOTAL_TPS60("gettotal_tps60", "Reads a second, over 60 seconds.", listed("getTotalTps", 1)),
  GETTOTAL_TPS600("gettotal_tps600", "Reads a second, over 600 seconds.", listed("getTotalTps", 2)),
  GETFOUND_TPS10(
      "getfound_tps10",
      "Reads that found messages a second, over 10 seconds.",
      listed("getFoundTps", 0)),
  GETFOUND_TPS60(
      "getfound_tps60",
      "Reads that found messages a second, over 60 seconds.",
      listed("getFoundTps", 1)),
  GETFOUND_TPS600(
      "getfound_tps600",
      "Reads that found messages a second, over 600 seconds.",
      listed("getFoundTps", 2)),
  GETMISS_TPS10(
      "getmiss_tps10", "Reads that found none a second, over 10 seconds.", listed("getMissTps", 0)),
  GETMISS_TPS60(
      "getmiss_tps60", "Reads that found none a second, over 60 seconds.", listed("getMissTps", 1)),
  GETMISS_TPS600(
      "getmiss_tps600",
      "Reads that found none a second, over 600 seconds.",
      listed("getMissTps", 2)),
  GETTRANSFERED_TPS10(
      "gettransfered_tps10",
      "Messages given to consumers a second, over 10 seconds.",
      listed("getTransferredTps", "getTransferedTps", 0)),
  GETTRANSFERED_TPS60(
      "gettransfered_tps60",
      "Messages given to consumers a second, over 60 seconds.",
      listed("getTransferredTps", "getTransferedTps", 1)),
  GETTRANSFERED_TPS600(
      "gettransfered_tps600",
      "Messages given to consumers a second, over 600 seconds.",
      listed("getTransferredTps", "getTransferedTps", 2)),
  PMDT_0MS(
      "pmdt_0ms",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("<=0ms")),
  PMDT_0TO10MS(
      "pmdt_0to10ms",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("0~10ms")),
  PMDT_10TO50MS(
      "pmdt_10to50ms",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("10~50ms")),
  PMDT_50TO100MS(
      "pmdt_50to100ms",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("50~100ms")),
  PMDT_100TO200MS(
      "pmdt_100to200ms",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("100~200ms")),
  PMDT_200TO500MS(
      "pmdt_200to500ms",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("200~500ms")),
  PMDT_500TO1S(
      "pmdt_500to1s",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("500ms~1s")),
  PMDT_1TO2S(
      "pmdt_1to2s",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("1~2s")),
  PMDT_2TO3S(
      "pmdt_2to3s",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("2~3s")),
  PMDT_3TO4S(
      "pmdt_3to4s",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("3~4s")),
  PMDT_4TO5S(
      "pmdt_4to5s",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("4~5s")),
  PMDT_5TO10S(
      "pmdt_5to10s",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("5~10s")),
  PMDT_10STOMORE(
      "pmdt_10stomore",
      "Messages that took so long to be written in the broker's last sampling period.",
      writtenWithin("10s~"));

  /** How a value is read from the figures. */
  private interface Figure {
    OptionalDouble of(RuntimeFigures figures);
  }

  private final MetricDefinition definition;
  private final Figure figure;

  RocketMqExporterRuntimeMetric(String name, String help, Figure figure) {
    this.definition =
        MetricDefinition.ofCluster(
            "rocketmq_brokeruntime_" + name,
            MetricType.GAUGE,
            help,
            Granularity.CLUSTER,
            "cluster",
            "brokerIP",
            "brokerHost",
            "des",
            "boottime",
            "broker_version");
    this.figure = figure;
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  /** Returns the value, if it is known. */
  OptionalDouble of(RuntimeFigures figures) {
    return figure.of(figures);
  }

  private static Figure number(String key) {
    return figures -> figures.number(key);
  }

  private static Figure bytes(String key, String before) {
    return figures -> figures.bytes(key, before);
  }

  private static Figure listed(String key, int index) {
    return figures -> figures.listed(key, index);
  }

  /** Reads what RocketMQ 4 spells in another way. */
  private static Figure listed(String key, String formerKey, int index) {
    return figures -> {
      OptionalDouble value = figures.listed(key, index);
      return value.isPresent() ? value : figures.listed(formerKey, index);
    };
  }

  private static Figure writtenWithin(String range) {
    return figures -> figures.writtenWithin(range);
  }
}
