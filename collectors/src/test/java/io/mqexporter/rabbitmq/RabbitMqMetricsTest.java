package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.metric.FamilyText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitMqMetricsTest {

  @Test
  void rendersEverythingThatIsKnown() {
    assertThat(
            text(
                """
                [{"vhost":"/","name":"orders","type":"quorum","state":"running","policy":"ha",
                  "operator_policy":"op","exclusive":false,"auto_delete":false,"node":"rabbit@a",
                  "leader":"rabbit@a","durable":true,"messages":7,"messages_ready":3,"messages_unacknowledged":4,
                  "message_bytes":70,"message_bytes_ready":30,"message_bytes_unacknowledged":40,
                  "head_message_timestamp":1700000000,"consumers":2,"consumer_capacity":0.5,
                  "memory":1000,"messages_ram":31,
                  "messages_ready_ram":32,"messages_unacknowledged_ram":33,"message_bytes_ram":34,
                  "messages_persistent":35,"message_bytes_persistent":36,"messages_paged_out":37,
                  "message_bytes_paged_out":38,"messages_dlx":39,"message_bytes_dlx":41,
                  "messages_delayed":42,"segments":43,"reductions":44,
                  "arguments":{"x-max-length":10,"x-overflow":"reject-publish",
                  "x-message-ttl":1500},
                  "effective_policy_definition":{"max-length":9,"max-length-bytes":1000},"members":["rabbit@a","rabbit@b","rabbit@c"],"online":["rabbit@a","rabbit@b"],
                  "message_stats":{"publish":17,"deliver":9,"deliver_no_ack":1,"get":2,
                  "get_no_ack":3,"get_empty":6,"redeliver":4,"ack":5,"disk_reads":45,
                  "disk_writes":46}}]
                """,
                """
                [{"name":"rabbit@a","running":true,"mem_used":1,"mem_limit":2,"mem_alarm":false,
                  "disk_free":3,"disk_free_limit":4,"disk_free_alarm":true,"fd_used":5,"fd_total":6,
                  "sockets_used":7,"sockets_total":8,"proc_used":9,"proc_total":10,"run_queue":11,
                  "uptime":12500,"partitions":["rabbit@b"],
                  "being_drained":true,"net_ticktime":60,"gc_num":12,"gc_bytes_reclaimed":13,
                  "context_switches":14,"connection_created":15,"connection_closed":16,
                  "channel_created":17,"channel_closed":18,"queue_declared":19,"queue_created":20,
                  "queue_deleted":21,"io_read_count":2,"io_read_bytes":23,"io_read_avg_time":0.5,
                  "io_write_count":4,"io_write_bytes":25,"io_write_avg_time":2,"io_sync_count":26,
                  "io_sync_avg_time":0,"io_seek_count":27,"io_seek_avg_time":1000,
                  "io_reopen_count":28,"msg_store_read_count":29,"msg_store_write_count":30,
                  "queue_index_read_count":31,"queue_index_write_count":32,
                  "mnesia_ram_tx_count":33,"mnesia_disk_tx_count":34}]
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
            rabbitmq_node_being_drained{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 1
            rabbitmq_node_partitions{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 1
            rabbitmq_alarms_memory_used_watermark{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 0
            rabbitmq_alarms_free_disk_space_watermark{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 1
            rabbitmq_process_resident_memory_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 1
            rabbitmq_resident_memory_limit_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 2
            rabbitmq_disk_space_available_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 3
            rabbitmq_disk_space_available_limit_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 4
            rabbitmq_process_open_fds{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 5
            rabbitmq_process_max_fds{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 6
            rabbitmq_process_open_tcp_sockets{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 7
            rabbitmq_process_max_tcp_sockets{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 8
            rabbitmq_erlang_processes_used{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 9
            rabbitmq_erlang_processes_limit{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 10
            rabbitmq_erlang_scheduler_run_queue{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 11
            rabbitmq_erlang_scheduler_context_switches_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 14
            rabbitmq_erlang_gc_runs_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 12
            rabbitmq_erlang_gc_reclaimed_bytes_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 13
            rabbitmq_erlang_net_ticktime_seconds{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 60
            rabbitmq_erlang_uptime_seconds{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 12.5
            rabbitmq_connections_opened_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 15
            rabbitmq_connections_closed_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 16
            rabbitmq_channels_opened_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 17
            rabbitmq_channels_closed_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 18
            rabbitmq_queues_declared_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 19
            rabbitmq_queues_created_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 20
            rabbitmq_queues_deleted_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 21
            rabbitmq_io_read_ops_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 2
            rabbitmq_io_read_bytes_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 23
            rabbitmq_io_read_time_seconds_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 0.001
            rabbitmq_io_write_ops_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 4
            rabbitmq_io_write_bytes_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 25
            rabbitmq_io_write_time_seconds_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 0.008
            rabbitmq_io_sync_ops_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 26
            rabbitmq_io_sync_time_seconds_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 0
            rabbitmq_io_seek_ops_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 27
            rabbitmq_io_seek_time_seconds_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 27
            rabbitmq_io_reopen_ops_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 28
            rabbitmq_msg_store_read_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 29
            rabbitmq_msg_store_write_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 30
            rabbitmq_queue_index_read_ops_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 31
            rabbitmq_queue_index_write_ops_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 32
            rabbitmq_schema_db_ram_tx_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 33
            rabbitmq_schema_db_disk_tx_total{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 34
            messaging_broker_memory_used_bytes{messaging_system="rabbitmq",messaging_cluster="shop",messaging_broker_name="rabbit@a"} 1
            messaging_broker_memory_limit_bytes{messaging_system="rabbitmq",messaging_cluster="shop",messaging_broker_name="rabbit@a"} 2
            messaging_broker_disk_free_bytes{messaging_system="rabbitmq",messaging_cluster="shop",messaging_broker_name="rabbit@a"} 3
            messaging_broker_open_fds{messaging_system="rabbitmq",messaging_cluster="shop",messaging_broker_name="rabbit@a"} 5
            messaging_broker_max_fds{messaging_system="rabbitmq",messaging_cluster="shop",messaging_broker_name="rabbit@a"} 6
            messaging_broker_disk_read_bytes_total{messaging_system="rabbitmq",messaging_cluster="shop",messaging_broker_name="rabbit@a"} 23
            messaging_broker_disk_written_bytes_total{messaging_system="rabbitmq",messaging_cluster="shop",messaging_broker_name="rabbit@a"} 25
            rabbitmq_queue_info{messaging_cluster="shop",vhost="/",queue="orders",queue_type="quorum",durable="true",exclusive="false",auto_delete="false",policy="ha",operator_policy="op",overflow="reject-publish"} 1
            rabbitmq_queue_state{messaging_cluster="shop",vhost="/",queue="orders",state="running"} 1
            rabbitmq_queue_leader_info{messaging_cluster="shop",vhost="/",queue="orders",rabbitmq_node="rabbit@a"} 1
            rabbitmq_queue_has_leader{messaging_cluster="shop",vhost="/",queue="orders"} 1
            rabbitmq_queue_members{messaging_cluster="shop",vhost="/",queue="orders"} 3
            rabbitmq_queue_members_online{messaging_cluster="shop",vhost="/",queue="orders"} 2
            rabbitmq_queue_majority_online{messaging_cluster="shop",vhost="/",queue="orders"} 1
            rabbitmq_queue_messages{messaging_cluster="shop",vhost="/",queue="orders"} 7
            rabbitmq_queue_messages_ready{messaging_cluster="shop",vhost="/",queue="orders"} 3
            rabbitmq_queue_messages_unacked{messaging_cluster="shop",vhost="/",queue="orders"} 4
            rabbitmq_queue_messages_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 70
            rabbitmq_queue_messages_ready_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 30
            rabbitmq_queue_messages_unacked_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 40
            rabbitmq_queue_messages_ram{messaging_cluster="shop",vhost="/",queue="orders"} 31
            rabbitmq_queue_messages_ready_ram{messaging_cluster="shop",vhost="/",queue="orders"} 32
            rabbitmq_queue_messages_unacked_ram{messaging_cluster="shop",vhost="/",queue="orders"} 33
            rabbitmq_queue_messages_ram_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 34
            rabbitmq_queue_messages_persistent{messaging_cluster="shop",vhost="/",queue="orders"} 35
            rabbitmq_queue_messages_persistent_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 36
            rabbitmq_queue_messages_paged_out{messaging_cluster="shop",vhost="/",queue="orders"} 37
            rabbitmq_queue_messages_paged_out_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 38
            rabbitmq_queue_messages_dlx{messaging_cluster="shop",vhost="/",queue="orders"} 39
            rabbitmq_queue_messages_dlx_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 41
            rabbitmq_queue_messages_delayed{messaging_cluster="shop",vhost="/",queue="orders"} 42
            rabbitmq_queue_head_message_timestamp{messaging_cluster="shop",vhost="/",queue="orders"} 1700000000
            rabbitmq_queue_process_memory_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 1000
            rabbitmq_stream_segments{messaging_cluster="shop",vhost="/",queue="orders"} 43
            rabbitmq_queue_consumers{messaging_cluster="shop",vhost="/",queue="orders"} 2
            rabbitmq_queue_messages_published_total{messaging_cluster="shop",vhost="/",queue="orders"} 17
            rabbitmq_queue_messages_delivered_ack_total{messaging_cluster="shop",vhost="/",queue="orders"} 9
            rabbitmq_queue_messages_delivered_total{messaging_cluster="shop",vhost="/",queue="orders"} 1
            rabbitmq_queue_get_ack_total{messaging_cluster="shop",vhost="/",queue="orders"} 2
            rabbitmq_queue_get_total{messaging_cluster="shop",vhost="/",queue="orders"} 3
            rabbitmq_queue_get_empty_total{messaging_cluster="shop",vhost="/",queue="orders"} 6
            rabbitmq_queue_messages_redelivered_total{messaging_cluster="shop",vhost="/",queue="orders"} 4
            rabbitmq_queue_messages_acked_total{messaging_cluster="shop",vhost="/",queue="orders"} 5
            rabbitmq_queue_disk_reads_total{messaging_cluster="shop",vhost="/",queue="orders"} 45
            rabbitmq_queue_disk_writes_total{messaging_cluster="shop",vhost="/",queue="orders"} 46
            rabbitmq_queue_process_reductions_total{messaging_cluster="shop",vhost="/",queue="orders"} 44
            rabbitmq_queue_max_length{messaging_cluster="shop",vhost="/",queue="orders"} 9
            rabbitmq_queue_max_length_bytes{messaging_cluster="shop",vhost="/",queue="orders"} 1000
            rabbitmq_queue_message_ttl_seconds{messaging_cluster="shop",vhost="/",queue="orders"} 1.5
            rabbitmq_queue_consumer_capacity{messaging_cluster="shop",vhost="/",queue="orders"} 0.5
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

  // The last leader is still named when it has gone and nobody was elected.
  @ParameterizedTest
  @ValueSource(strings = {"", "rabbit@b"})
  void saysThatAReplicatedQueueHasNeitherLeaderNorMajority(String leader) {
    assertThat(
            text(
                """
                [{"vhost":"/","name":"q","type":"quorum","state":"minority","node":"rabbit@a",
                  "leader":"%s","members":["rabbit@a","rabbit@b"],"online":["rabbit@a"]}]
                """
                    .formatted(leader),
                "[]",
                "[]"))
        .contains("rabbitmq_queue_has_leader{messaging_cluster=\"shop\",vhost=\"/\",queue=\"q\"} 0")
        .contains(
            "rabbitmq_queue_majority_online{messaging_cluster=\"shop\",vhost=\"/\",queue=\"q\"} 0")
        .doesNotContain("leader_info");
  }

  @Test
  void letsThePolicyOfAStreamGoBeforeItsArgument() {
    assertThat(
            text(
                """
                [{"vhost":"/","name":"q","type":"stream","node":"rabbit@a",
                  "arguments":{"x-max-length-bytes":1,"x-max-length":3},
                  "effective_policy_definition":{"max-length-bytes":2}}]
                """,
                "[]",
                "[]"))
        .contains("rabbitmq_queue_max_length_bytes", "queue=\"q\"} 2")
        .contains("rabbitmq_queue_leader_info", "rabbitmq_node=\"rabbit@a\"} 1")
        .doesNotContain("rabbitmq_queue_max_length{", "has_leader", "majority");
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
  void rendersAVhost() {
    assertThat(
            FamilyText.of(
                RabbitMqMetrics.of(
                    "shop",
                    Snapshots.ofVhosts(
                        """
                        [{"name":"/","cluster_state":{"rabbit@b":"stopped","rabbit@a":"running"},
                          "messages":1,"messages_ready":2,"messages_unacknowledged":3,"recv_oct":4,
                          "send_oct":5,"message_stats":{"publish":6,"confirm":7,
                          "drop_unroutable":8,"return_unroutable":9,"deliver":10,
                          "deliver_no_ack":11,"get":12,"get_no_ack":13,"get_empty":14,
                          "redeliver":15,"ack":16}},
                         {"name":"new","cluster_state":[]}]
                        """)),
                name -> name.startsWith("rabbitmq_vhost_")))
        .isEqualTo(
            """
            rabbitmq_vhost_running{messaging_cluster="shop",vhost="/",rabbitmq_node="rabbit@a"} 1
            rabbitmq_vhost_running{messaging_cluster="shop",vhost="/",rabbitmq_node="rabbit@b"} 0
            rabbitmq_vhost_messages{messaging_cluster="shop",vhost="/"} 1
            rabbitmq_vhost_messages_ready{messaging_cluster="shop",vhost="/"} 2
            rabbitmq_vhost_messages_unacked{messaging_cluster="shop",vhost="/"} 3
            rabbitmq_vhost_incoming_bytes_total{messaging_cluster="shop",vhost="/"} 4
            rabbitmq_vhost_outgoing_bytes_total{messaging_cluster="shop",vhost="/"} 5
            rabbitmq_vhost_messages_published_total{messaging_cluster="shop",vhost="/"} 6
            rabbitmq_vhost_messages_confirmed_total{messaging_cluster="shop",vhost="/"} 7
            rabbitmq_vhost_messages_unroutable_dropped_total{messaging_cluster="shop",vhost="/"} 8
            rabbitmq_vhost_messages_unroutable_returned_total{messaging_cluster="shop",vhost="/"} 9
            rabbitmq_vhost_messages_delivered_ack_total{messaging_cluster="shop",vhost="/"} 10
            rabbitmq_vhost_messages_delivered_total{messaging_cluster="shop",vhost="/"} 11
            rabbitmq_vhost_get_ack_total{messaging_cluster="shop",vhost="/"} 12
            rabbitmq_vhost_get_total{messaging_cluster="shop",vhost="/"} 13
            rabbitmq_vhost_get_empty_total{messaging_cluster="shop",vhost="/"} 14
            rabbitmq_vhost_messages_redelivered_total{messaging_cluster="shop",vhost="/"} 15
            rabbitmq_vhost_messages_acked_total{messaging_cluster="shop",vhost="/"} 16
            """);
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
