package io.mqexporter.dashboards;

import static io.mqexporter.dashboards.Panel.bars;
import static io.mqexporter.dashboards.Panel.stacked;
import static io.mqexporter.dashboards.Panel.stat;
import static io.mqexporter.dashboards.Panel.table;
import static io.mqexporter.dashboards.Panel.timeSeries;

import io.mqexporter.dashboards.Dashboard.Row;
import java.util.List;

/** The dashboards that are the same for every broker. */
final class MessagingDashboards {

  private static final String CONSUMER =
      "{{messaging_consumer_group_name}} {{messaging_destination_name}}";
  private static final String CLUSTER = "{{messaging_cluster}}";
  private static final String TO_CONSUMERS =
      "mq-exporter-consumers?var-cluster=${__data.fields.messaging_cluster}"
          + "&var-group=${__data.fields.messaging_consumer_group_name}";

  private MessagingDashboards() {}

  static Dashboard fleet() {
    return new Dashboard(
        "mq-exporter-fleet",
        "Messaging / Fleet",
        "All clusters of all brokers: which one needs a look?",
        List.of(Variable.JOB, Variable.INSTANCE, Variable.cluster("")),
        List.of(
            Row.of(
                "Now",
                stat("Clusters", "Clusters that are read.")
                    .query("count(messaging_up{@cluster})", ""),
                stat("Not reachable", "Clusters of which the last collection read nothing.")
                    .query("count(messaging_up{@cluster} == 0) or vector(0)", "")
                    .redFrom(1),
                stat("Brokers down", "Brokers that were there within the last hour and are gone.")
                    .query("sum(messaging_brokers{@cluster,state=\"down\"})", "")
                    .thresholdsOf("MessagingBrokerDown"),
                stat(
                        "Consumers in trouble",
                        "Consumers that lag, stall, have stopped, were rewound or lost messages.")
                    .query(
                        "sum(messaging_consumers{@cluster,status=~\"lagging|stalled|stopped|rewound|lost\"})",
                        "")
                    .redFrom(1),
                stat("Dead letters", "Messages that are held because they could not be processed.")
                    .query("sum(messaging_dead_letter_messages{@cluster}) or vector(0)", ""),
                stat("Alerts", "Alerts that fire at present, the Watchdog not counted.")
                    .query(
                        "count(ALERTS{alertstate=\"firing\",severity!=\"none\"}) or vector(0)", "")
                    .redFrom(1)),
            Row.of(
                "Clusters",
                table("Clusters", "A click opens the dashboard of the cluster's broker.")
                    .query(
                        "max by (messaging_system, messaging_cluster) (messaging_up{@cluster})",
                        "Up")
                    .query(
                        "sum by (messaging_system, messaging_cluster)"
                            + " (messaging_brokers{@cluster,state=\"up\"})",
                        "Brokers")
                    .query(
                        "max by (messaging_system, messaging_cluster)"
                            + " (messaging_destinations{@cluster})",
                        "Destinations")
                    .query(
                        "max by (messaging_system, messaging_cluster)"
                            + " (messaging_consumer_lag_seconds{@cluster})",
                        "Oldest unread (s)")
                    .query(
                        "sum by (messaging_system, messaging_cluster)"
                            + " (messaging_consumer_lag_messages{@cluster})",
                        "Unread")
                    .opens(
                        "mq-exporter-${__data.fields.messaging_system}"
                            + "?var-cluster=${__data.fields.messaging_cluster}")),
            Row.of(
                "Traffic and delay",
                timeSeries("Produced", "Messages written a second.")
                    .unit("cps")
                    .query(
                        "sum by (messaging_cluster)"
                            + " (rate(messaging_destination_produced_messages_total{@cluster}[$__rate_interval]))",
                        CLUSTER),
                timeSeries("Consumed", "Messages consumed a second, by all groups together.")
                    .unit("cps")
                    .query(
                        "sum by (messaging_cluster)"
                            + " (rate(messaging_consumer_acknowledged_messages_total{@cluster}[$__rate_interval]))",
                        CLUSTER),
                stacked("Consumers by status", "As the last ten collections show them.")
                    .query("sum by (status) (messaging_consumers{@cluster})", "{{status}}"),
                bars("Latest consumers", "The age of the oldest message that each has to consume.")
                    .unit("s")
                    .query("topk(8, messaging_consumer_lag_seconds{@cluster})", CONSUMER)
                    .opens(
                        "mq-exporter-consumers?var-cluster=${__field.labels.messaging_cluster}"
                            + "&var-group=${__field.labels.messaging_consumer_group_name}"),
                timeSeries(
                        "Oldest unread message",
                        "The age of the oldest message that any consumer of the cluster has to consume.")
                    .unit("s")
                    .query(
                        "max by (messaging_cluster) (messaging_consumer_lag_seconds{@cluster})",
                        CLUSTER),
                bars("Slowest to catch up", "The time until nothing is left at the present pace.")
                    .unit("s")
                    .query(
                        "bottomk(8, messaging_consumer_drain_seconds{@cluster} > 0) < +Inf",
                        CONSUMER)
                    .thresholdsOf("MessagingConsumerCatchesUpTooSlowly")
                    .atFault()),
            Row.of(
                "Between clusters",
                timeSeries(
                        "Not copied yet", "Messages of other clusters that each has yet to copy.")
                    .query(
                        "sum by (messaging_source_cluster, messaging_cluster)"
                            + " (messaging_replication_lag_messages{@cluster})",
                        "{{messaging_source_cluster}} to {{messaging_cluster}}")
                    .atFault(),
                bars(
                        "Oldest not copied",
                        "The age of the oldest message of each that is not copied.")
                    .unit("s")
                    .query(
                        "topk(8, messaging_replication_lag_seconds{@cluster})",
                        "{{messaging_destination_name}}: {{messaging_source_cluster}} to"
                            + " {{messaging_cluster}}")
                    .thresholdsOf("MessagingReplicationBehind")
                    .atFault())));
  }

