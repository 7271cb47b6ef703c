package io.mqexporter.rocketmq;

import static io.mqexporter.rocketmq.Snapshots.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.metric.FamilyText;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rocketmq.Snapshots.Broker;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.ConnectedSlave;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Details;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.NameServer;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Registry;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Replication;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterMetricsTest {

  private static final Broker MASTER = new Broker("a").figure("commitLogMaxOffset", "100");

  @Test
  void showsWhereNameServersDoNotAgree() {
    var registry =
        new Registry(
            List.of(
                new NameServer("n1:9876", Optional.of(Map.of("a", "10.0.0.1:10911"))),
                new NameServer("n2:9876", Optional.of(Map.of("a", "10.9.9.9:10911", "b", "x:1"))),
                new NameServer("n3:9876", Optional.empty())),
            Map.of("a", 6));
    assertThat(text(registry, Details.UNKNOWN))
        .isEqualTo(
            """
            rocketmq_name_server_up{messaging_cluster="c",name_server="n1:9876"} 1
            rocketmq_name_server_up{messaging_cluster="c",name_server="n2:9876"} 1
            rocketmq_name_server_up{messaging_cluster="c",name_server="n3:9876"} 0
            rocketmq_name_server_brokers{messaging_cluster="c",name_server="n1:9876"} 1
            rocketmq_name_server_brokers{messaging_cluster="c",name_server="n2:9876"} 2
            rocketmq_name_server_unknown_brokers{messaging_cluster="c",name_server="n1:9876"} 0
            rocketmq_name_server_unknown_brokers{messaging_cluster="c",name_server="n2:9876"} 1
            rocketmq_broker_permission{messaging_cluster="c",broker="a"} 6
            """);
  }

  @Test
  void takesReplicationFromTheMaster() {
    assertThat(
            text(connected(new ConnectedSlave("10.0.0.2", 30, true)), slave(1, "10.0.0.2", "90")))
        .isEqualTo(
            """
            rocketmq_broker_slaves_connected{messaging_cluster="c",broker="a"} 1
            rocketmq_broker_slaves_in_sync{messaging_cluster="c",broker="a"} 1
            rocketmq_broker_replication_lag_bytes{messaging_cluster="c",broker="a",broker_id="1"} 30
            rocketmq_broker_replication_in_sync{messaging_cluster="c",broker="a",broker_id="1"} 1
            """);
  }

  @Test
  void tellsSlavesApartByTheirHosts() {
    assertThat(
            text(
                connected(
                    new ConnectedSlave("10.0.0.3", 30, false),
                    new ConnectedSlave("10.0.0.2", 7, true)),
                slave(1, "10.0.0.2", "90"),
                slave(2, "10.0.0.3", "60")))
        .contains(
            """
            rocketmq_broker_replication_lag_bytes{messaging_cluster="c",broker="a",broker_id="1"} 7
            rocketmq_broker_replication_lag_bytes{messaging_cluster="c",broker="a",broker_id="2"} 30
            rocketmq_broker_replication_in_sync{messaging_cluster="c",broker="a",broker_id="1"} 1
            rocketmq_broker_replication_in_sync{messaging_cluster="c",broker="a",broker_id="2"} 0
            """);
  }

  @Test
  void comparesTheLogsWhereTheMasterDoesNotTell() {
    assertThat(text(Details.UNKNOWN, slave(1, "10.0.0.2", "90"), slave(2, "10.0.0.3", "103")))
        .isEqualTo(
            """
            rocketmq_broker_replication_lag_bytes{messaging_cluster="c",broker="a",broker_id="1"} 10
            rocketmq_broker_replication_lag_bytes{messaging_cluster="c",broker="a",broker_id="2"} 0
            """);
  }

  @Test
  void saysThatNoSlaveIsInSyncWhereNoneIsConnected() {
    assertThat(text(connected(), slave(1, "10.0.0.2", "90")))
        .isEqualTo(
            """
            rocketmq_broker_slaves_connected{messaging_cluster="c",broker="a"} 0
            rocketmq_broker_slaves_in_sync{messaging_cluster="c",broker="a"} 0
            rocketmq_broker_replication_lag_bytes{messaging_cluster="c",broker="a",broker_id="1"} 10
            rocketmq_broker_replication_in_sync{messaging_cluster="c",broker="a",broker_id="1"} 0
            """);
  }

  private static Details connected(ConnectedSlave... slaves) {
    int inSync = (int) List.of(slaves).stream().filter(ConnectedSlave::inSync).count();
    return new Details(
        Optional.of(new Replication(inSync, List.of(slaves))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static BrokerProcess slave(long id, String host, String end) {
    var figures = new RuntimeFigures(Map.of("commitLogMaxOffset", end));
    return new BrokerProcess("a", id, "cluster", host + ":10911", true, Optional.of(figures));
  }

  private static String text(Details details, BrokerProcess... slaves) {
    return text(new Registry(List.of(), Map.of()), details, slaves);
  }

  private static String text(Registry registry, Details details, BrokerProcess... slaves) {
    var processes = new ArrayList<BrokerProcess>();
    processes.add(MASTER.process());
    processes.addAll(List.of(slaves));
    var snapshot =
        new RocketMqSnapshot(
            AT, registry, processes, List.of(new Broker("a").details(details).contents()));
    var families = new MetricFamilies();
    var metrics = new ClusterMetrics("c", families, snapshot);
    metrics.addNameServers();
    metrics.addReplication();
    return FamilyText.of(families.toList());
  }
}
