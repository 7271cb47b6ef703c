package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.Granularity;

/**
 * The catalogue of what the MBeans of Kafka's producers and consumers tell, in whatever JVM they
 * are.
 */
public enum KafkaClientMetric implements MBeanMetric {
  PRODUCER_SENT(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.counter("record-send-total"),
      "Records that the producer has sent."),
  PRODUCER_ERRORS(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.counter("record-error-total"),
      "Records that the producer could not send: lost unless the application sends them anew."),
  PRODUCER_RETRIES(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.counter("record-retry-total"),
      "Records that the producer has sent again."),
  PRODUCER_LATENCY(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("request-latency-avg"),
      "Mean time until requests were answered, in milliseconds."),
  PRODUCER_LATENCY_LONGEST(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("request-latency-max"),
      "The longest until a request was answered, in milliseconds."),
  PRODUCER_QUEUE_TIME(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("record-queue-time-avg"),
      "Mean time that records waited to be sent, in milliseconds."),
  PRODUCER_THROTTLED(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("produce-throttle-time-avg"),
      "Mean time that brokers held requests back by quotas, in milliseconds."),
  PRODUCER_BUFFER(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("buffer-available-bytes"),
      "Bytes that are left for records that wait to be sent."),
  PRODUCER_BUFFER_SIZE(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("buffer-total-bytes"),
      "Bytes that records that wait to be sent may take."),
  PRODUCER_EXHAUSTED(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.counter("buffer-exhausted-total"),
      "Records that were dropped because there was no room for them."),
  PRODUCER_BUFFER_WAIT(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.counter("bufferpool-wait-time-ns-total").times(1e-9),
      "Time that the application has waited for room, in seconds."),
  PRODUCER_WAITING(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("waiting-threads"),
      "Threads of the application that wait for room."),
  PRODUCER_IN_FLIGHT(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("requests-in-flight"),
      "Requests that are not yet answered."),
  PRODUCER_BATCH(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("batch-size-avg"),
      "Mean size of a batch, in bytes."),
  PRODUCER_COMPRESSION(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("compression-rate-avg"),
      "Mean size of batches compressed, as a share of their size before."),
  PRODUCER_BYTES(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.counter("outgoing-byte-total"),
      "Bytes that the producer has sent."),
  PRODUCER_CONNECTIONS(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.gauge("connection-count"),
      "Connections that the producer has open."),
  PRODUCER_AUTHENTICATION(
      "kafka.producer:type=producer-metrics,client-id=*",
      Reading.counter("failed-authentication-total"),
      "Connections of the producer that failed to authenticate."),
  PRODUCER_TOPIC_SENT(
      "kafka.producer:type=producer-topic-metrics,client-id=*,topic=*",
      Reading.counter("record-send-total"),
      "Records that the producer has sent to the topic."),
  PRODUCER_TOPIC_ERRORS(
      "kafka.producer:type=producer-topic-metrics,client-id=*,topic=*",
      Reading.counter("record-error-total"),
      "Records that the producer could not send to the topic."),
  PRODUCER_TOPIC_RETRIES(
      "kafka.producer:type=producer-topic-metrics,client-id=*,topic=*",
      Reading.counter("record-retry-total"),
      "Records that the producer has sent to the topic again."),
  PRODUCER_TOPIC_BYTES(
      "kafka.producer:type=producer-topic-metrics,client-id=*,topic=*",
      Reading.counter("byte-total"),
      "Bytes that the producer has sent to the topic."),
  CONSUMER_POLL_AGO(
      "kafka.consumer:type=consumer-metrics,client-id=*",
      Reading.gauge("last-poll-seconds-ago").unknownIfNegative(),
      "Time since the application last asked the consumer for records, in seconds."),
  CONSUMER_POLL_BETWEEN(
      "kafka.consumer:type=consumer-metrics,client-id=*",
      Reading.gauge("time-between-poll-avg"),
      "Mean time between two such questions, in milliseconds."),
  CONSUMER_POLL_LONGEST(
      "kafka.consumer:type=consumer-metrics,client-id=*",
      Reading.gauge("time-between-poll-max"),
      "The longest time between two such questions, in milliseconds; at max.poll.interval.ms the consumer loses its partitions."),
  CONSUMER_IDLE(
      "kafka.consumer:type=consumer-metrics,client-id=*",
      Reading.gauge("poll-idle-ratio-avg"),
      "Mean share of time that the application waited for records, 0 to 1."),
  CONSUMER_BYTES(
      "kafka.consumer:type=consumer-metrics,client-id=*",
      Reading.counter("incoming-byte-total"),
      "Bytes that the consumer has received."),
  CONSUMER_CONNECTIONS(
      "kafka.consumer:type=consumer-metrics,client-id=*",
      Reading.gauge("connection-count"),
      "Connections that the consumer has open."),
  CONSUMER_AUTHENTICATION(
      "kafka.consumer:type=consumer-metrics,client-id=*",
      Reading.counter("failed-authentication-total"),
      "Connections of the consumer that failed to authenticate."),
  FETCH_LAG_MAX(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*",
      Reading.gauge("records-lag-max"),
      "The greatest lag of any partition that the consumer reads, in records."),
  FETCH_RECORDS(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*",
      Reading.counter("records-consumed-total"),
      "Records that the consumer has read. Without the label topic it is all of them."),
  FETCH_BYTES(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*",
      Reading.counter("bytes-consumed-total"),
      "Bytes of records that the consumer has read. Without the label topic it is all of them."),
  FETCHES(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*",
      Reading.counter("fetch-total"),
      "Requests for records."),
  FETCH_LATENCY(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*",
      Reading.gauge("fetch-latency-avg"),
      "Mean time until requests for records were answered, in milliseconds."),
  FETCH_LATENCY_LONGEST(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*",
      Reading.gauge("fetch-latency-max"),
      "The longest until a request for records was answered, in milliseconds."),
  FETCH_THROTTLED(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*",
      Reading.gauge("fetch-throttle-time-avg"),
      "Mean time that brokers held requests back by quotas, in milliseconds."),
  FETCH_TOPIC_RECORDS(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=*",
      Reading.counter("records-consumed-total"),
      "Records that the consumer has read. Without the label topic it is all of them."),
  FETCH_TOPIC_BYTES(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=*",
      Reading.counter("bytes-consumed-total"),
      "Bytes of records that the consumer has read. Without the label topic it is all of them."),
  FETCH_LAG(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=*,partition=*",
      Reading.gauge("records-lag"),
      "How far the consumer itself is behind the end of the partition, in records, whatever it has committed."),
  FETCH_LEAD(
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=*,partition=*",
      Reading.gauge("records-lead"),
      "How far the consumer is ahead of the start of the partition, in records: at 0 records are deleted before it has read them."),
  GROUP_PARTITIONS(
      "kafka.consumer:type=consumer-coordinator-metrics,client-id=*",
      Reading.gauge("assigned-partitions"),
      "Partitions that the consumer has."),
  GROUP_REBALANCES(
      "kafka.consumer:type=consumer-coordinator-metrics,client-id=*",
      Reading.counter("rebalance-total"),
      "Rebalances that the consumer took part in."),
  GROUP_REBALANCE_FAILURES(
      "kafka.consumer:type=consumer-coordinator-metrics,client-id=*",
      Reading.counter("failed-rebalance-total"),
      "Rebalances that failed."),
  GROUP_REBALANCE_TIME(
      "kafka.consumer:type=consumer-coordinator-metrics,client-id=*",
      Reading.counter("rebalance-latency-total"),
      "Time that rebalances took, in milliseconds."),
  GROUP_REBALANCE_AGO(
      "kafka.consumer:type=consumer-coordinator-metrics,client-id=*",
      Reading.gauge("last-rebalance-seconds-ago").unknownIfNegative(),
      "Time since the last rebalance, in seconds."),
  GROUP_HEARTBEAT_AGO(
      "kafka.consumer:type=consumer-coordinator-metrics,client-id=*",
      Reading.gauge("last-heartbeat-seconds-ago").unknownIfNegative(),
      "Time since the last heartbeat, in seconds."),
  GROUP_COMMITS(
      "kafka.consumer:type=consumer-coordinator-metrics,client-id=*",
      Reading.counter("commit-total"),
      "Commits of offsets."),
  GROUP_COMMIT_TIME(
      "kafka.consumer:type=consumer-coordinator-metrics,client-id=*",
      Reading.gauge("commit-latency-avg"),
      "Mean time that it took to commit offsets, in milliseconds.");

  private final MBeanDefinition mbean;

  KafkaClientMetric(String mbeans, Reading reading, String help) {
    this.mbean = MBeanDefinition.ofKafka(mbeans, reading, help, Granularity.PARTITION);
  }

  @Override
  public MBeanDefinition mbean() {
    return mbean;
  }
}