  static Dashboard consumers() {
    return new Dashboard(
        "mq-exporter-consumers",
        "Messaging / Consumers",
        "Consumer groups, and the consumers of queues: who is late, why, and for how long?",
        List.of(
            Variable.JOB,
            Variable.INSTANCE,
            Variable.cluster(""),
            Variable.VHOST,
            Variable.DESTINATION,
            Variable.GROUP),
        List.of(
            Row.of(
                "Now",
                stat("Oldest unread message", "The age of the oldest message to consume.")
                    .unit("s")
                    .query("max(messaging_consumer_lag_seconds{@group})", ""),
                stat("Unread messages", "Messages to consume, of all consumers chosen.")
                    .query("sum(messaging_consumer_lag_messages{@group})", ""),
                stat("Beyond their objective", "Consumers whose oldest message is too old.")
                    .query(
                        "sum(messaging_consumer_lag_seconds{@group}"
                            + " > bool messaging_consumer_lag_objective_seconds{@group})",
                        "")
                    .redFrom(1),
                stat("Consumed", "Messages consumed a second.")
                    .unit("cps")
                    .query(
                        "sum(rate(messaging_consumer_acknowledged_messages_total{@group}[$__rate_interval]))",
                        ""),
                stat(
                        "Members",
                        "Consumers that are connected; of whole groups, whatever the topic.")
                    .query(
                        "sum(messaging_consumer_members{@cluster,messaging_consumer_group_name=~\"$group\"})",
                        ""),
                stat(
                        "Lost",
                        "Messages that were deleted before they were consumed, within the time shown.")
                    .query(
                        "sum(increase(messaging_consumer_lost_messages_total{@group}[$__range]))",
                        "")
                    .thresholdsOf("MessagingConsumerLostMessages")),
            Row.of(
                "Delay",
                timeSeries(
                        "Age of the oldest unread message",
                        "What a consumer has yet to consume; the objectives are dashed in the legend"
                            + " as objective.")
                    .size(12, 8)
                    .unit("s")
                    .query("messaging_consumer_lag_seconds{@group}", CONSUMER)
                    .query(
                        "max(messaging_consumer_lag_objective_seconds{@group})",
                        "longest objective"),
                timeSeries("Unread messages", "As the broker's own tool shows them.")
                    .size(12, 8)
                    .query("messaging_consumer_lag_messages{@group}", CONSUMER),
                timeSeries(
                        "Objective missed",
                        "The share of the last hour in which the objective was missed; 1 % is meant"
                            + " to be.")
                    .unit("percentunit")
                    .query(
                        "avg_over_time(messaging_consumer:lag_objective_missed:bool{@group}[1h])",
                        CONSUMER),
                timeSeries("Time until caught up", "At the present pace; nothing while it grows.")
                    .unit("s")
                    .query("messaging_consumer_drain_seconds{@group} < +Inf", CONSUMER)
                    .thresholdsOf("MessagingConsumerCatchesUpTooSlowly"),
                timeSeries("Retention used", "At 1 the oldest unread message is deleted next.")
                    .unit("percentunit")
                    .query("messaging_consumer_retention_used_ratio{@group}", CONSUMER)
                    .thresholdsOf("MessagingConsumerNearDataLoss")),
            Row.of(
                "Work",
                timeSeries("Consumed", "Messages a second.")
                    .unit("cps")
                    .query(
                        "rate(messaging_consumer_acknowledged_messages_total{@group}[$__rate_interval])",
                        CONSUMER),
                timeSeries(
                        "Delivered again",
                        "Messages a second that were delivered more than once, where the broker"
                            + " counts them.")
                    .unit("cps")
                    .query(
                        "rate(messaging_redelivered_messages_total{@group}[$__rate_interval])",
                        CONSUMER),
                timeSeries("Members", "Consumers that are connected.")
                    .query(
                        "messaging_consumer_members{@cluster,messaging_consumer_group_name=~\"$group\"}",
                        CONSUMER),
                timeSeries("Kafka: members of the group", "Each change is a rebalance.")
                    .query(
                        "kafka_consumergroup_members{@cluster,consumergroup=~\"$group\"}",
                        "{{consumergroup}}"),
                timeSeries(
                        "RocketMQ: to be tried again", "Messages that the group failed to consume.")
                    .query(
                        "rocketmq_consumer_retry_lag_messages{@cluster,consumer_group=~\"$group\"}",
                        "{{consumer_group}}")
                    .query(
                        "rocketmq_consumer_group_subscriptions{@cluster,consumer_group=~\"$group\"}",
                        "{{consumer_group}} subscriptions")
                    .thresholdsOf("RocketMqRetriesPilingUp"),
                timeSeries(
                        "Kafka: offsets last known", "How long ago; only while they are not known.")
                    .unit("s")
                    .query(
                        "time() - kafka_consumergroup_last_known_timestamp_seconds{@cluster,consumergroup=~\"$group\"}",
                        "{{consumergroup}}")
                    .thresholdsOf("KafkaGroupOffsetsUnknown")
                    .atFault(),
                timeSeries(
                        "Kafka: not at rest", "Groups that rebalance, and partitions nobody has.")
                    .query(
                        "sum by (consumergroup) (kafka_consumergroup_state{@cluster,"
                            + "consumergroup=~\"$group\",state!~\"Stable|Empty|Dead\"})",
                        "{{consumergroup}}")
                    .query(
                        "count by (consumergroup, topic) (kafka_consumergroup_partition_assigned{"
                            + "@cluster,consumergroup=~\"$group\"} == 0)",
                        "{{consumergroup}} {{topic}} not assigned")
                    .atFault(),
                table("Status", "What the last ten collections show of each consumer.")
                    .size(16, 8)
                    .query(
                        "max by (messaging_system, messaging_cluster, messaging_destination_name,"
                            + " messaging_consumer_group_name, status)"
                            + " (messaging_consumer_status{@group} == 1)",
                        "Now")
                    .opens(TO_CONSUMERS))));
  }

