package io.mqexporter.rocketmq;

import io.mqexporter.collector.Leaders;
import io.mqexporter.collector.Subject;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import java.util.Comparator;
import java.util.List;
import org.apache.rocketmq.common.MixAll;

/**
 * Tells which broker leads what: each what names it, where only its name is told the master. What
 * is summed up over brokers is led by none.
 */
final class RocketMqLeaders {

  private static final Comparator<BrokerProcess> MASTERS_FIRST =
      Comparator.comparing((BrokerProcess process) -> process.id() != MixAll.MASTER_ID)
          .thenComparing(BrokerProcess::broker)
          .thenComparingLong(BrokerProcess::id);

  private RocketMqLeaders() {}

  /**
   * Returns what is led in a cluster; brokers are called {@code name:id}, masters before slaves.
   */
  static Leaders of(RocketMqSnapshot snapshot) {
    List<String> running =
        snapshot.processes().stream()
            .filter(BrokerProcess::up)
            .sorted(MASTERS_FIRST)
            .map(process -> name(process.broker(), Long.toString(process.id())))
            .toList();
    return new Leaders(running, subject -> leader(subject, running));
  }

  private static String leader(Subject subject, List<String> running) {
    if (subject.broker().isEmpty() || running.contains(subject.broker())) {
      return subject.broker();
    }
    return name(
        subject.broker(),
        subject.brokerId().isEmpty() ? Long.toString(MixAll.MASTER_ID) : subject.brokerId());
  }

  private static String name(String broker, String id) {
    return broker + ":" + id;
  }
}
