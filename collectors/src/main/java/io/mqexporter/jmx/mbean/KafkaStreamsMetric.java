package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.Granularity;

/** The catalogue of what the MBeans of an application of Kafka Streams tell. */
public enum KafkaStreamsMetric implements MBeanMetric {
  STATE(
      "kafka.streams:type=stream-metrics,client-id=*",
      Reading.text("state"),
      "1 for the state that the application is in, such as RUNNING, REBALANCING or ERROR."),
  ALIVE_THREADS(
      "kafka.streams:type=stream-metrics,client-id=*",
      Reading.gauge("alive-stream-threads"),
      "Threads that work."),
  FAILED_THREADS(
      "kafka.streams:type=stream-metrics,client-id=*",
      Reading.counter("failed-stream-threads"),
      "Threads that have died."),
  THREAD_PROCESSED(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.counter("process-total"),
      "Records that the thread has processed.",
      Granularity.PARTITION),
  THREAD_PROCESS_LATENCY(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.gauge("process-latency-avg"),
      "Mean time that the thread took for a record, in milliseconds.",
      Granularity.PARTITION),
  THREAD_PROCESS_RATIO(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.gauge("process-ratio"),
      "Share of time that the thread spent with processing, 0 to 1.",
      Granularity.PARTITION),
  THREAD_POLLS(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.counter("poll-total"),
      "How often the thread asked for records.",
      Granularity.PARTITION),
  THREAD_POLL_RATIO(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.gauge("poll-ratio"),
      "Share of time that the thread spent with asking for records, 0 to 1.",
      Granularity.PARTITION),
  THREAD_COMMITS(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.counter("commit-total"),
      "Commits of the thread.",
      Granularity.PARTITION),
  THREAD_COMMIT_LATENCY(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.gauge("commit-latency-avg"),
      "Mean time that a commit of the thread took, in milliseconds.",
      Granularity.PARTITION),
  THREAD_TASKS_CREATED(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.counter("task-created-total"),
      "Tasks that the thread was given.",
      Granularity.PARTITION),
  THREAD_TASKS_CLOSED(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.counter("task-closed-total"),
      "Tasks that were taken from the thread.",
      Granularity.PARTITION),
  THREAD_BLOCKED(
      "kafka.streams:type=stream-thread-metrics,thread-id=*",
      Reading.counter("blocked-time-ns-total").times(1e-9),
      "Time that the thread waited for Kafka, in seconds.",
      Granularity.PARTITION),
  TASK_PROCESSED(
      "kafka.streams:type=stream-task-metrics,thread-id=*,task-id=*",
      Reading.counter("process-total"),
      "Records that the task has processed.",
      Granularity.PARTITION),
  TASK_LATENESS(
      "kafka.streams:type=stream-task-metrics,thread-id=*,task-id=*",
      Reading.gauge("record-lateness-avg"),
      "Mean time by which records were behind the time of the stream, in milliseconds.",
      Granularity.PARTITION),
  TASK_LATENESS_LONGEST(
      "kafka.streams:type=stream-task-metrics,thread-id=*,task-id=*",
      Reading.gauge("record-lateness-max"),
      "The longest time by which a record was behind the time of the stream, in milliseconds.",
      Granularity.PARTITION),
  TASK_DROPPED(
      "kafka.streams:type=stream-task-metrics,thread-id=*,task-id=*",
      Reading.counter("dropped-records-total"),
      "Records that the task has dropped, for instance because they came too late.",
      Granularity.PARTITION),
  TASK_ACTIVE(
      "kafka.streams:type=stream-task-metrics,thread-id=*,task-id=*",
      Reading.gauge("active-process-ratio"),
      "Share of the thread's processing time that the task took, 0 to 1.",
      Granularity.PARTITION),
  TASK_RESTORE_LEFT(
      "kafka.streams:type=stream-task-metrics,thread-id=*,task-id=*",
      Reading.gauge("restore-remaining-records-total"),
      "Records that are still to be restored before the task can work.",
      Granularity.PARTITION);

  private final MBeanDefinition mbean;

  KafkaStreamsMetric(String mbeans, Reading reading, String help) {
    this(mbeans, reading, help, Granularity.CLUSTER);
  }

  KafkaStreamsMetric(String mbeans, Reading reading, String help, Granularity granularity) {
    this.mbean = MBeanDefinition.ofKafka(mbeans, reading, help, granularity);
  }

  @Override
  public MBeanDefinition mbean() {
    return mbean;
  }
}
