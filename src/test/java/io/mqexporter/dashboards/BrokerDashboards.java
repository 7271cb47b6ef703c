package io.mqexporter.dashboards;

import static io.mqexporter.dashboards.Panel.bars;
import static io.mqexporter.dashboards.Panel.stacked;
import static io.mqexporter.dashboards.Panel.stat;
import static io.mqexporter.dashboards.Panel.timeSeries;

import io.mqexporter.dashboards.Dashboard.Row;
import java.util.List;

/** The dashboard of each broker. */
final class BrokerDashboards {

  private static final String NODE = "{{rabbitmq_node}}";
  private static final String BROKER = "{{broker}}";
  private static final String MASTER = "{{broker}}-{{broker_id}}";

  private BrokerDashboards() {}

  static Dashboard kafka() {
    return new Dashboard(
        "mq-exporter-kafka",
        "Messaging / Kafka",
        "A Kafka cluster: partitions, controllers, disks, and what JMX tells of its brokers.",
        List.of(Variable.JOB, Variable.INSTANCE, Variable.cluster("kafka")),
        List.of(
            Row.of(
                "Now",
                stat("Brokers", "Brokers that take part.")
                    .query("sum(kafka_brokers{@cluster})", ""),
                stat("Offline partitions", "Partitions that no broker leads.")
                    .query("sum(kafka_topic_offline_partitions{@cluster})", "")
                    .thresholdsOf("KafkaOfflinePartitions"),
                stat(
                        "Under min. in sync",
                        "Partitions of which producers with acks=all are refused.")
                    .query("sum(kafka_topic_under_min_isr_partitions{@cluster})", "")
                    .thresholdsOf("KafkaUnderMinInSyncReplicas"),
                stat("Under-replicated", "Partitions of which replicas are not in sync.")
                    .query("sum(kafka_topic_under_replicated_partitions{@cluster})", "")
                    .thresholdsOf("KafkaUnderReplicatedPartitions"),
                stat("Being moved", "Partitions that are moved to other brokers.")
                    .query("sum(kafka_reassigning_partitions{@cluster})", "")
                    .thresholdsOf("KafkaReassignmentStuck"),
                stat("Hanging transactions", "Transactions that nobody will end.")
                    .query("sum(kafka_hanging_transactions{@cluster})", "")
                    .thresholdsOf("KafkaHangingTransactions")),
            Row.of(
                "Cluster",
                timeSeries("Written", "Records a second by topic, the ten busiest.")
                    .unit("cps")
                    .query(
                        "topk(10, sum by (messaging_destination_name)"
                            + " (rate(messaging_destination_produced_messages_total{@cluster,messaging_system=\"kafka\"}[$__rate_interval])))",
                        "{{messaging_destination_name}}"),
                timeSeries("Free on disk", "Share of the volume of each log directory.")
                    .unit("percentunit")
                    .query(
                        "kafka_log_dir_volume_usable_bytes{@cluster}"
                            + " / kafka_log_dir_volume_size_bytes{@cluster}",
                        "{{broker}} {{path}}")
                    .thresholdsOf("KafkaDiskSpaceLow"),
                timeSeries("Logs", "Bytes of the logs in each directory.")
                    .unit("bytes")
                    .query("kafka_log_dir_size_bytes{@cluster}", "{{broker}} {{path}}"),
                timeSeries("Metadata quorum", "How long ago each node had the whole metadata log.")
                    .unit("s")
                    .query(
                        "time() - kafka_quorum_replica_caught_up_timestamp_seconds{@cluster}",
                        "{{role}} {{id}}")
                    .thresholdsOf("KafkaQuorumReplicaBehind"),
                stacked("Groups by state", "Consumer groups in each state.")
                    .query(
                        "count by (state) (kafka_consumergroup_state{@cluster} == 1)", "{{state}}"),
                bars("Partitions led", "Partitions that each broker leads.")
                    .query(
                        "count_values(\"broker\", kafka_topic_partition_leader{@cluster})",
                        BROKER)),
            Row.of(
                "Brokers, by JMX",
                timeSeries("Bytes in and out", "Bytes a second that are written and read.")
                    .unit("Bps")
                    .query(
                        "sum by (broker)"
                            + " (rate(kafka_server_brokertopicmetrics_bytesin_total{@cluster,topic=\"\"}[$__rate_interval]))",
                        BROKER + " in")
                    .query(
                        "sum by (broker)"
                            + " (rate(kafka_server_brokertopicmetrics_bytesout_total{@cluster,topic=\"\"}[$__rate_interval]))",
                        BROKER + " out"),
                timeSeries(
                        "Request handlers idle", "Share of time in which they have nothing to do.")
                    .unit("percentunit")
                    .query(
                        "kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidle_percent{@cluster}"
                            + " or kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent{@cluster}",
                        BROKER)
                    .thresholdsOf("KafkaRequestHandlersBusy"),
                timeSeries("Time of requests", "The 99th percentile of Produce and of Fetch.")
                    .unit("ms")
                    .query(
                        "kafka_network_requestmetrics_totaltimems{@cluster,request=~\"Produce|FetchConsumer\",quantile=\"0.99\"}",
                        BROKER + " {{request}}"),
                timeSeries("Heap", "Used heap as a share of what there may be.")
                    .unit("percentunit")
                    .query(
                        "messaging_jvm_heap_used_bytes{@cluster}"
                            + " / messaging_jvm_heap_max_bytes{@cluster}",
                        "{{jvm}}"),
                timeSeries("Garbage collection", "Share of time.")
                    .unit("percentunit")
                    .query(
                        "sum by (jvm)"
                            + " (rate(messaging_jvm_gc_collection_seconds_total{@cluster}[$__rate_interval]))",
                        "{{jvm}}"),
                timeSeries("Replicas leave and join", "Changes of the replicas in sync a second.")
                    .unit("cps")
                    .query(
                        "sum by (broker)"
                            + " (rate(kafka_server_replicamanager_isrshrinks_total{@cluster}[$__rate_interval]))",
                        BROKER + " left")
                    .query(
                        "sum by (broker)"
                            + " (rate(kafka_server_replicamanager_isrexpands_total{@cluster}[$__rate_interval]))",
                        BROKER + " joined")),
            Row.of(
                "Faults",
                timeSeries("Failed", "Log directories, partitions and threads that have failed.")
                    .size(6, 7)
                    .query("kafka_log_dir_offline{@cluster}", "{{broker}} {{path}}")
                    .query(
                        "sum by (broker)"
                            + " (kafka_server_replicafetchermanager_failedpartitionscount{@cluster})",
                        BROKER + " partitions")
                    .query(
                        "sum by (broker)"
                            + " (kafka_server_replicafetchermanager_deadthreadcount{@cluster})",
                        BROKER + " threads"),
                timeSeries("Unclean elections", "Leaders that were not in sync, within an hour.")
                    .size(6, 7)
                    .query(
                        "sum by (messaging_cluster)"
                            + " (increase(kafka_controller_controllerstats_uncleanleaderelections_total{@cluster}[1h]))",
                        "{{messaging_cluster}}")
                    .thresholdsOf("KafkaUncleanLeaderElection"),
                timeSeries("Not led by the preferred broker", "Share of all partitions.")
                    .size(6, 7)
                    .unit("percentunit")
                    .query(
                        "sum by (messaging_cluster)"
                            + " (kafka_topic_not_preferred_leader_partitions{@cluster})"
                            + " / sum by (messaging_cluster) (kafka_topic_partitions{@cluster})",
                        "{{messaging_cluster}}")
                    .thresholdsOf("KafkaLeadersImbalanced"),
                timeSeries("Full", "Heap after a collection, and file descriptors, as shares.")
                    .size(6, 7)
                    .unit("percentunit")
                    .query(
                        "messaging_jvm_memory_pool_used_after_collection_bytes{@cluster,pool=~\".*(Old|Tenured).*\"}"
                            + " / messaging_jvm_memory_pool_max_bytes{@cluster}",
                        "{{jvm}} heap")
                    .query(
                        "messaging_jvm_open_fds{@cluster} / messaging_jvm_max_fds{@cluster}",
                        "{{jvm}} files")
                    .thresholdsOf("MessagingJvmHeapNearlyFull"),
                timeSeries("Oldest transaction", "How long it has been open.")
                    .size(6, 5)
                    .unit("s")
                    .query(
                        "time() - kafka_oldest_transaction_start_timestamp_seconds{@cluster}",
                        "{{messaging_cluster}}")
                    .thresholdsOf("KafkaTransactionOpenTooLong")
                    .atFault())));
  }