  static Dashboard destination() {
    return new Dashboard(
        "mq-exporter-destination",
        "Messaging / Topics and queues",
        "What is sent to topics and queues, what they hold, and who consumes it.",
        List.of(
            Variable.JOB,
            Variable.INSTANCE,
            Variable.cluster(""),
            Variable.VHOST,
            Variable.DESTINATION),
        List.of(
            Row.of(
                "Messages",
                timeSeries("Produced", "Messages a second.")
                    .unit("cps")
                    .query(
                        "rate(messaging_destination_produced_messages_total{@destination}[$__rate_interval])",
                        "{{messaging_destination_name}}"),
                timeSeries("Held", "Messages held: between start and end, or in the queue.")
                    .query(
                        "messaging_destination_messages{@destination}",
                        "{{messaging_destination_name}}"),
                timeSeries("Size", "Bytes on disk, of one copy.")
                    .unit("bytes")
                    .query(
                        "messaging_destination_size_bytes{@destination}",
                        "{{messaging_destination_name}}"),
                timeSeries("Filled", "What is held as a share of the most that may be.")
                    .unit("percentunit")
                    .query(
                        "messaging_destination_fill_ratio{@destination}",
                        "{{messaging_destination_name}}")
                    .thresholdsOf("RabbitMqQueueNearlyFull"),
                timeSeries("Dead letters", "Messages that could not be processed elsewhere.")
                    .query(
                        "messaging_dead_letter_messages{@destination}",
                        "{{messaging_destination_name}}"),
                timeSeries("Delay of the consumers", "The age of the oldest unread message.")
                    .unit("s")
                    .query("messaging_consumer_lag_seconds{@destination}", CONSUMER)),
            Row.of(
                "Of the broker",
                timeSeries(
                        "Kafka: replicas missing", "Partitions that have fewer replicas in sync.")
                    .query(
                        "sum by (topic)"
                            + " (kafka_topic_under_replicated_partitions{@cluster,topic=~\"$destination\"})",
                        "{{topic}}")
                    .thresholdsOf("KafkaUnderReplicatedPartitions"),
                timeSeries(
                        "Kafka: replicas and losses",
                        "The fewest replicas of a partition, and how often its end went back.")
                    .query(
                        "min by (topic)"
                            + " (kafka_topic_partition_replicas{@cluster,topic=~\"$destination\"})",
                        "{{topic}} replicas")
                    .query(
                        "sum by (topic)"
                            + " (increase(kafka_topic_truncations_total{@cluster,topic=~\"$destination\"}[1h]))",
                        "{{topic}} truncations"),
                timeSeries(
                        "RabbitMQ: replicated queues",
                        "1 for a queue that has a leader and a majority, and its members that run.")
                    .query(
                        "rabbitmq_queue_has_leader{@cluster,queue=~\"$destination\"}",
                        "{{queue}} has a leader")
                    .query(
                        "rabbitmq_queue_majority_online{@cluster,queue=~\"$destination\"}",
                        "{{queue}} has a majority")
                    .query(
                        "rabbitmq_queue_members_online{@cluster,queue=~\"$destination\"}",
                        "{{queue}} members"),
                timeSeries("RabbitMQ: ready and unacknowledged", "Messages of the queue by state.")
                    .query(
                        "rabbitmq_queue_messages_ready{@cluster,queue=~\"$destination\"}",
                        "{{queue}} ready")
                    .query(
                        "rabbitmq_queue_messages_unacked{@cluster,queue=~\"$destination\"}",
                        "{{queue}} unacknowledged"),
                timeSeries("RabbitMQ: consumers can take more", "Share of time, 1 is always.")
                    .unit("percentunit")
                    .query(
                        "rabbitmq_queue_consumer_capacity{@cluster,queue=~\"$destination\"}",
                        "{{queue}}"),
                timeSeries("RocketMQ: last message", "The age of the newest message of a topic.")
                    .unit("s")
                    .query(
                        "time() - max by (topic)"
                            + " (rocketmq_topic_queue_last_message_timestamp_seconds{@cluster,topic=~\"$destination\"})",
                        "{{topic}}"),
                table("Kafka: configuration", "What the brokers hold for each topic.")
                    .size(16, 7)
                    .query(
                        "max by (topic, cleanup_policy, retention_ms, retention_bytes,"
                            + " min_insync_replicas)"
                            + " (kafka_topic_config_info{@cluster,topic=~\"$destination\"})",
                        "Topic"))));
  }

