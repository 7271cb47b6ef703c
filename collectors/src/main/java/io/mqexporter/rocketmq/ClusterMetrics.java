package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.ConnectedSlave;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Details;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.NameServer;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Replication;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.rocketmq.common.MixAll;

/** Renders how servers stand to each other: name servers to brokers, and slaves to masters. */
record ClusterMetrics(String cluster, MetricFamilies families, RocketMqSnapshot snapshot) {

  /** Adds what the name servers know. */
  void addNameServers() {
    for (NameServer server : snapshot.registry().nameServers()) {
      families.add(
          RocketMqBrokerMetric.NAME_SERVER_UP,
          server.registered().isPresent() ? 1 : 0,
          cluster,
          server.address());
      server
          .registered()
          .ifPresent(registered -> {
            families.add(
                RocketMqBrokerMetric.NAME_SERVER_BROKERS,
                registered.size(),
                cluster,
                server.address());
            families.add(
                RocketMqBrokerMetric.NAME_SERVER_UNKNOWN,
                snapshot.processes().stream()
                    .filter(process -> !process.address().equals(registered.get(process.name())))
                    .count(),
                cluster,
                server.address());
          });
    }
    new TreeMap<>(snapshot.registry().permissions())
        .forEach((broker, permission) ->
            families.add(
                RocketMqBrokerMetric.BROKER_PERMISSION, (long) permission, cluster, broker));
  }

  /** Adds the controllers that were asked. */
  void addControllers() {
    new TreeMap<>(snapshot.registry().leaders())
        .forEach((address, leads) -> {
          families.add(
              RocketMqBrokerMetric.CONTROLLER_UP, leads.isPresent() ? 1 : 0, cluster, address);
          leads.ifPresent(leader ->
              families.add(
                  RocketMqBrokerMetric.CONTROLLER_LEADER, leader ? 1 : 0, cluster, address));
        });
  }

  /** Adds how far slaves are, by the masters that have any. */
  void addReplication() {
    for (BrokerContents contents : snapshot.contents()) {
      String broker = contents.broker();
      Optional<Replication> told = Optional.of(contents.details()).flatMap(Details::replication);
      told.ifPresent(replication -> {
        families.add(
            RocketMqBrokerMetric.SLAVES_CONNECTED, replication.slaves().size(), cluster, broker);
        families.add(RocketMqBrokerMetric.SLAVES_IN_SYNC, replication.inSync(), cluster, broker);
      });
      List<BrokerProcess> slaves =
          snapshot.processes().stream()
              .filter(process -> process.broker().equals(broker))
              .filter(process -> process.id() != MixAll.MASTER_ID)
              .toList();
      for (BrokerProcess slave : slaves) {
        String id = Long.toString(slave.id());
        Optional<ConnectedSlave> connected =
            told.flatMap(replication -> connected(replication, slave, slaves));
        families.add(
            RocketMqBrokerMetric.REPLICATION_LAG,
            connected.isPresent()
                ? OptionalLong.of(connected.get().behindBytes())
                : difference(slave),
            cluster,
            broker,
            id);
        connected.ifPresent(one ->
            families.add(
                RocketMqBrokerMetric.REPLICATION_IN_SYNC,
                one.inSync() ? 1 : 0,
                cluster,
                broker,
                id));
        if (told.isPresent() && told.get().slaves().isEmpty()) {
          families.add(RocketMqBrokerMetric.REPLICATION_IN_SYNC, 0, cluster, broker, id);
        }
      }
    }
  }

  /** The master tells hosts, not names: which slave is meant is known where only one is there. */
  private static Optional<ConnectedSlave> connected(
      Replication replication, BrokerProcess slave, List<BrokerProcess> slaves) {
    if (slaves.size() == 1 && replication.slaves().size() == 1) {
      return Optional.of(replication.slaves().getFirst());
    }
    String host = host(slave);
    List<ConnectedSlave> there =
        replication.slaves().stream().filter(one -> one.host().equals(host)).toList();
    boolean alone = slaves.stream().filter(other -> host(other).equals(host)).count() == 1;
    return alone && there.size() == 1 ? Optional.of(there.getFirst()) : Optional.empty();
  }

  /**
   * Returns the difference of the logs. The two were not read at the same time: a slave that is
   * further than its master was has all that the master had then.
   */
  private OptionalLong difference(BrokerProcess slave) {
    OptionalLong theirs = logEnd(slave.figures());
    OptionalLong masters =
        snapshot.processes().stream()
            .filter(process -> process.broker().equals(slave.broker()))
            .filter(process -> process.id() == MixAll.MASTER_ID)
            .findFirst()
            .map(master -> logEnd(master.figures()))
            .orElse(OptionalLong.empty());
    return theirs.isPresent() && masters.isPresent()
        ? OptionalLong.of(Math.max(0, masters.getAsLong() - theirs.getAsLong()))
        : OptionalLong.empty();
  }

  private static OptionalLong logEnd(Optional<RuntimeFigures> figures) {
    return figures.map(told -> told.count("commitLogMaxOffset")).orElse(OptionalLong.empty());
  }

  private static String host(BrokerProcess process) {
    return process.address().substring(0, Math.max(0, process.address().lastIndexOf(':')));
  }
}
