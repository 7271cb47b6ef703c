package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.Granularity;

/**
 * The catalogue of what the MBeans of a worker of Kafka Connect tell, and of MirrorMaker 2 in it.
 */
public enum KafkaConnectMetric implements MBeanMetric {
  WORKER_CONNECTORS(
      "kafka.connect:type=connect-worker-metrics",
      Reading.gauge("connector-count"),
      "Connectors that run in the worker."),
  WORKER_TASKS(
      "kafka.connect:type=connect-worker-metrics",
      Reading.gauge("task-count"),
      "Tasks that run in the worker."),
  WORKER_CONNECTOR_STARTS(
      "kafka.connect:type=connect-worker-metrics",
      Reading.counter("connector-startup-attempts-total"),
      "Attempts to start a connector."),
  WORKER_CONNECTOR_FAILURES(
      "kafka.connect:type=connect-worker-metrics",
      Reading.counter("connector-startup-failure-total"),
      "Failed attempts to start a connector."),
  WORKER_TASK_STARTS(
      "kafka.connect:type=connect-worker-metrics",
      Reading.counter("task-startup-attempts-total"),
      "Attempts to start a task."),
  WORKER_TASK_FAILURES(
      "kafka.connect:type=connect-worker-metrics",
      Reading.counter("task-startup-failure-total"),
      "Failed attempts to start a task."),
  TASKS_RUNNING(
      "kafka.connect:type=connect-worker-metrics,connector=*",
      Reading.gauge("connector-running-task-count"),
      "Tasks of the connector in this worker that run."),
  TASKS_FAILED(
      "kafka.connect:type=connect-worker-metrics,connector=*",
      Reading.gauge("connector-failed-task-count"),
      "Tasks of the connector in this worker that have failed; they stay so until someone restarts them."),
  TASKS_PAUSED(
      "kafka.connect:type=connect-worker-metrics,connector=*",
      Reading.gauge("connector-paused-task-count"),
      "Tasks of the connector in this worker that are paused."),
  TASKS_UNASSIGNED(
      "kafka.connect:type=connect-worker-metrics,connector=*",
      Reading.gauge("connector-unassigned-task-count"),
      "Tasks of the connector that no worker has, as this worker sees it."),
  TASKS_RESTARTING(
      "kafka.connect:type=connect-worker-metrics,connector=*",
      Reading.gauge("connector-restarting-task-count"),
      "Tasks of the connector in this worker that are being restarted."),
  TASKS_TOTAL(
      "kafka.connect:type=connect-worker-metrics,connector=*",
      Reading.gauge("connector-total-task-count"),
      "Tasks of the connector in this worker."),
  REBALANCES(
      "kafka.connect:type=connect-worker-rebalance-metrics",
      Reading.counter("completed-rebalances-total"),
      "Rebalances of the workers that were completed."),
  REBALANCING(
      "kafka.connect:type=connect-worker-rebalance-metrics",
      Reading.gauge("rebalancing"),
      "Whether the workers are rebalancing (1) or not (0)."),
  REBALANCE_AVERAGE(
      "kafka.connect:type=connect-worker-rebalance-metrics",
      Reading.milliseconds("rebalance-avg-time-ms"),
      "Mean time that a rebalance took, in seconds."),
  REBALANCE_LONGEST(
      "kafka.connect:type=connect-worker-rebalance-metrics",
      Reading.milliseconds("rebalance-max-time-ms"),
      "The longest that a rebalance took, in seconds."),
  REBALANCE_SINCE(
      "kafka.connect:type=connect-worker-rebalance-metrics",
      Reading.milliseconds("time-since-last-rebalance-ms"),
      "Time since the last rebalance, in seconds."),
  CONNECTOR_STATUS(
      "kafka.connect:type=connector-metrics,connector=*",
      Reading.text("status"),
      "1 for the state that the connector itself is in, apart from its tasks."),
  TASK_STATUS(
      "kafka.connect:type=connector-task-metrics,connector=*,task=*",
      Reading.text("status"),
      "1 for the state that the task is in: unassigned, running, paused, failed, restarting or destroyed.",
      Granularity.PARTITION),
  TASK_RUNNING(
      "kafka.connect:type=connector-task-metrics,connector=*,task=*",
      Reading.gauge("running-ratio"),
      "Share of time that the task has been running, 0 to 1.",
      Granularity.PARTITION),
  TASK_PAUSED(
      "kafka.connect:type=connector-task-metrics,connector=*,task=*",
      Reading.gauge("pause-ratio"),
      "Share of time that the task has been paused, 0 to 1.",
      Granularity.PARTITION),
  COMMIT_AVERAGE(
      "kafka.connect:type=connector-task-metrics,connector=*,task=*",
      Reading.milliseconds("offset-commit-avg-time-ms"),
      "Mean time that the task took to commit offsets, in seconds.",
      Granularity.PARTITION),
  COMMIT_LONGEST(
      "kafka.connect:type=connector-task-metrics,connector=*,task=*",
      Reading.milliseconds("offset-commit-max-time-ms"),
      "The longest that the task took to commit offsets, in seconds.",
      Granularity.PARTITION),
  COMMIT_FAILURES(
      "kafka.connect:type=connector-task-metrics,connector=*,task=*",
      Reading.gauge("offset-commit-failure-percentage"),
      "Share of attempts to commit offsets that failed, 0 to 1.",
      Granularity.PARTITION),
  BATCH_AVERAGE(
      "kafka.connect:type=connector-task-metrics,connector=*,task=*",
      Reading.gauge("batch-size-avg"),
      "Mean number of records in a batch.",
      Granularity.PARTITION),
  BATCH_LARGEST(
      "kafka.connect:type=connector-task-metrics,connector=*,task=*",
      Reading.gauge("batch-size-max"),
      "The most records in a batch.",
      Granularity.PARTITION),
  SOURCE_POLLED(
      "kafka.connect:type=source-task-metrics,connector=*,task=*",
      Reading.counter("source-record-poll-total"),
      "Records that the task has taken from its source, before transformation.",
      Granularity.PARTITION),
  SOURCE_WRITTEN(
      "kafka.connect:type=source-task-metrics,connector=*,task=*",
      Reading.counter("source-record-write-total"),
      "Records that the task has written to Kafka, after transformation.",
      Granularity.PARTITION),
  SOURCE_ACTIVE(
      "kafka.connect:type=source-task-metrics,connector=*,task=*",
      Reading.gauge("source-record-active-count"),
      "Records that the task has taken from its source and Kafka has not acknowledged.",
      Granularity.PARTITION),
  SOURCE_POLL_AVERAGE(
      "kafka.connect:type=source-task-metrics,connector=*,task=*",
      Reading.milliseconds("poll-batch-avg-time-ms"),
      "Mean time that the task took to take a batch from its source, in seconds.",
      Granularity.PARTITION),
  SOURCE_POLL_LONGEST(
      "kafka.connect:type=source-task-metrics,connector=*,task=*",
      Reading.milliseconds("poll-batch-max-time-ms"),
      "The longest that the task took to take a batch from its source, in seconds.",
      Granularity.PARTITION),
  SINK_READ(
      "kafka.connect:type=sink-task-metrics,connector=*,task=*",
      Reading.counter("sink-record-read-total"),
      "Records that the task has read from Kafka, before transformation.",
      Granularity.PARTITION),
  SINK_SENT(
      "kafka.connect:type=sink-task-metrics,connector=*,task=*",
      Reading.counter("sink-record-send-total"),
      "Records that the task was given to write, after transformation.",
      Granularity.PARTITION),
  SINK_ACTIVE(
      "kafka.connect:type=sink-task-metrics,connector=*,task=*",
      Reading.gauge("sink-record-active-count"),
      "Records that the task has read and not yet committed.",
      Granularity.PARTITION),
  SINK_PARTITIONS(
      "kafka.connect:type=sink-task-metrics,connector=*,task=*",
      Reading.gauge("partition-count"),
      "Partitions that the task reads.",
      Granularity.PARTITION),
  SINK_COMMITS(
      "kafka.connect:type=sink-task-metrics,connector=*,task=*",
      Reading.counter("offset-commit-completion-total"),
      "Commits of offsets that were completed.",
      Granularity.PARTITION),
  SINK_COMMITS_SKIPPED(
      "kafka.connect:type=sink-task-metrics,connector=*,task=*",
      Reading.counter("offset-commit-skip-total"),
      "Commits of offsets that came too late and were left out.",
      Granularity.PARTITION),
  SINK_PUT_AVERAGE(
      "kafka.connect:type=sink-task-metrics,connector=*,task=*",
      Reading.milliseconds("put-batch-avg-time-ms"),
      "Mean time that the task took to write a batch, in seconds.",
      Granularity.PARTITION),
  SINK_PUT_LONGEST(
      "kafka.connect:type=sink-task-metrics,connector=*,task=*",
      Reading.milliseconds("put-batch-max-time-ms"),
      "The longest that the task took to write a batch, in seconds.",
      Granularity.PARTITION),
  RECORD_ERRORS(
      "kafka.connect:type=task-error-metrics,connector=*,task=*",
      Reading.counter("total-record-errors"),
      "Errors with single records, those that were tolerated among them.",
      Granularity.PARTITION),
  RECORD_FAILURES(
      "kafka.connect:type=task-error-metrics,connector=*,task=*",
      Reading.counter("total-record-failures"),
      "Records that could not be handled.",
      Granularity.PARTITION),
  RECORDS_SKIPPED(
      "kafka.connect:type=task-error-metrics,connector=*,task=*",
      Reading.counter("total-records-skipped"),
      "Records that were left out because of errors: lost to the other side.",
      Granularity.PARTITION),
  RETRIES(
      "kafka.connect:type=task-error-metrics,connector=*,task=*",
      Reading.counter("total-retries"),
      "Repeated attempts.",
      Granularity.PARTITION),
  ERRORS_LOGGED(
      "kafka.connect:type=task-error-metrics,connector=*,task=*",
      Reading.counter("total-errors-logged"),
      "Errors that the log of the worker tells.",
      Granularity.PARTITION),
  DEAD_LETTERS(
      "kafka.connect:type=task-error-metrics,connector=*,task=*",
      Reading.counter("deadletterqueue-produce-requests"),
      "Attempts to write a record to the dead-letter queue.",
      Granularity.PARTITION),
  DEAD_LETTER_FAILURES(
      "kafka.connect:type=task-error-metrics,connector=*,task=*",
      Reading.counter("deadletterqueue-produce-failures"),
      "Failed attempts to write a record to the dead-letter queue.",
      Granularity.PARTITION),
  LAST_ERROR(
      "kafka.connect:type=task-error-metrics,connector=*,task=*",
      Reading.gauge("last-error-timestamp").times(1e-3),
      "When the task last had an error, in seconds since the epoch; 0 if never.",
      Granularity.PARTITION),
  MIRROR_RECORDS(
      "kafka.connect.mirror:type=MirrorSourceConnector,source=*,target=*,topic=*,partition=*",
      Reading.counter("record-count"),
      "Records that MirrorMaker 2 has copied to the target cluster.",
      Granularity.PARTITION),
  MIRROR_BYTES(
      "kafka.connect.mirror:type=MirrorSourceConnector,source=*,target=*,topic=*,partition=*",
      Reading.counter("byte-count"),
      "Bytes that MirrorMaker 2 has copied to the target cluster.",
      Granularity.PARTITION),
  MIRROR_AGE(
      "kafka.connect.mirror:type=MirrorSourceConnector,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("record-age-ms"),
      "Age of the last record when it was read from the source cluster, in seconds.",
      Granularity.PARTITION),
  MIRROR_AGE_AVERAGE(
      "kafka.connect.mirror:type=MirrorSourceConnector,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("record-age-ms-avg"),
      "Mean age of records when they were read from the source cluster, in seconds.",
      Granularity.PARTITION),
  MIRROR_AGE_LONGEST(
      "kafka.connect.mirror:type=MirrorSourceConnector,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("record-age-ms-max"),
      "The greatest age of a record when it was read from the source cluster, in seconds.",
      Granularity.PARTITION),
  MIRROR_LATENCY(
      "kafka.connect.mirror:type=MirrorSourceConnector,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("replication-latency-ms"),
      "Time from the last record being written to the source cluster to its being written to the target, in seconds.",
      Granularity.PARTITION),
  MIRROR_LATENCY_AVERAGE(
      "kafka.connect.mirror:type=MirrorSourceConnector,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("replication-latency-ms-avg"),
      "Mean time from a record being written to the source cluster to its being written to the target, in seconds.",
      Granularity.PARTITION),
  MIRROR_LATENCY_LONGEST(
      "kafka.connect.mirror:type=MirrorSourceConnector,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("replication-latency-ms-max"),
      "The longest from a record being written to the source cluster to its being written to the target, in seconds.",
      Granularity.PARTITION),
  CHECKPOINT_LATENCY(
      "kafka.connect.mirror:type=MirrorCheckpointConnector,source=*,target=*,group=*,topic=*,partition=*",
      Reading.milliseconds("checkpoint-latency-ms"),
      "Time that it took to copy the last committed offset of the group to the target cluster, in seconds.",
      Granularity.PARTITION),
  CHECKPOINT_LATENCY_AVERAGE(
      "kafka.connect.mirror:type=MirrorCheckpointConnector,source=*,target=*,group=*,topic=*,partition=*",
      Reading.milliseconds("checkpoint-latency-ms-avg"),
      "Mean time that it took to copy a committed offset of the group to the target cluster, in seconds.",
      Granularity.PARTITION),
  CHECKPOINT_LATENCY_LONGEST(
      "kafka.connect.mirror:type=MirrorCheckpointConnector,source=*,target=*,group=*,topic=*,partition=*",
      Reading.milliseconds("checkpoint-latency-ms-max"),
      "The longest that it took to copy a committed offset of the group to the target cluster, in seconds.",
      Granularity.PARTITION),
  MIRROR_RECORDS_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,topic=*,partition=*",
      Reading.counter("record-count"),
      "Records that MirrorMaker 2 has copied to the target cluster.",
      Granularity.PARTITION),
  MIRROR_BYTES_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,topic=*,partition=*",
      Reading.counter("byte-count"),
      "Bytes that MirrorMaker 2 has copied to the target cluster.",
      Granularity.PARTITION),
  MIRROR_AGE_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("record-age-ms"),
      "Age of the last record when it was read from the source cluster, in seconds.",
      Granularity.PARTITION),
  MIRROR_AGE_AVERAGE_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("record-age-ms-avg"),
      "Mean age of records when they were read from the source cluster, in seconds.",
      Granularity.PARTITION),
  MIRROR_AGE_LONGEST_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("record-age-ms-max"),
      "The greatest age of a record when it was read from the source cluster, in seconds.",
      Granularity.PARTITION),
  MIRROR_LATENCY_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("replication-latency-ms"),
      "Time from the last record being written to the source cluster to its being written to the target, in seconds.",
      Granularity.PARTITION),
  MIRROR_LATENCY_AVERAGE_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("replication-latency-ms-avg"),
      "Mean time from a record being written to the source cluster to its being written to the target, in seconds.",
      Granularity.PARTITION),
  MIRROR_LATENCY_LONGEST_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,topic=*,partition=*",
      Reading.milliseconds("replication-latency-ms-max"),
      "The longest from a record being written to the source cluster to its being written to the target, in seconds.",
      Granularity.PARTITION),
  CHECKPOINT_LATENCY_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,group=*,topic=*,partition=*",
      Reading.milliseconds("checkpoint-latency-ms"),
      "Time that it took to copy the last committed offset of the group to the target cluster, in seconds.",
      Granularity.PARTITION),
  CHECKPOINT_LATENCY_AVERAGE_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,group=*,topic=*,partition=*",
      Reading.milliseconds("checkpoint-latency-ms-avg"),
      "Mean time that it took to copy a committed offset of the group to the target cluster, in seconds.",
      Granularity.PARTITION),
  CHECKPOINT_LATENCY_LONGEST_OF_PLUGIN(
      "kafka.connect:type=plugins,connector=*,task=*,source=*,target=*,group=*,topic=*,partition=*",
      Reading.milliseconds("checkpoint-latency-ms-max"),
      "The longest that it took to copy a committed offset of the group to the target cluster, in seconds.",
      Granularity.PARTITION);

  private final MBeanDefinition mbean;

  KafkaConnectMetric(String mbeans, Reading reading, String help) {
    this(mbeans, reading, help, Granularity.CLUSTER);
  }

  KafkaConnectMetric(String mbeans, Reading reading, String help, Granularity granularity) {
    this.mbean = MBeanDefinition.ofKafka(mbeans, reading, help, granularity);
  }

  @Override
  public MBeanDefinition mbean() {
    return mbean;
  }
}