  static Dashboard alerts() {
    return new Dashboard(
        "mq-exporter-alerts",
        "Messaging / Alerts",
        "The alerts of mq-exporter's rules, now and before.",
        List.of(Variable.JOB, Variable.INSTANCE, Variable.cluster("")),
        List.of(
            Row.of(
                "Now",
                stat("Critical", "Somebody has to act now.")
                    .size(6, 4)
                    .query(
                        "count(ALERTS{alertstate=\"firing\",severity=\"critical\"}) or vector(0)",
                        "")
                    .redFrom(1),
                stat("Warning", "Somebody has to act today.")
                    .size(6, 4)
                    .query(
                        "count(ALERTS{alertstate=\"firing\",severity=\"warning\"}) or vector(0)",
                        "")
                    .redFrom(1),
                stat("Pending", "What will fire if it goes on.")
                    .size(6, 4)
                    .query("count(ALERTS{alertstate=\"pending\"}) or vector(0)", ""),
                stat("Watchdog", "1 while alerting works.")
                    .size(6, 4)
                    .query("count(ALERTS{alertname=\"Watchdog\",alertstate=\"firing\"})", ""),
                table("Firing", "The alerts that fire.")
                    .size(24, 10)
                    .query(
                        "max by (alertname, severity, component, messaging_cluster,"
                            + " messaging_destination_name, messaging_consumer_group_name)"
                            + " (ALERTS{alertstate=\"firing\"})",
                        "Firing")
                    .opens(
                        "mq-exporter-consumers?var-cluster=${__data.fields.messaging_cluster}"
                            + "&var-group=${__data.fields.messaging_consumer_group_name}")),
            Row.of(
                "Before",
                stacked("Firing by name", "How many of each fired at a time.")
                    .size(12, 9)
                    .query(
                        "count by (alertname)"
                            + " (ALERTS{alertstate=\"firing\",severity!=\"none\"})",
                        "{{alertname}}"),
                stacked("Firing by cluster", "How many fired for each cluster.")
                    .size(12, 9)
                    .query(
                        "count by (messaging_cluster)"
                            + " (ALERTS{alertstate=\"firing\",severity!=\"none\"})",
                        "{{messaging_cluster}}"))));
  }
}
