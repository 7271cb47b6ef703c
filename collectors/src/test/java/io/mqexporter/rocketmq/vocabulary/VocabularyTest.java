package io.mqexporter.rocketmq.vocabulary;

import static io.mqexporter.rocketmq.Snapshots.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.metric.FamilyText;
import io.mqexporter.rocketmq.Snapshots;
import io.mqexporter.rocketmq.Snapshots.Broker;
import io.mqexporter.rocketmq.snapshot.BrokerStatistic;
import io.mqexporter.rocketmq.snapshot.BrokerStatistic.Kind;
import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Details;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Registry;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import io.mqexporter.rocketmq.view.ClusterView;
import io.mqexporter.rocketmq.view.RocketMqClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  private static final Details PRODUCERS =
      new Details(
          Optional.empty(),
          Optional.of(Map.of("orders", 2L)),
          Optional.of(Map.of("shop", Map.of("p-1", new Client("JAVA", "5.5.0", "10.0.0.9:1")))),
          Optional.empty());

  private final ClusterMemory memory = new ClusterMemory(Duration.ofMinutes(5));
  private final Rates rates = new Rates();

  @Test
  void rocketMqExporterHasItsOwnNamesAndLabels() {
    Broker broker =
        new Broker("a")
            .topic("orders", 10, 5)
            .topic("%RETRY%billing", 4)
            .topic("%DLQ%billing", 3)
            .commit("billing", "orders", 0, 6)
            .commit("billing", "%RETRY%billing", 0, 1)
            .clients("billing", false, "client-1", "client-2")
            .details(PRODUCERS);
    assertThat(text(Vocabulary.ROCKETMQ_EXPORTER, AT, broker))
        .isEqualTo(
            """
            rocketmq_topic_dlq_offset{messaging_cluster="c",cluster="cluster",broker="a",group="billing"} 3
            rocketmq_topic_retry_offset{messaging_cluster="c",cluster="cluster",broker="a",topic="%RETRY%billing"} 4
            rocketmq_producer_offset{messaging_cluster="c",cluster="cluster",broker="a",topic="orders"} 15
            rocketmq_producer_count{messaging_cluster="c",cluster="cluster",broker="a",group="shop"} 1
            rocketmq_group_retrydiff{messaging_cluster="c",group="billing",topic="%RETRY%billing",countOfOnlineConsumers="2",msgModel="1"} 3
            rocketmq_consumer_offset{messaging_cluster="c",cluster="cluster",broker="a",topic="%RETRY%billing",group="billing"} 1
            rocketmq_consumer_offset{messaging_cluster="c",cluster="cluster",broker="a",topic="orders",group="billing"} 6
            rocketmq_group_consume_total_offset{messaging_cluster="c",cluster="cluster",broker="a",topic="%RETRY%billing",group="billing"} 1
            rocketmq_group_consume_total_offset{messaging_cluster="c",cluster="cluster",broker="a",topic="orders",group="billing"} 6
            rocketmq_group_diff{messaging_cluster="c",group="billing",topic="orders",countOfOnlineConsumers="2",msgModel="1"} 4
            rocketmq_group_dlqdiff{messaging_cluster="c",group="billing",topic="%DLQ%billing",countOfOnlineConsumers="2",msgModel="1"} 3
            rocketmq_group_count{messaging_cluster="c",caddr="client-1:4711,client-2:4711",localaddr="client-1,client-2",group="billing"} 2
            """);
  }

  @Test
  void rocketMqExporterHasNoLagOfGroupsThatHaveNone() {
    Broker broker =
        new Broker("a")
            .topic("orders", 10)
            .group("newcomer")
            .commit("everybody", "orders", 0, 1)
            .clients("everybody", true, "client-1");
    assertThat(text(Vocabulary.ROCKETMQ_EXPORTER, AT, broker)).doesNotContain("diff", "consumer_");
  }

  @Test
  void rocketMqExporterHasRatesFromTheSecondCollectionOn() {
    Broker before = new Broker("a").figure("msgPutTotalTodayNow", "100").topic("orders", 10);
    Broker after = new Broker("a").figure("msgPutTotalTodayNow", "160").topic("orders", 70);
    assertThat(text(Vocabulary.ROCKETMQ_EXPORTER, AT, before)).doesNotContain("tps");
    assertThat(
            text(Vocabulary.ROCKETMQ_EXPORTER, AT.plusSeconds(30), after)
                .lines()
                .filter(line -> line.contains("_tps")))
        .containsExactly(
            "rocketmq_broker_tps{messaging_cluster=\"c\",cluster=\"cluster\",brokerIP=\"10.0.0.1:10911\",broker=\"a\"} 2",
            "rocketmq_producer_tps{messaging_cluster=\"c\",cluster=\"cluster\",broker=\"a\",topic=\"orders\"} 2");
    Broker restarted = new Broker("a").figure("msgPutTotalTodayNow", "120").topic("orders", 190);
    assertThat(text(Vocabulary.ROCKETMQ_EXPORTER, AT.plusSeconds(60), restarted))
        .doesNotContain("rocketmq_broker_tps{")
        .contains("broker=\"a\",topic=\"orders\"} 3\n");
  }

  @Test
  void rocketMqExporterReadsFiguresAsTheyAreMeant() {
    Broker broker =
        new Broker("a")
            .figure("brokerVersionDesc", "V5_5_0")
            .figure("bootTimestamp", "7")
            .figure("brokerVersion", "507")
            .figure("remainHowManyDataToFlush", "1.5 KiB")
            .figure("commitLogDirCapacity", "Total : 2 GiB, Free : 1 GiB.")
            .figure("putTps", "1.0 2.0 3.5")
            .figure("getTransferredTps", "4.0 5.0 6.0")
            .figure("putLatency99", "-1")
            .figure("putMessageDistributeTime", "[<=0ms]:12 [0~10ms]:3 [10s~]:1 ");
    String labels =
        "{messaging_cluster=\"c\",cluster=\"cluster\",brokerIP=\"10.0.0.1:10911\",des=\"V5_5_0\",boottime=\"7\",broker_version=\"507\"}";
    assertThat(text(Vocabulary.ROCKETMQ_EXPORTER, AT, broker))
        .isEqualTo(
            """
            rocketmq_brokeruntime_remain_howmanydata_toflush%1$s 1536
            rocketmq_brokeruntime_commitlogdir_capacity_total%1$s 2147483648
            rocketmq_brokeruntime_commitlogdir_capacity_free%1$s 1073741824
            rocketmq_brokeruntime_put_tps10%1$s 1
            rocketmq_brokeruntime_put_tps60%1$s 2
            rocketmq_brokeruntime_put_tps600%1$s 3.5
            rocketmq_brokeruntime_gettransfered_tps10%1$s 4
            rocketmq_brokeruntime_gettransfered_tps60%1$s 5
            rocketmq_brokeruntime_gettransfered_tps600%1$s 6
            rocketmq_brokeruntime_pmdt_0ms%1$s 12
            rocketmq_brokeruntime_pmdt_0to10ms%1$s 3
            rocketmq_brokeruntime_pmdt_10stomore%1$s 1
            """
                .formatted(labels));
  }

  @Test
  void rocketMqExporterHasTheDifferenceOfASlave() {
    Broker master = new Broker("a").figure("commitLogMaxOffset", "100");
    var slave =
        new BrokerProcess(
            "a",
            1,
            "cluster",
            "10.0.0.2:10911",
            true,
            Optional.of(new RuntimeFigures(Map.of("commitLogMaxOffset", "70"))));
    var snapshot =
        new RocketMqSnapshot(
            AT,
            new Registry(List.of(), Map.of()),
            List.of(master.process(), slave),
            List.of(master.contents()));
    assertThat(text(Vocabulary.ROCKETMQ_EXPORTER, snapshot))
        .contains(
            "rocketmq_broker_commitlog_diff{messaging_cluster=\"c\",cluster=\"cluster\",brokerIP=\"10.0.0.2:10911\",broker=\"a\"} 30\n");
  }

  @Test
  void rocketMqExporterHasWhatConsumersTellOfThemselves() {
    Broker broker = new Broker("a").group("billing");
    var told =
        new ClientStatistics(
            new Client("JAVA", "5.5.0", "10.0.0.7:4711"),
            Map.of("orders", new ClientStatistics.OfTopic(1.5, 2, 3.5, 4, 5, 6)),
            Map.of("orders", "red"));
    RocketMqSnapshot read = Snapshots.snapshot(broker);
    var snapshot =
        new RocketMqSnapshot(
            AT,
            read.registry(),
            read.processes(),
            read.contents(),
            Map.of("billing", Map.of("client-1", told)));
    String labels =
        "{messaging_cluster=\"c\",clientAddr=\"10.0.0.7:4711\",clientId=\"client-1\",group=\"billing\",topic=\"orders\"}";
    assertThat(text(Vocabulary.ROCKETMQ_EXPORTER, snapshot))
        .isEqualTo(
            """
            rocketmq_client_consume_fail_msg_count%1$s 6
            rocketmq_client_consume_fail_msg_tps%1$s 5
            rocketmq_client_consume_ok_msg_tps%1$s 4
            rocketmq_client_consume_rt%1$s 3.5
            rocketmq_client_consumer_pull_rt%1$s 1.5
            rocketmq_client_consumer_pull_tps%1$s 2
            """
                .formatted(labels));
  }

  @Test
  void rocketMqItselfHasItsOwnNamesAndLabelsBothWithAndWithoutUnits() {
    Broker broker =
        new Broker("a")
            .figure("sendThreadPoolQueueSize", "3")
            .figure("dispatchBehindBytes", "5")
            .figure("timerReadBehind", "2")
            .figure("earliestMessageTimeStamp", Long.toString(AT.minusSeconds(90).toEpochMilli()))
            .topic("orders", 10, 5)
            .commit("billing", "orders", 0, 6)
            .pull("billing", "orders", 0, 8)
            .clients("billing", false, "client-1")
            .details(PRODUCERS);
    text(Vocabulary.ROCKETMQ_NATIVE, AT.minusSeconds(60), new Broker("a").topic("orders", 6, 5));
    assertThat(text(Vocabulary.ROCKETMQ_NATIVE, AT, broker))
        .isEqualTo(
            """
            rocketmq_processor_watermark{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",processor="send"} 3
            rocketmq_storage_dispatch_behind_bytes{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",storage_type="local",storage_medium="disk"} 5
            rocketmq_storage_message_reserve_time_milliseconds{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",storage_type="local",storage_medium="disk"} 90000
            rocketmq_storage_message_reserve_time{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",storage_type="local",storage_medium="disk"} 90000
            rocketmq_timer_dequeue_latency_milliseconds{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",storage_type="local",storage_medium="disk"} 2000
            rocketmq_timer_dequeue_latency{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",storage_type="local",storage_medium="disk"} 2000
            rocketmq_topic_number{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a"} 1
            rocketmq_messages_in_total{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",topic="orders",message_type="unspecified",is_system="false"} 15
            rocketmq_consumer_group_number{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a"} 1
            rocketmq_producer_connections{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",language="java",version="v5_5_0",protocol_type="remoting"} 1
            rocketmq_consumer_connections{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",consumer_group="billing",language="java",version="v5_5_0",consume_mode="push",protocol_type="remoting",is_system="false"} 1
            rocketmq_timing_messages{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",storage_type="local",storage_medium="disk",topic="orders"} 2
            rocketmq_consumer_lag_messages{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",consumer_group="billing",topic="orders",is_retry="false",is_system="false"} 4
            rocketmq_consumer_lag_latency_milliseconds{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",consumer_group="billing",topic="orders",is_retry="false",is_system="false"} 52500
            rocketmq_consumer_lag_latency{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",consumer_group="billing",topic="orders",is_retry="false",is_system="false"} 52500
            rocketmq_consumer_inflight_messages{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",consumer_group="billing",topic="orders",is_retry="false",is_system="false"} 2
            rocketmq_consumer_ready_messages{messaging_cluster="c",cluster="cluster",node_type="broker",node_id="a",consumer_group="billing",topic="orders",is_retry="false",is_system="false"} 2
            """);
  }

  @Test
  void whatABrokerCountsStandsUnderThatExportersNames() {
    Broker broker =
        new Broker("a")
            .details(
                new Details(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Map.of(
                        new BrokerStatistic(Kind.TOPIC_PUT_SIZE, "orders", ""), 10.5,
                        new BrokerStatistic(Kind.GROUP_GET_SIZE, "orders", "billing"), 4.0,
                        new BrokerStatistic(Kind.SNDBCK_PUT_NUMS, "orders", "billing"), 0.0)));
    assertThat(text(Vocabulary.ROCKETMQ_EXPORTER, AT, broker))
        .isEqualTo(
            """
            rocketmq_producer_message_size{messaging_cluster="c",cluster="cluster",broker="a",topic="orders"} 10.5
            rocketmq_consumer_message_size{messaging_cluster="c",cluster="cluster",broker="a",topic="orders",group="billing"} 4
            rocketmq_send_back_nums{messaging_cluster="c",cluster="cluster",broker="a",topic="orders",group="billing"} 0
            """);
  }

  @Test
  void noFamilyOfOneVocabularyIsThereTwice() {
    var names = new ArrayList<String>();
    for (var metric : RocketMqExporterMetric.values()) {
      names.add(metric.metricName());
    }
    for (var metric : RocketMqExporterRuntimeMetric.values()) {
      names.add(metric.metricName());
    }
    assertThat(names).as("all names of that exporter").doesNotHaveDuplicates().hasSize(89);
  }

  private String text(Vocabulary vocabulary, Instant at, Broker broker) {
    RocketMqSnapshot read = Snapshots.snapshot(broker);
    return text(
        vocabulary, new RocketMqSnapshot(at, read.registry(), read.processes(), read.contents()));
  }

  private String text(Vocabulary vocabulary, RocketMqSnapshot snapshot) {
    var view = new ClusterView(snapshot, List.of(), List.of());
    memory.observe(RocketMqClusterState.of("c", view));
    return FamilyText.of(vocabulary.families(new Reading("c", view, memory, rates)));
  }
}