  static Dashboard rabbitMq() {
    return new Dashboard(
        "mq-exporter-rabbitmq",
        "Messaging / RabbitMQ",
        "A RabbitMQ cluster: alarms, nodes, queues and what flows through them.",
        List.of(Variable.JOB, Variable.INSTANCE, Variable.cluster("rabbitmq")),
        List.of(
            Row.of(
                "Now",
                stat("Nodes running", "Nodes of the cluster that run.")
                    .query("sum(rabbitmq_node_running{@cluster})", ""),
                stat("Memory alarms", "Nodes that block publishers for want of memory.")
                    .query("sum(rabbitmq_alarms_memory_used_watermark{@cluster})", "")
                    .thresholdsOf("RabbitMqMemoryAlarm"),
                stat("Disk alarms", "Nodes that block publishers for want of space.")
                    .query("sum(rabbitmq_alarms_free_disk_space_watermark{@cluster})", "")
                    .thresholdsOf("RabbitMqDiskAlarm"),
                stat("Partitions", "Nodes that do not see each other.")
                    .query("sum(rabbitmq_node_partitions{@cluster})", "")
                    .thresholdsOf("RabbitMqNetworkPartition"),
                stat("Connections", "Connections that are open.")
                    .query("sum(rabbitmq_connections{@cluster})", ""),
                stat("Queues", "Queues of the cluster.")
                    .query("sum(rabbitmq_queues{@cluster})", "")),
            Row.of(
                "Nodes",
                timeSeries("Memory", "Memory in use as a share of where the alarm is raised.")
                    .unit("percentunit")
                    .query(
                        "rabbitmq_process_resident_memory_bytes{@cluster}"
                            + " / rabbitmq_resident_memory_limit_bytes{@cluster}",
                        NODE)
                    .thresholdsOf("RabbitMqMemoryNearLimit"),
                timeSeries("Free on disk", "Free space as a multiple of where the alarm is raised.")
                    .unit("short")
                    .query(
                        "rabbitmq_disk_space_available_bytes{@cluster}"
                            + " / rabbitmq_disk_space_available_limit_bytes{@cluster}",
                        NODE)
                    .thresholdsOf("RabbitMqDiskSpaceLow"),
                timeSeries("File descriptors", "Open ones as a share of the limit.")
                    .unit("percentunit")
                    .query(
                        "rabbitmq_process_open_fds{@cluster} / rabbitmq_process_max_fds{@cluster}",
                        NODE)
                    .thresholdsOf("RabbitMqFileDescriptorsNearLimit"),
                timeSeries("Erlang processes", "Used ones as a share of the limit.")
                    .unit("percentunit")
                    .query(
                        "rabbitmq_erlang_processes_used{@cluster}"
                            + " / rabbitmq_erlang_processes_limit{@cluster}",
                        NODE)
                    .thresholdsOf("RabbitMqErlangProcessesNearLimit"),
                timeSeries("Run queue", "Erlang processes that wait for a processor.")
                    .query("rabbitmq_erlang_scheduler_run_queue{@cluster}", NODE),
                timeSeries("Connections and channels opened", "A second; many are churn.")
                    .unit("cps")
                    .query(
                        "rate(rabbitmq_connections_opened_total{@cluster}[$__rate_interval])",
                        NODE + " connections")
                    .query(
                        "rate(rabbitmq_channels_opened_total{@cluster}[$__rate_interval])",
                        NODE + " channels")),
            Row.of(
                "Messages",
                timeSeries("Published and acknowledged", "Messages a second by virtual host.")
                    .unit("cps")
                    .query(
                        "sum by (vhost)"
                            + " (rate(rabbitmq_vhost_messages_published_total{@cluster}[$__rate_interval]))",
                        "{{vhost}} published")
                    .query(
                        "sum by (vhost)"
                            + " (rate(rabbitmq_vhost_messages_acked_total{@cluster}[$__rate_interval]))",
                        "{{vhost}} acknowledged"),
                stacked("Ready and unacknowledged", "Messages in all queues.")
                    .query("sum(rabbitmq_vhost_messages_ready{@cluster})", "ready")
                    .query("sum(rabbitmq_vhost_messages_unacked{@cluster})", "unacknowledged"),
                timeSeries("Unroutable", "Messages a second that led to no queue.")
                    .unit("cps")
                    .query(
                        "sum by (vhost)"
                            + " (rate(rabbitmq_vhost_messages_unroutable_dropped_total{@cluster}[$__rate_interval]))",
                        "{{vhost}} dropped")
                    .query(
                        "sum by (vhost)"
                            + " (rate(rabbitmq_vhost_messages_unroutable_returned_total{@cluster}[$__rate_interval]))",
                        "{{vhost}} returned")
                    .atFault(),
                bars("Longest queues", "Messages in a queue.")
                    .query("topk(8, rabbitmq_queue_messages{@cluster})", "{{queue}}"),
                timeSeries("Members missing", "Members of replicated queues that do not run.")
                    .query(
                        "rabbitmq_queue_members{@cluster} - rabbitmq_queue_members_online{@cluster}",
                        "{{queue}}"),
                timeSeries("Delivered again", "Messages a second by virtual host.")
                    .unit("cps")
                    .query(
                        "sum by (vhost)"
                            + " (rate(rabbitmq_vhost_messages_redelivered_total{@cluster}[$__rate_interval]))",
                        "{{vhost}}")),
            Row.of(
                "Where it does not run",
                timeSeries("Virtual hosts", "1 where a virtual host runs on a node, else 0.")
                    .size(12, 6)
                    .query("rabbitmq_vhost_running{@cluster}", "{{vhost}} {{rabbitmq_node}}")
                    .thresholdsOf("RabbitMqVhostDown"),
                timeSeries("Maintenance", "1 for a node that is drained; from RabbitMQ 3.13.")
                    .size(12, 6)
                    .query("rabbitmq_node_being_drained{@cluster}", NODE)
                    .thresholdsOf("RabbitMqNodeInMaintenance")
                    .atFault())));
  }

