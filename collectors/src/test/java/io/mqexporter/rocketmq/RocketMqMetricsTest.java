package io.mqexporter.rocketmq;

import static io.mqexporter.rocketmq.Snapshots.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.metric.FamilyText;
import io.mqexporter.rocketmq.Snapshots.Broker;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Details;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RocketMqMetricsTest {

  @Test
  void rendersABrokerByItsFigures() {
    Broker broker =
        new Broker("a")
            .figure("brokerVersionDesc", "V5_5_0")
            .figure("bootTimestamp", "1795516352991")
            .figure("msgPutTotalTodayNow", "50")
            .figure("msgGetTotalTodayNow", "130")
            .figure("putMessageTimesTotal", "60")
            .figure("putMessageSizeTotal", "15020")
            .figure("putMessageFailedTimes", "0")
            .figure("putLatency99", "1.50")
            .figure("dispatchBehindBytes", "0")
            .figure("earliestMessageTimeStamp", "-1")
            .figure("commitLogDiskRatio", "0.23")
            .figure("consumeQueueDiskRatio", "-1.0")
            .figure("putTps", "1.0 2.0 3.0")
            .figure("sendThreadPoolQueueSize", "3")
            .figure("sendThreadPoolQueueCapacity", "10000")
            .figure("sendThreadPoolQueueHeadWaitTimeMills", "250")
            .figure("timerReadBehind", "1")
            .figure("scheduleMessageOffset_2", "3,10")
            .figure("scheduleMessageOffset_1", "5,4");
    assertThat(FamilyText.of(RocketMqMetrics.of("c", view(broker))))
        .isEqualTo(
            """
            rocketmq_broker_up{messaging_cluster="c",broker="a",broker_id="0"} 1
            rocketmq_broker_info{messaging_cluster="c",broker="a",broker_id="0",role="master",rocketmq_cluster="cluster",address="10.0.0.1:10911",version="5.5.0"} 1
            rocketmq_broker_start_time_seconds{messaging_cluster="c",broker="a",broker_id="0"} 1.795516352991E9
            rocketmq_broker_messages_in_total{messaging_cluster="c",broker="a",broker_id="0"} 50
            rocketmq_broker_messages_out_total{messaging_cluster="c",broker="a",broker_id="0"} 130
            rocketmq_storage_stored_messages_total{messaging_cluster="c",broker="a",broker_id="0"} 60
            rocketmq_storage_stored_bytes_total{messaging_cluster="c",broker="a",broker_id="0"} 15020
            rocketmq_storage_failures_total{messaging_cluster="c",broker="a",broker_id="0"} 0
            rocketmq_storage_latency_seconds{messaging_cluster="c",broker="a",broker_id="0",percentile="99"} 0.0015
            rocketmq_storage_dispatch_behind_bytes{messaging_cluster="c",broker="a",broker_id="0"} 0
            rocketmq_storage_disk_used_ratio{messaging_cluster="c",broker="a",broker_id="0",store="commit_log"} 0.23
            rocketmq_processor_watermark{messaging_cluster="c",broker="a",broker_id="0",processor="send"} 3
            rocketmq_processor_queue_capacity{messaging_cluster="c",broker="a",broker_id="0",processor="send"} 10000
            rocketmq_processor_head_wait_seconds{messaging_cluster="c",broker="a",broker_id="0",processor="send"} 0.25
            rocketmq_timer_dequeue_latency_seconds{messaging_cluster="c",broker="a",broker_id="0"} 1
            rocketmq_schedule_lag_messages{messaging_cluster="c",broker="a",broker_id="0",delay_level="2"} 7
            rocketmq_topic_number{messaging_cluster="c",broker="a"} 0
            rocketmq_consumer_group_number{messaging_cluster="c",broker="a"} 0
            """);
  }

  @Test
  void rendersFiguresThatABrokerRoundsForPeople() {
    Broker broker =
        new Broker("a")
            .figure("brokerActive", "true")
            .figure("startAcceptSendRequestTimeStamp", "0")
            .figure("remainHowManyDataToFlush", "1.5 KiB")
            .figure("remainHowManyDataToCommit", "12 B")
            .figure("remainTransientStoreBufferNumbs", "3")
            .figure("commitLogDirCapacity", "Total : 252,5 GiB, Free : 228.0 MiB.")
            .figure("putMessageEntireTimeMax", "44")
            .figure("EndTransactionQueueSize", "2")
            .figure("EndTransactionThreadPoolQueueCapacity", "100000")
            .figure("timerCongestNum", "7");
    assertThat(
            FamilyText.of(
                RocketMqMetrics.of("c", view(broker)),
                name -> !name.matches("rocketmq_broker_(up|info)|.*_number")))
        .isEqualTo(
            """
            rocketmq_broker_special_services_running{messaging_cluster="c",broker="a",broker_id="0"} 1
            rocketmq_storage_put_max_seconds{messaging_cluster="c",broker="a",broker_id="0"} 0.044
            rocketmq_storage_flush_behind_bytes{messaging_cluster="c",broker="a",broker_id="0"} 1536
            rocketmq_storage_commit_behind_bytes{messaging_cluster="c",broker="a",broker_id="0"} 12
            rocketmq_storage_transient_buffers_available{messaging_cluster="c",broker="a",broker_id="0"} 3
            rocketmq_storage_disk_total_bytes{messaging_cluster="c",broker="a",broker_id="0"} 271119810560
            rocketmq_storage_disk_free_bytes{messaging_cluster="c",broker="a",broker_id="0"} 239075328
            messaging_broker_disk_size_bytes{messaging_system="rocketmq",messaging_cluster="c",messaging_broker_name="a:0"} 271119810560
            messaging_broker_disk_free_bytes{messaging_system="rocketmq",messaging_cluster="c",messaging_broker_name="a:0"} 239075328
            rocketmq_processor_watermark{messaging_cluster="c",broker="a",broker_id="0",processor="end_transaction"} 2
            rocketmq_processor_queue_capacity{messaging_cluster="c",broker="a",broker_id="0",processor="end_transaction"} 100000
            rocketmq_timer_congested_messages{messaging_cluster="c",broker="a",broker_id="0"} 7
            """);
  }

  @Test
  void hasNoTransientBuffersWhereThereIsNoPool() {
    Broker broker = new Broker("a").figure("remainTransientStoreBufferNumbs", "2147483647");
    assertThat(text(broker, "rocketmq_storage_")).isEmpty();
  }

  @Test
  void rendersOpenTransactionsAndTimedMessages() {
    Broker broker =
        new Broker("a")
            .topic("RMQ_SYS_TRANS_HALF_TOPIC", 12)
            .commit("CID_RMQ_SYS_TRANS", "RMQ_SYS_TRANS_HALF_TOPIC", 0, 9)
            .details(
                new Details(
                    Optional.empty(),
                    Optional.of(Map.of("orders", 5L)),
                    Optional.empty(),
                    Optional.empty()));
    assertThat(text(broker, "rocketmq_t"))
        .isEqualTo(
            """
            rocketmq_topic_number{messaging_cluster="c",broker="a"} 1
            rocketmq_transaction_pending_messages{messaging_cluster="c",broker="a"} 3
            rocketmq_transaction_half_messages_total{messaging_cluster="c",broker="a"} 12
            rocketmq_timing_messages{messaging_cluster="c",broker="a",topic="orders"} 5
            rocketmq_topic_info{messaging_cluster="c",topic="RMQ_SYS_TRANS_HALF_TOPIC",kind="system"} 1
            """);
  }

  @Test
  void rendersWhatTheBrokerHasYetToLookThroughOfWhatWasPopped() {
    Broker broker =
        new Broker("a")
            .topic("rmq_sys_REVIVE_LOG_c", 10, 5)
            .commit("CID_RMQ_SYS_REVIVE_GROUP", "rmq_sys_REVIVE_LOG_c", 0, 4);
    assertThat(text(broker, "rocketmq_broker_pop"))
        .isEqualTo(
            """
            rocketmq_broker_pop_revive_lag_messages{messaging_cluster="c",broker="a"} 11
            """);
  }

  @Test
  void tellsTopicsApart() {
    Broker broker =
        new Broker("a")
            .settings("orders", new TopicSettings(1, 1, 6, "FIFO"))
            .topic("%RETRY%g")
            .topic("%DLQ%g")
            .topic("SCHEDULE_TOPIC_XXXX")
            .topic("TBW102");
    assertThat(text(broker, "rocketmq_topic_info"))
        .isEqualTo(
            """
            rocketmq_topic_info{messaging_cluster="c",topic="%DLQ%g",kind="dead_letter"} 1
            rocketmq_topic_info{messaging_cluster="c",topic="%RETRY%g",kind="retry"} 1
            rocketmq_topic_info{messaging_cluster="c",topic="SCHEDULE_TOPIC_XXXX",kind="delay"} 1
            rocketmq_topic_info{messaging_cluster="c",topic="TBW102",kind="system"} 1
            rocketmq_topic_info{messaging_cluster="c",topic="orders",kind="ordinary",message_type="FIFO"} 1
            """);
  }

  @Test
  void correctsTheOneStoredMessageOfABrokerThatHasStoredNothing() {
    Broker broker =
        new Broker("a").figure("putMessageTimesTotal", "1").figure("putMessageSizeTotal", "0");
    assertThat(text(broker, "rocketmq_storage_stored_messages"))
        .isEqualTo(
            """
            rocketmq_storage_stored_messages_total{messaging_cluster="c",broker="a",broker_id="0"} 0
            """);
  }

  @Test
  void rendersTopics() {
    Broker broker = new Broker("a").topic("orders", 10, 5).offsets("orders", 0, 3, 10);
    assertThat(text(broker, "rocketmq_topic_"))
        .isEqualTo(
            """
            rocketmq_topic_number{messaging_cluster="c",broker="a"} 1
            rocketmq_topic_info{messaging_cluster="c",topic="orders",kind="ordinary"} 1
            rocketmq_topic_read_queues{messaging_cluster="c",topic="orders",broker="a"} 2
            rocketmq_topic_write_queues{messaging_cluster="c",topic="orders",broker="a"} 2
            rocketmq_topic_permission{messaging_cluster="c",topic="orders",broker="a"} 6
            rocketmq_topic_queue_max_offset{messaging_cluster="c",topic="orders",broker="a",queue_id="0"} 10
            rocketmq_topic_queue_max_offset{messaging_cluster="c",topic="orders",broker="a",queue_id="1"} 5
            rocketmq_topic_queue_min_offset{messaging_cluster="c",topic="orders",broker="a",queue_id="0"} 3
            rocketmq_topic_queue_min_offset{messaging_cluster="c",topic="orders",broker="a",queue_id="1"} 0
            """);
  }

  @Test
  void rendersAGroupWithItsFailures() {
    Broker broker =
        new Broker("a")
            .topic("orders", 10, 5)
            .topic("%RETRY%billing", 4)
            .topic("%DLQ%billing", 3)
            .commit("billing", "orders", 0, 6)
            .pull("billing", "orders", 0, 8)
            .commit("billing", "%RETRY%billing", 0, 1)
            .clients("billing", false, "client-1", "client-2");
    assertThat(text(broker, "rocketmq_consumer_"))
        .isEqualTo(
            """
            rocketmq_consumer_group_number{messaging_cluster="c",broker="a"} 1
            rocketmq_consumer_retry_lag_messages{messaging_cluster="c",consumer_group="billing",topic="%RETRY%billing"} 3
            rocketmq_consumer_lag_messages{messaging_cluster="c",consumer_group="billing",topic="orders"} 4
            rocketmq_consumer_inflight_messages{messaging_cluster="c",consumer_group="billing",topic="orders"} 2
            rocketmq_consumer_ready_messages{messaging_cluster="c",consumer_group="billing",topic="orders"} 2
            rocketmq_consumer_queue_committed_offset{messaging_cluster="c",consumer_group="billing",topic="orders",broker="a",queue_id="0"} 6
            rocketmq_consumer_queue_lag_messages{messaging_cluster="c",consumer_group="billing",topic="orders",broker="a",queue_id="0"} 4
            rocketmq_consumer_dead_letter_messages{messaging_cluster="c",consumer_group="billing"} 3
            rocketmq_consumer_retry_messages{messaging_cluster="c",consumer_group="billing",topic="%RETRY%billing"} 4
            rocketmq_consumer_group_committed_topics{messaging_cluster="c",consumer_group="billing"} 1
            rocketmq_consumer_connections{messaging_cluster="c",consumer_group="billing",language="JAVA",version="5.5.0",consume_mode="push"} 2
            rocketmq_consumer_group_subscriptions{messaging_cluster="c",consumer_group="billing"} 1
            rocketmq_consumer_group_broadcasting{messaging_cluster="c",consumer_group="billing"} 0
            rocketmq_consumer_group_consume_enabled{messaging_cluster="c",consumer_group="billing",broker="a"} 1
            """);
  }

  @Test
  void saysOfANewcomerOnlyThatItIsThere() {
    Broker broker = new Broker("a").topic("orders", 10).group("newcomer");
    assertThat(text(broker, "rocketmq_consumer_"))
        .isEqualTo(
            """
            rocketmq_consumer_group_number{messaging_cluster="c",broker="a"} 1
            rocketmq_consumer_group_committed_topics{messaging_cluster="c",consumer_group="newcomer"} 0
            rocketmq_consumer_group_consume_enabled{messaging_cluster="c",consumer_group="newcomer",broker="a"} 1
            """);
  }

  @Test
  void hasNoLagOfABroadcastingGroup() {
    Broker broker =
        new Broker("a").topic("t", 10).commit("g", "t", 0, 1).clients("g", true, "client-1");
    assertThat(text(broker, "rocketmq_consumer_"))
        .doesNotContain("lag", "offset")
        .contains("broadcasting{messaging_cluster=\"c\",consumer_group=\"g\"} 1");
  }

  private static String text(Broker broker, String prefix) {
    return FamilyText.of(RocketMqMetrics.of("c", view(broker)), name -> name.startsWith(prefix));
  }
}
