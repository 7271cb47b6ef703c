package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.metric.FamilyText;
import java.util.List;
import org.junit.jupiter.api.Test;

class RabbitMqMetricsTest {

  @Test
  void rendersEverythingThatIsKnown() {
    assertThat(
            text(
                """
                [{"vhost":"/","name":"orders","type":"quorum","state":"running","policy":"ha",
                  "durable":true,"messages":7,"messages_ready":3,"messages_unacknowledged":4,
                  "message_bytes":70,"message_bytes_ready":30,"message_bytes_unacknowledged":40,
                  "head_message_timestamp":1700000000,"consumers":2,"consumer_capacity":0.5,
                  "memory":1000,"members":["a","b","c"],"online":["a","b"],
                  "message_stats":{"publish":17,"deliver":9,"deliver_no_ack":1,"get":2,
                  "get_no_ack":3,"redeliver":4,"ack":5}}]
                """,
                """
                [{"name":"rabbit@a","running":true,"mem_used":1,"mem_limit":2,"mem_alarm":false,
                  "disk_free":3,"disk_free_limit":4,"disk_free_alarm":true,"fd_used":5,"fd_total":6,
                  "sockets_used":7,"sockets_total":8,"proc_used":9,"proc_total":10,"run_queue":11,
                  "uptime":12500,"partitions":["rabbit@b"]}]
                """,
                """
                [{"vhost":"/","name":"events","type":"topic",
                  "message_stats":{"publish_in":20,"publish_out":30}}]
                """))
        .isEqualTo(
            """
            rabbitmq_connections{messaging_cluster="shop"} 1
            rabbitmq_channels{messaging_cluster="shop"} 2
            rabbitmq_consumers{messaging_cluster="shop"} 3
            rabbitmq_queues{messaging_cluster="shop"} 4
            rabbitmq_exchanges{messaging_cluster="shop"} 5
            rabbitmq_build_info{messaging_cluster="shop",rabbitmq_version="3.10.8",erlang_version="25.2.3"} 1
            rabbitmq_identity_info{messaging_cluster="shop",rabbitmq_cluster="shop"} 1
            rabbitmq_node_running{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 1
            rabbitmq_process_resident_memory_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 1
            rabbitmq_resident_memory_limit_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 2
            rabbitmq_alarms_memory_used_watermark{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 0
            rabbitmq_disk_space_available_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 3
            rabbitmq_disk_space_available_limit_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 4
            rabbitmq_alarms_free_disk_space_watermark{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 1
            rabbitmq_process_open_fds{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 5
            rabbitmq_process_max_fds{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 6
            rabbitmq_process_open_tcp_sockets{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 7
            rabbitmq_process_max_tcp_sockets{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 8
            rabbitmq_erlang_processes_used{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 9
            rabbitmq_erlang_processes_limit{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 10
            rabbitmq_erlang_scheduler_run_queue{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 11
            rabbitmq_erlang_uptime_seconds{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 12.5
            rabbitmq_node_partitions{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 1
            rabbitmq_queue_info{messaging_cluster="shop",vhost="/",queue="orders",queue_type="quorum",durable="true",policy="ha"} 1
            rabbitmq_queue_state{messaging_cluster="shop",vhost="/",queue="orders",state="running"} 1
            rabbitmq_queue_messages{messaging_cluster="shop",vhost="/",queue="orders"} 7
            rabbitmq_queue_messages_ready{messaging_cluster="shop",vhost="/",queue="orders"} 3
            rabbitmq_queue_messages_unacked{messaging_cluster="shop",vhost="/",queue="orders"} 4
            rabbitmq_queue_messages_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 70
            rabbitmq_queue_messages_ready_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 30
            rabbitmq_queue_messages_unacked_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 40
            rabbitmq_queue_head_message_timestamp{messaging_cluster="shop",vhost="/",queue="orders"} 1700000000
            rabbitmq_queue_process_memory_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 1000
            rabbitmq_queue_consumers{messaging_cluster="shop",vhost="/",queue="orders"} 2
            rabbitmq_queue_consumer_capacity{messaging_cluster="shop",vhost="/",queue="orders"} 0.5
            rabbitmq_queue_members{messaging_cluster="shop",vhost="/",queue="orders"} 3
            rabbitmq_queue_members_online{messaging_cluster="shop",vhost="/",queue="orders"} 2
            rabbitmq_queue_messages_published_total{messaging_cluster="shop",vhost="/",queue="orders"} 17
            rabbitmq_queue_messages_delivered_ack_total{messaging_cluster="shop",vhost="/",queue="orders"} 9
            rabbitmq_queue_messages_delivered_total{messaging_cluster="shop",vhost="/",queue="orders"} 1
            rabbitmq_queue_get_ack_total{messaging_cluster="shop",vhost="/",queue="orders"} 2
            rabbitmq_queue_get_total{messaging_cluster="shop",vhost="/",queue="orders"} 3
            rabbitmq_queue_messages_redelivered_total{messaging_cluster="shop",vhost="/",queue="orders"} 4
            rabbitmq_queue_messages_acked_total{messaging_cluster="shop",vhost="/",queue="orders"} 5
            rabbitmq_exchange_messages_published_total{messaging_cluster="shop",vhost="/",exchange="events"} 20
            rabbitmq_exchange_messages_published_out_total{messaging_cluster="shop",vhost="/",exchange="events"} 30
            """);
  }

  @Test
  void saysOfAQueueThatIsDownOnlyWhatItIs() {
    assertThat(
            text(
                "[{\"vhost\":\"/\",\"name\":\"q\",\"type\":\"classic\",\"state\":\"down\"}]",
                "[]",
                "[]"))
        .contains(
            "rabbitmq_queue_state{messaging_cluster=\"shop\",vhost=\"/\",queue=\"q\",state=\"down\"} 1")
        .doesNotContain("rabbitmq_queue_messages", "rabbitmq_queue_consumers", "_total");
  }

  @Test
  void leavesCountersOutThatTheBrokerDoesNotTell() {
    assertThat(
            text(
                "[{\"vhost\":\"/\",\"name\":\"q\",\"message_stats\":{\"publish\":0}}]",
                "[]",
                "[{\"vhost\":\"/\",\"name\":\"x\"}]"))
        .contains("rabbitmq_queue_messages_published_total", "queue=\"q\"} 0")
        .doesNotContain("acked_total", "delivered", "rabbitmq_exchange_");
  }

  @Test
  void saysOfANodeThatIsDownOnlyThatItIs() {
    assertThat(text("[]", "[{\"name\":\"rabbit@b\",\"running\":false}]", "[]"))
        .contains("rabbitmq_node_running{messaging_cluster=\"shop\",rabbitmq_node=\"rabbit@b\"} 0")
        .doesNotContain("memory", "disk");
  }

  private static String text(String queues, String nodes, String exchanges) {
    return FamilyText.of(
        RabbitMqMetrics.of(
            "shop", Snapshots.of(Snapshots.START, queues, nodes, exchanges, List.of())));
  }
}