  static Dashboard rocketMq() {
    return new Dashboard(
        "mq-exporter-rocketmq",
        "Messaging / RocketMQ",
        "A RocketMQ cluster: brokers, name servers, the store and what waits in it.",
        List.of(Variable.JOB, Variable.INSTANCE, Variable.cluster("rocketmq")),
        List.of(
            Row.of(
                "Now",
                stat("Masters up", "Masters that answer.")
                    .query("sum(rocketmq_broker_up{@cluster,broker_id=\"0\"})", ""),
                stat("Slaves up", "Slaves that answer.")
                    .query("sum(rocketmq_broker_up{@cluster,broker_id!=\"0\"}) or vector(0)", ""),
                stat("Name servers down", "Name servers that do not answer.")
                    .query("count(rocketmq_name_server_up{@cluster} == 0) or vector(0)", "")
                    .redFrom(1),
                stat("Disk", "The fullest disk of a store.")
                    .unit("percentunit")
                    .query("max(rocketmq_storage_disk_used_ratio{@cluster})", "")
                    .thresholdsOf("RocketMqDiskUsageHigh", "RocketMqDiskNearlyFull"),
                stat("Topics", "Topics of all brokers, their own included.")
                    .query("max(rocketmq_topic_number{@cluster})", ""),
                stat("Groups", "Consumer groups, the broker's own included.")
                    .query("max(rocketmq_consumer_group_number{@cluster})", "")),
            Row.of(
                "Traffic",
                timeSeries("In and out", "Messages a second.")
                    .unit("cps")
                    .query(
                        "rate(rocketmq_broker_messages_in_total{@cluster}[$__rate_interval])",
                        MASTER + " in")
                    .query(
                        "rate(rocketmq_broker_messages_out_total{@cluster}[$__rate_interval])",
                        MASTER + " out"),
                timeSeries("Time to write", "The 99th percentile.")
                    .unit("s")
                    .query("rocketmq_storage_latency_seconds{@cluster,percentile=\"99\"}", MASTER)
                    .thresholdsOf("RocketMqWritesSlow"),
                timeSeries("Requests that wait", "As a share of what the queue has room for.")
                    .unit("percentunit")
                    .query(
                        "rocketmq_processor_watermark{@cluster}"
                            + " / rocketmq_processor_queue_capacity{@cluster}",
                        MASTER + " {{processor}}")
                    .thresholdsOf("RocketMqRequestsQueueUp")),
            Row.of(
                "Store",
                timeSeries("Disk", "Used share of the disk of the store.")
                    .unit("percentunit")
                    .query("rocketmq_storage_disk_used_ratio{@cluster}", MASTER + " {{store}}")
                    .thresholdsOf("RocketMqDiskUsageHigh", "RocketMqDiskNearlyFull"),
                timeSeries("Not in the consume queues", "Bytes that consumers cannot see yet.")
                    .unit("bytes")
                    .query("rocketmq_storage_dispatch_behind_bytes{@cluster}", MASTER)
                    .thresholdsOf("RocketMqConsumeQueuesBehind"),
                timeSeries("Not flushed", "Bytes that are not on disk yet.")
                    .unit("bytes")
                    .query("rocketmq_storage_flush_behind_bytes{@cluster}", MASTER),
                timeSeries("Replication", "Bytes that a slave is behind its master.")
                    .unit("bytes")
                    .query("rocketmq_broker_replication_lag_bytes{@cluster}", MASTER)
                    .thresholdsOf("RocketMqReplicationBehind")
                    .atFault(),
                timeSeries("Timer", "How far the timer wheel is behind the clock.")
                    .unit("s")
                    .query("rocketmq_timer_dequeue_latency_seconds{@cluster}", MASTER)
                    .thresholdsOf("RocketMqTimerBehind"),
                timeSeries("Transactions", "Half messages whose transaction has not ended.")
                    .query("rocketmq_transaction_pending_messages{@cluster}", BROKER)
                    .thresholdsOf("RocketMqTransactionsPending")),
            Row.of(
                "Groups",
                timeSeries("Unread", "Messages that a group has not consumed.")
                    .query(
                        "topk(10, rocketmq_consumer_lag_messages{@cluster})",
                        "{{consumer_group}} {{topic}}"),
                timeSeries("To be tried again", "Messages that a group failed to consume.")
                    .query("rocketmq_consumer_retry_lag_messages{@cluster}", "{{consumer_group}}")
                    .thresholdsOf("RocketMqRetriesPilingUp"),
                timeSeries("Dead letters", "Messages that a group gave up.")
                    .query(
                        "rocketmq_consumer_dead_letter_messages{@cluster}", "{{consumer_group}}")),
            Row.of(
                "Faults",
                timeSeries("Failed writes", "Messages a second that could not be written.")
                    .size(6, 6)
                    .unit("cps")
                    .query(
                        "rate(rocketmq_storage_failures_total{@cluster}[$__rate_interval])", MASTER)
                    .thresholdsOf("RocketMqStoreFailing"),
                timeSeries("Unknown to a name server", "Brokers that another one knows.")
                    .size(6, 6)
                    .query("rocketmq_name_server_unknown_brokers{@cluster}", "{{name_server}}")
                    .thresholdsOf("RocketMqNameServersDisagree"),
                timeSeries(
                        "Permission and special services",
                        "6 is to read and write; 1 where delayed messages are delivered.")
                    .size(6, 6)
                    .query("rocketmq_broker_permission{@cluster}", BROKER + " permission")
                    .query(
                        "rocketmq_broker_special_services_running{@cluster}", MASTER + " services"),
                timeSeries("Slaves in sync", "1 for a slave that is, else 0.")
                    .size(6, 6)
                    .query("rocketmq_broker_replication_in_sync{@cluster}", MASTER)
                    .thresholdsOf("RocketMqSlaveOutOfSync")
                    .atFault())));
  }

