package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.Granularity;

/** The catalogue of what a Kafka broker's MBeans tell, by the names of jmx_exporter's users. */
public enum KafkaServerMetric implements MBeanMetric {
  MESSAGES_IN(
      "kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec",
      Reading.METER,
      "Records that producers have written. Without the label topic it is the whole broker."),
  MESSAGES_IN_OF_TOPIC(
      "kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec,topic=*",
      Reading.METER,
      "Records that producers have written. Without the label topic it is the whole broker.",
      Granularity.DESTINATION),
  BYTES_IN(
      "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec",
      Reading.METER,
      "Bytes of records that producers have written. Without the label topic it is the whole broker."),
  BYTES_IN_OF_TOPIC(
      "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=*",
      Reading.METER,
      "Bytes of records that producers have written. Without the label topic it is the whole broker.",
      Granularity.DESTINATION),
  BYTES_OUT(
      "kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec",
      Reading.METER,
      "Bytes of records that consumers have read. Without the label topic it is the whole broker."),
  BYTES_OUT_OF_TOPIC(
      "kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=*",
      Reading.METER,
      "Bytes of records that consumers have read. Without the label topic it is the whole broker.",
      Granularity.DESTINATION),
  PRODUCE_REQUESTS(
      "kafka.server:type=BrokerTopicMetrics,name=TotalProduceRequestsPerSec",
      Reading.METER,
      "Requests to write records. Without the label topic it is the whole broker."),
  PRODUCE_REQUESTS_OF_TOPIC(
      "kafka.server:type=BrokerTopicMetrics,name=TotalProduceRequestsPerSec,topic=*",
      Reading.METER,
      "Requests to write records. Without the label topic it is the whole broker.",
      Granularity.DESTINATION),
  FETCH_REQUESTS(
      "kafka.server:type=BrokerTopicMetrics,name=TotalFetchRequestsPerSec",
      Reading.METER,
      "Requests to read records, of consumers and of other brokers. Without the label topic it is the whole broker."),
  FETCH_REQUESTS_OF_TOPIC(
      "kafka.server:type=BrokerTopicMetrics,name=TotalFetchRequestsPerSec,topic=*",
      Reading.METER,
      "Requests to read records, of consumers and of other brokers. Without the label topic it is the whole broker.",
      Granularity.DESTINATION),
  FAILED_PRODUCE_REQUESTS(
      "kafka.server:type=BrokerTopicMetrics,name=FailedProduceRequestsPerSec",
      Reading.METER,
      "Requests to write records that failed. Without the label topic it is the whole broker."),
  FAILED_PRODUCE_REQUESTS_OF_TOPIC(
      "kafka.server:type=BrokerTopicMetrics,name=FailedProduceRequestsPerSec,topic=*",
      Reading.METER,
      "Requests to write records that failed. Without the label topic it is the whole broker.",
      Granularity.DESTINATION),
  FAILED_FETCH_REQUESTS(
      "kafka.server:type=BrokerTopicMetrics,name=FailedFetchRequestsPerSec",
      Reading.METER,
      "Requests to read records that failed. Without the label topic it is the whole broker."),
  FAILED_FETCH_REQUESTS_OF_TOPIC(
      "kafka.server:type=BrokerTopicMetrics,name=FailedFetchRequestsPerSec,topic=*",
      Reading.METER,
      "Requests to read records that failed. Without the label topic it is the whole broker.",
      Granularity.DESTINATION),
  BYTES_REJECTED(
      "kafka.server:type=BrokerTopicMetrics,name=BytesRejectedPerSec",
      Reading.METER,
      "Bytes of records that were too large to be written. Without the label topic it is the whole broker."),
  BYTES_REJECTED_OF_TOPIC(
      "kafka.server:type=BrokerTopicMetrics,name=BytesRejectedPerSec,topic=*",
      Reading.METER,
      "Bytes of records that were too large to be written. Without the label topic it is the whole broker.",
      Granularity.DESTINATION),
  REPLICATION_BYTES_IN(
      "kafka.server:type=BrokerTopicMetrics,name=ReplicationBytesInPerSec",
      Reading.METER,
      "Bytes that the broker has copied from leaders."),
  REPLICATION_BYTES_OUT(
      "kafka.server:type=BrokerTopicMetrics,name=ReplicationBytesOutPerSec",
      Reading.METER,
      "Bytes that followers have copied from the broker."),
  REASSIGNMENT_BYTES_IN(
      "kafka.server:type=BrokerTopicMetrics,name=ReassignmentBytesInPerSec",
      Reading.METER,
      "Bytes that came to the broker because partitions were moved."),
  REASSIGNMENT_BYTES_OUT(
      "kafka.server:type=BrokerTopicMetrics,name=ReassignmentBytesOutPerSec",
      Reading.METER,
      "Bytes that left the broker because partitions were moved."),
  PRODUCE_CONVERSIONS(
      "kafka.server:type=BrokerTopicMetrics,name=ProduceMessageConversionsPerSec",
      Reading.METER,
      "Requests to write for which records were brought into another format."),
  FETCH_CONVERSIONS(
      "kafka.server:type=BrokerTopicMetrics,name=FetchMessageConversionsPerSec",
      Reading.METER,
      "Requests to read for which records were brought into another format."),
  INVALID_MAGIC(
      "kafka.server:type=BrokerTopicMetrics,name=InvalidMagicNumberRecordsPerSec",
      Reading.METER,
      "Records that were refused for an unknown format."),
  INVALID_CRC(
      "kafka.server:type=BrokerTopicMetrics,name=InvalidMessageCrcRecordsPerSec",
      Reading.METER,
      "Records that were refused for a wrong checksum."),
  INVALID_SEQUENCE(
      "kafka.server:type=BrokerTopicMetrics,name=InvalidOffsetOrSequenceRecordsPerSec",
      Reading.METER,
      "Records that were refused for a wrong offset or sequence number."),
  NO_KEY(
      "kafka.server:type=BrokerTopicMetrics,name=NoKeyCompactedTopicRecordsPerSec",
      Reading.METER,
      "Records that were refused because a compacted topic wants keys."),
  REMOTE_COPY_BYTES(
      "kafka.server:type=BrokerTopicMetrics,name=RemoteCopyBytesPerSec",
      Reading.METER,
      "Bytes that were copied to tiered storage (KIP-405)."),
  REMOTE_COPY_ERRORS(
      "kafka.server:type=BrokerTopicMetrics,name=RemoteCopyErrorsPerSec",
      Reading.METER,
      "Failed attempts to copy to tiered storage."),
  REMOTE_COPY_LAG_BYTES(
      "kafka.server:type=BrokerTopicMetrics,name=RemoteCopyLagBytes",
      Reading.VALUE,
      "Bytes that are to be copied to tiered storage."),
  REMOTE_FETCH_BYTES(
      "kafka.server:type=BrokerTopicMetrics,name=RemoteFetchBytesPerSec",
      Reading.METER,
      "Bytes that were read from tiered storage."),
  REMOTE_FETCH_ERRORS(
      "kafka.server:type=BrokerTopicMetrics,name=RemoteFetchErrorsPerSec",
      Reading.METER,
      "Failed attempts to read from tiered storage."),
  REMOTE_DELETE_ERRORS(
      "kafka.server:type=BrokerTopicMetrics,name=RemoteDeleteErrorsPerSec",
      Reading.METER,
      "Failed attempts to delete from tiered storage."),
  HANDLER_IDLE(
      "kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent",
      Reading.gauge("OneMinuteRate"),
      "Share of the last minute in which the request handlers had nothing to do, 0 to 1; of a node that is broker and controller in one, those of both."),
  BROKER_HANDLER_IDLE(
      "kafka.server:type=KafkaRequestHandlerPool,name=BrokerRequestHandlerAvgIdlePercent",
      Reading.gauge("OneMinuteRate"),
      "Share of the last minute in which the request handlers of the broker had nothing to do, 0 to 1, where Kafka tells it (KIP-1207)."),
  START_TIME(
      "kafka.server:type=app-info,id=*",
      Reading.gauge("StartTimeMs"),
      "When the node was started, in milliseconds since the epoch."),
  BROKER_STATE(
      "kafka.server:type=KafkaServer,name=BrokerState",
      Reading.VALUE,
      "State of the broker: 0 not running, 1 starting, 2 recovering logs, 3 running, 6 waiting for its shutdown, 7 shutting down, 127 unknown."),
  DISK_READ(
      "kafka.server:type=KafkaServer,name=linux-disk-read-bytes",
      Reading.VALUE,
      "Bytes that the process has read from disks."),
  DISK_WRITTEN(
      "kafka.server:type=KafkaServer,name=linux-disk-write-bytes",
      Reading.VALUE,
      "Bytes that the process has written to disks."),
  LEADERS(
      "kafka.server:type=ReplicaManager,name=LeaderCount",
      Reading.VALUE,
      "Partitions that the broker leads."),
  PARTITIONS(
      "kafka.server:type=ReplicaManager,name=PartitionCount",
      Reading.VALUE,
      "Partitions of which the broker has a replica."),
  OFFLINE_REPLICAS(
      "kafka.server:type=ReplicaManager,name=OfflineReplicaCount",
      Reading.VALUE,
      "Replicas that are on a failed disk."),
  UNDER_REPLICATED(
      "kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions",
      Reading.VALUE,
      "Partitions that the broker leads and of which a replica is not in sync."),
  UNDER_MIN_ISR(
      "kafka.server:type=ReplicaManager,name=UnderMinIsrPartitionCount",
      Reading.VALUE,
      "Partitions that the broker leads with fewer replicas in sync than min.insync.replicas."),
  AT_MIN_ISR(
      "kafka.server:type=ReplicaManager,name=AtMinIsrPartitionCount",
      Reading.VALUE,
      "Partitions that the broker leads with just as many replicas in sync as min.insync.replicas."),
  REASSIGNING(
      "kafka.server:type=ReplicaManager,name=ReassigningPartitions",
      Reading.VALUE,
      "Partitions that the broker leads and that are being moved."),
  PRODUCER_IDS(
      "kafka.server:type=ReplicaManager,name=ProducerIdCount",
      Reading.VALUE,
      "Producer ids that the broker keeps in memory."),
  LATE_TRANSACTIONS(
      "kafka.server:type=ReplicaManager,name=PartitionsWithLateTransactionsCount",
      Reading.VALUE,
      "Partitions with a transaction that is open for longer than its time-out."),
  ISR_SHRINKS(
      "kafka.server:type=ReplicaManager,name=IsrShrinksPerSec",
      Reading.METER,
      "How often a replica fell out of sync."),
  ISR_EXPANDS(
      "kafka.server:type=ReplicaManager,name=IsrExpandsPerSec",
      Reading.METER,
      "How often a replica came back into sync."),
  ISR_UPDATE_FAILURES(
      "kafka.server:type=ReplicaManager,name=FailedIsrUpdatesPerSec",
      Reading.METER,
      "Changes of the replicas in sync that could not be recorded."),
  FETCHER_MAX_LAG(
      "kafka.server:type=ReplicaFetcherManager,name=MaxLag,clientId=*",
      Reading.VALUE,
      "Records that the replica is behind that is furthest behind its leader."),
  FETCHER_MIN_RATE(
      "kafka.server:type=ReplicaFetcherManager,name=MinFetchRate,clientId=*",
      Reading.VALUE,
      "Requests a second of the replica fetcher that sends fewest, as the broker computes it."),
  FETCHER_FAILED(
      "kafka.server:type=ReplicaFetcherManager,name=FailedPartitionsCount,clientId=*",
      Reading.VALUE,
      "Partitions that are not replicated any more because of an error."),
  FETCHER_DEAD(
      "kafka.server:type=ReplicaFetcherManager,name=DeadThreadCount,clientId=*",
      Reading.VALUE,
      "Threads for replication that have died."),
  PURGATORY_SIZE(
      "kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,delayedOperation=*",
      Reading.VALUE,
      "Requests that wait for something to happen."),
  PURGATORY_OPERATIONS(
      "kafka.server:type=DelayedOperationPurgatory,name=NumDelayedOperations,delayedOperation=*",
      Reading.VALUE,
      "Operations that wait, those included that are done and not yet removed."),
  EXPIRED_FETCHES(
      "kafka.server:type=DelayedFetchMetrics,name=ExpiresPerSec,fetcherType=*",
      Reading.METER,
      "Requests to read that waited in vain for enough bytes."),
  EXPIRED_PRODUCES(
      "kafka.server:type=DelayedProduceMetrics,name=ExpiresPerSec",
      Reading.METER,
      "Requests to write that waited in vain for the replicas."),
  FETCH_SESSIONS(
      "kafka.server:type=FetchSessionCache,name=NumIncrementalFetchSessions",
      Reading.VALUE,
      "Incremental fetch sessions that are kept (KIP-227)."),
  FETCH_SESSION_PARTITIONS(
      "kafka.server:type=FetchSessionCache,name=NumIncrementalFetchPartitionsCached",
      Reading.VALUE,
      "Partitions in those sessions."),
  FETCH_SESSION_EVICTIONS(
      "kafka.server:type=FetchSessionCache,name=IncrementalFetchSessionEvictionsPerSec",
      Reading.METER,
      "Sessions that had to go to make room for others."),
  VERIFICATION_TIME(
      "kafka.server:type=AddPartitionsToTxnManager,name=VerificationTimeMs",
      Reading.HISTOGRAM,
      "Time to verify that a transaction is open (KIP-890), in milliseconds."),
  VERIFICATION_FAILURES(
      "kafka.server:type=AddPartitionsToTxnManager,name=VerificationFailureRate",
      Reading.METER,
      "Verifications of transactions that failed."),
  SHARE_ACKNOWLEDGEMENTS(
      "kafka.server:type=ShareGroupMetrics,name=RecordAcknowledgementsPerSec,ackType=*",
      Reading.METER,
      "Records that members of share groups have acknowledged (KIP-932)."),
  SHARE_SESSIONS(
      "kafka.server:type=ShareSessionCache,name=ShareSessionsCount",
      Reading.VALUE,
      "Sessions of members of share groups."),
  LOADER_IDLE(
      "kafka.server:type=MetadataLoader,name=AvgIdleRatio",
      Reading.VALUE,
      "Share of time in which the loader of metadata had nothing to do, 0 to 1."),
  SNAPSHOT_AGE(
      "kafka.server:type=SnapshotEmitter,name=LatestSnapshotGeneratedAgeMs",
      Reading.VALUE,
      "Age of the newest snapshot of the metadata, in milliseconds."),
  SNAPSHOT_BYTES(
      "kafka.server:type=SnapshotEmitter,name=LatestSnapshotGeneratedBytes",
      Reading.VALUE,
      "Size of the newest snapshot of the metadata."),
  METADATA_APPLY_ERRORS(
      "kafka.server:type=broker-metadata-metrics",
      Reading.counter("metadata-apply-error-count"),
      "Errors while metadata was applied."),
  METADATA_LOAD_ERRORS(
      "kafka.server:type=broker-metadata-metrics",
      Reading.counter("metadata-load-error-count"),
      "Errors while metadata was loaded."),
  METADATA_LAG(
      "kafka.server:type=broker-metadata-metrics",
      Reading.gauge("last-applied-record-lag-ms").times(1e-3),
      "Time since the newest record of the metadata log was written that the broker has applied, in seconds."),
  METADATA_OFFSET(
      "kafka.server:type=broker-metadata-metrics",
      Reading.gauge("last-applied-record-offset"),
      "Offset of the newest record of the metadata log that the broker has applied."),
  RAFT_LEADER(
      "kafka.server:type=raft-metrics",
      Reading.gauge("current-leader").unknownIfNegative(),
      "Id of the leader of the metadata quorum as this node knows it; absent while there is none."),
  RAFT_EPOCH(
      "kafka.server:type=raft-metrics",
      Reading.gauge("current-epoch"),
      "Epoch of the metadata quorum as this node knows it."),
  RAFT_END(
      "kafka.server:type=raft-metrics",
      Reading.gauge("log-end-offset"),
      "End of the metadata log on this node."),
  RAFT_HIGH_WATERMARK(
      "kafka.server:type=raft-metrics",
      Reading.gauge("high-watermark").unknownIfNegative(),
      "Offset up to which this node knows a majority of the voters to have the metadata log."),
  RAFT_ELECTION_MAX(
      "kafka.server:type=raft-metrics",
      Reading.gauge("election-latency-max"),
      "The longest election of the last half a minute or so, in milliseconds; absent if there was none."),
  RAFT_COMMIT_AVG(
      "kafka.server:type=raft-metrics",
      Reading.gauge("commit-latency-avg"),
      "Mean time to commit a record of the metadata log, in milliseconds, over the last half a minute or so."),
  RAFT_COMMIT_MAX(
      "kafka.server:type=raft-metrics",
      Reading.gauge("commit-latency-max"),
      "The longest time to commit a record of the metadata log, in milliseconds, likewise."),
  RAFT_IDLE(
      "kafka.server:type=raft-metrics",
      Reading.gauge("poll-idle-ratio-avg"),
      "Share of time in which the thread of the quorum had nothing to do, 0 to 1."),
  GROUPS(
      "kafka.server:type=group-coordinator-metrics,protocol=*",
      Reading.gauge("group-count"),
      "Consumer groups that the broker coordinates, by protocol."),
  COORDINATOR_PARTITIONS(
      "kafka.server:type=group-coordinator-metrics,state=*",
      Reading.gauge("num-partitions"),
      "Partitions of __consumer_offsets on the broker, by state of loading."),
  COORDINATOR_OFFSETS(
      "kafka.server:type=group-coordinator-metrics",
      Reading.gauge("offset-count"),
      "Committed offsets that the broker keeps."),
  COORDINATOR_COMMITS(
      "kafka.server:type=group-coordinator-metrics",
      Reading.counter("offset-commit-count"),
      "Offsets that were committed."),
  COORDINATOR_EXPIRATIONS(
      "kafka.server:type=group-coordinator-metrics",
      Reading.counter("offset-expiration-count"),
      "Committed offsets that expired."),
  COORDINATOR_REBALANCES(
      "kafka.server:type=group-coordinator-metrics",
      Reading.counter("group-completed-rebalance-count"),
      "Rebalances of classic groups."),
  COORDINATOR_CONSUMER_REBALANCES(
      "kafka.server:type=group-coordinator-metrics",
      Reading.counter("consumer-group-rebalance-count"),
      "Rebalances of consumer groups (KIP-848)."),
  COORDINATOR_QUEUE(
      "kafka.server:type=group-coordinator-metrics",
      Reading.gauge("event-queue-size"),
      "Events that wait for the group coordinator."),
  COORDINATOR_QUEUE_P99(
      "kafka.server:type=group-coordinator-metrics",
      Reading.gauge("event-queue-time-ms-p99").times(1e-3),
      "Time that events wait for the group coordinator, 99th percentile, in seconds."),
  COORDINATOR_PROCESSING_P99(
      "kafka.server:type=group-coordinator-metrics",
      Reading.gauge("event-processing-time-ms-p99").times(1e-3),
      "Time that the group coordinator takes for an event, 99th percentile, in seconds."),
  COORDINATOR_IDLE(
      "kafka.server:type=group-coordinator-metrics",
      Reading.gauge("thread-idle-ratio-avg"),
      "Share of time in which the threads of the group coordinator had nothing to do, 0 to 1."),
  TRANSACTION_LOAD_MAX(
      "kafka.server:type=transaction-coordinator-metrics",
      Reading.gauge("partition-load-time-max"),
      "The longest time to load a partition of __transaction_state, in milliseconds; absent if none was loaded lately."),
  QUOTA_PRODUCE_QUEUE(
      "kafka.server:type=Produce",
      Reading.gauge("queue-size"),
      "Requests to write that are held back by quotas."),
  QUOTA_FETCH_QUEUE(
      "kafka.server:type=Fetch",
      Reading.gauge("queue-size"),
      "Requests to read that are held back by quotas."),
  QUOTA_REQUEST_QUEUE(
      "kafka.server:type=Request",
      Reading.gauge("queue-size"),
      "Requests that are held back by quotas of processor time."),
  QUOTA_PRODUCE_THROTTLE(
      "kafka.server:type=Produce,user=*,client-id=*",
      Reading.gauge("throttle-time"),
      "Mean time that clients of this user and id were held back when they wrote, in milliseconds.",
      Granularity.PARTITION),
  QUOTA_FETCH_THROTTLE(
      "kafka.server:type=Fetch,user=*,client-id=*",
      Reading.gauge("throttle-time"),
      "Mean time that clients of this user and id were held back when they read, in milliseconds.",
      Granularity.PARTITION),
  QUOTA_REQUEST_THROTTLE(
      "kafka.server:type=Request,user=*,client-id=*",
      Reading.gauge("throttle-time"),
      "Mean time that clients of this user and id were held back by quotas of processor time, in milliseconds.",
      Granularity.PARTITION),
  CONNECTIONS(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.gauge("connection-count"),
      "Connections that are open."),
  CONNECTIONS_CREATED(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("connection-creation-total"),
      "Connections that were opened."),
  CONNECTIONS_CLOSED(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("connection-close-total"),
      "Connections that were closed."),
  AUTHENTICATIONS(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("successful-authentication-total"),
      "Connections that were authenticated."),
  AUTHENTICATION_FAILURES(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("failed-authentication-total"),
      "Connections that failed to authenticate."),
  REAUTHENTICATION_FAILURES(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("failed-reauthentication-total"),
      "Connections that failed to authenticate again."),
  CONNECTIONS_EXPIRED(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("expired-connections-killed-count"),
      "Connections that were closed because their authentication had expired."),
  REQUESTS_RECEIVED(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("request-total"),
      "Requests that were received."),
  BYTES_RECEIVED(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("incoming-byte-total"),
      "Bytes that were received."),
  BYTES_SENT(
      "kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*",
      Reading.counter("outgoing-byte-total"),
      "Bytes that were sent."),
  REQUESTS(
      "kafka.network:type=RequestMetrics,name=RequestsPerSec,request=*,version=*",
      Reading.METER,
      "Requests by kind and by version of the protocol."),
  REQUEST_ERRORS(
      "kafka.network:type=RequestMetrics,name=ErrorsPerSec,request=*,error=*",
      Reading.METER,
      "Answers by kind of request and by error; NONE is one too."),
  TOTAL_TIME(
      "kafka.network:type=RequestMetrics,name=TotalTimeMs,request=*",
      Reading.HISTOGRAM,
      "Time that requests took in whole, in milliseconds."),
  QUEUE_TIME(
      "kafka.network:type=RequestMetrics,name=RequestQueueTimeMs,request=*",
      Reading.HISTOGRAM,
      "Time that requests waited for a handler, in milliseconds."),
  LOCAL_TIME(
      "kafka.network:type=RequestMetrics,name=LocalTimeMs,request=*",
      Reading.HISTOGRAM,
      "Time that the leader worked on requests, in milliseconds."),
  REMOTE_TIME(
      "kafka.network:type=RequestMetrics,name=RemoteTimeMs,request=*",
      Reading.HISTOGRAM,
      "Time that requests waited for other brokers or for records, in milliseconds."),
  THROTTLE_TIME(
      "kafka.network:type=RequestMetrics,name=ThrottleTimeMs,request=*",
      Reading.HISTOGRAM,
      "Time that answers were held back by quotas, in milliseconds."),
  RESPONSE_QUEUE_TIME(
      "kafka.network:type=RequestMetrics,name=ResponseQueueTimeMs,request=*",
      Reading.HISTOGRAM,
      "Time that answers waited to be sent, in milliseconds."),
  RESPONSE_SEND_TIME(
      "kafka.network:type=RequestMetrics,name=ResponseSendTimeMs,request=*",
      Reading.HISTOGRAM,
      "Time that it took to send answers, in milliseconds."),
  REQUEST_BYTES(
      "kafka.network:type=RequestMetrics,name=RequestBytes,request=*",
      Reading.HISTOGRAM,
      "Size of requests, in bytes."),
  CONVERSION_TIME(
      "kafka.network:type=RequestMetrics,name=MessageConversionsTimeMs,request=*",
      Reading.HISTOGRAM,
      "Time that it took to bring records into another format, in milliseconds."),
  REQUEST_QUEUE(
      "kafka.network:type=RequestChannel,name=RequestQueueSize",
      Reading.VALUE,
      "Requests that wait for a handler."),
  RESPONSE_QUEUE(
      "kafka.network:type=RequestChannel,name=ResponseQueueSize",
      Reading.VALUE,
      "Answers that wait to be sent."),
  NETWORK_IDLE(
      "kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent",
      Reading.VALUE,
      "Share of time in which the network threads had nothing to do, 0 to 1."),
  MEMORY_POOL_AVAILABLE(
      "kafka.network:type=SocketServer,name=MemoryPoolAvailable",
      Reading.VALUE,
      "Bytes that are left for requests that are being received."),
  MEMORY_POOL_USED(
      "kafka.network:type=SocketServer,name=MemoryPoolUsed",
      Reading.VALUE,
      "Bytes that requests take that are being received."),
  ACCEPTOR_BLOCKED(
      "kafka.network:type=Acceptor,name=AcceptorBlockedPercent,listener=*",
      Reading.gauge("OneMinuteRate"),
      "Share of the last minute in which new connections had to wait for a network thread, 0 to 1."),
  LOG_FLUSH(
      "kafka.log:type=LogFlushStats,name=LogFlushRateAndTimeMs",
      Reading.HISTOGRAM,
      "Time that it took to flush logs to disk, in milliseconds."),
  LOG_DIRS_OFFLINE(
      "kafka.log:type=LogManager,name=OfflineLogDirectoryCount",
      Reading.VALUE,
      "Log directories that have failed."),
  LOG_DIR_OFFLINE(
      "kafka.log:type=LogManager,name=LogDirectoryOffline,logDirectory=*",
      Reading.VALUE,
      "Whether the log directory has failed (1) or not (0)."),
  LOG_REMAINING(
      "kafka.log:type=LogManager,name=remainingLogsToRecover,dir=*",
      Reading.VALUE,
      "Logs that are still to be recovered after a crash."),
  CLEANER_DEAD(
      "kafka.log:type=LogCleaner,name=DeadThreadCount",
      Reading.VALUE,
      "Threads for compaction that have died."),
  CLEANER_MAX_TIME(
      "kafka.log:type=LogCleaner,name=max-clean-time-secs",
      Reading.VALUE,
      "The longest that compacting a log took the last time, in seconds."),
  CLEANER_DELAY(
      "kafka.log:type=LogCleaner,name=max-compaction-delay-secs",
      Reading.VALUE,
      "The longest that a log has waited for compaction beyond its limit, in seconds."),
  CLEANER_DIRTY(
      "kafka.log:type=LogCleanerManager,name=max-dirty-percent",
      Reading.VALUE,
      "Share of the log that is not compacted which needs it most, in percent."),
  CLEANER_SINCE(
      "kafka.log:type=LogCleanerManager,name=time-since-last-run-ms",
      Reading.VALUE.times(1e-3),
      "Time since the cleaner last ran, in seconds."),
  UNCLEANABLE(
      "kafka.log:type=LogCleanerManager,name=uncleanable-partitions-count,logDirectory=*",
      Reading.VALUE,
      "Partitions that are not compacted any more because of an error."),
  UNCLEANABLE_BYTES(
      "kafka.log:type=LogCleanerManager,name=uncleanable-bytes,logDirectory=*",
      Reading.VALUE,
      "Bytes that could be compacted and are not because of an error."),
  REMOTE_TASK_QUEUE(
      "org.apache.kafka.storage.internals.log:type=RemoteStorageThreadPool,name=RemoteLogReaderTaskQueueSize",
      Reading.VALUE,
      "Reads from tiered storage that wait."),
  REMOTE_READER_IDLE(
      "org.apache.kafka.storage.internals.log:type=RemoteStorageThreadPool,name=RemoteLogReaderAvgIdlePercent",
      Reading.VALUE,
      "Share of time in which the readers of tiered storage had nothing to do, 0 to 1.");

  private final MBeanDefinition mbean;

  KafkaServerMetric(String mbeans, Reading reading, String help) {
    this(mbeans, reading, help, Granularity.CLUSTER);
  }

  KafkaServerMetric(String mbeans, Reading reading, String help, Granularity granularity) {
    this.mbean = MBeanDefinition.ofKafka(mbeans, reading, help, granularity);
  }

  @Override
  public MBeanDefinition mbean() {
    return mbean;
  }
}