  static Dashboard agent() {
    return new Dashboard(
        "mq-exporter-agent",
        "Messaging / The agent",
        "mq-exporter itself: what it reads, what that costs, and what it could not read.",
        List.of(Variable.JOB, Variable.INSTANCE, Variable.cluster("")),
        List.of(
            Row.of(
                "Now",
                stat("Agents", "Agents that Prometheus reaches.").query("sum(up{@agent})", ""),
                stat("Targets not read in full", "Targets of which something is missing.")
                    .query("count(mq_exporter_collection_success{@cluster} == 0) or vector(0)", "")
                    .redFrom(1),
                stat("Series", "Series that are exposed.")
                    .query("sum(mq_exporter_series{@cluster})", ""),
                stat("Slowest collection", "The time of the slowest target's last collection.")
                    .unit("s")
                    .query("max(mq_exporter_collection_duration_seconds{@cluster})", "")
                    .thresholdsOf("MqExporterCollectionSlow"),
                stat("Memory", "Resident memory of the largest agent.")
                    .unit("bytes")
                    .query("max(process_resident_memory_bytes{@agent})", ""),
                stat("Versions", "Versions that run beside each other.")
                    .query("count(count by (version) (mq_exporter_build_info{@agent}))", "")
                    .thresholdsOf("MqExporterVersionsDiffer")),
            Row.of(
                "Targets",
                timeSeries("Time of a collection", "How long it takes to read a target.")
                    .unit("s")
                    .query(
                        "mq_exporter_collection_duration_seconds{@cluster}",
                        "{{messaging_cluster}} {{messaging_system}}")
                    .thresholdsOf("MqExporterCollectionSlow"),
                timeSeries("Since everything was read", "The age of the last complete collection.")
                    .unit("s")
                    .query(
                        "time() - mq_exporter_collection_last_success_timestamp_seconds{@cluster}",
                        "{{messaging_cluster}} {{messaging_system}}"),
                timeSeries("Missing parts", "Parts that the last collection could not read.")
                    .query(
                        "mq_exporter_collection_missing_parts{@cluster}",
                        "{{messaging_cluster}} {{messaging_system}}"),
                timeSeries("Requests", "Requests a second to the brokers.")
                    .unit("reqps")
                    .query(
                        "rate(mq_exporter_requests_total{@cluster}[$__rate_interval])",
                        "{{messaging_cluster}} {{messaging_system}}"),
                stacked("Series", "Series of each target.")
                    .query(
                        "mq_exporter_series{@cluster}",
                        "{{messaging_cluster}} {{messaging_system}}"),
                timeSeries(
                        "Left out", "Samples a second that exceed the budget or the granularity.")
                    .unit("cps")
                    .query(
                        "rate(mq_exporter_series_dropped_total{@cluster}[$__rate_interval])",
                        "{{messaging_cluster}} {{reason}}")),
            Row.of(
                "Process",
                timeSeries(
                        "Heap",
                        "Used heap as a share of what there may be; and of the old objects' part what"
                            + " was left after its last garbage collection, if there was one.")
                    .size(6, 7)
                    .unit("percentunit")
                    .query(
                        "jvm_memory_used_bytes{@agent,area=\"heap\"}"
                            + " / jvm_memory_max_bytes{@agent,area=\"heap\"}",
                        "{{instance}}")
                    .query(
                        "jvm_memory_pool_collection_used_bytes{@agent,pool=~\".*(Old|Tenured).*\"}"
                            + " / jvm_memory_pool_max_bytes{@agent}",
                        "{{instance}} old, after collection"),
                timeSeries("Processor", "Processors in use.")
                    .size(6, 7)
                    .query(
                        "rate(process_cpu_seconds_total{@agent}[$__rate_interval])",
                        "{{instance}}"),
                timeSeries("Age", "The time since the agent was started.")
                    .size(6, 7)
                    .unit("s")
                    .query("time() - process_start_time_seconds{@agent}", "{{instance}}"),
                timeSeries("Scrape", "How long Prometheus waits for the page.")
                    .size(6, 7)
                    .unit("s")
                    .query("scrape_duration_seconds{@agent}", "{{instance}}"),
                timeSeries("Shards", "Agents that share the targets, and how many there are to be.")
                    .size(6, 7)
                    .query("count by (job) (mq_exporter_shard_ordinal{@agent})", "{{job}}")
                    .query("max by (job) (mq_exporter_shards{@agent})", "{{job}}: to be")
                    .atFault())));
  }
}
