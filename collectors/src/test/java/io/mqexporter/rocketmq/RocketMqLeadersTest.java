package io.mqexporter.rocketmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Leaders;
import io.mqexporter.collector.Subject;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RocketMqLeadersTest {

  private static final Leaders LEADERS =
      RocketMqLeaders.of(
          new RocketMqSnapshot(
              Snapshots.AT,
              new Registry(List.of(), Map.of()),
              List.of(
                  process("a", 2, true),
                  process("a", 1, true),
                  process("c", 0, true),
                  process("b", 0, true),
                  process("a", 0, false)),
              List.of()));

  @Test
  void mastersThatRunGoBeforeSlaves() {
    assertThat(LEADERS.running()).containsExactly("b:0", "c:0", "a:1", "a:2");
  }

  @Test
  void whatNamesABrokerIsItsOwn() {
    assertThat(leader("a", "1")).isEqualTo("a:1");
    assertThat(leader("a:1", "")).isEqualTo("a:1");
    assertThat(leader("b", "0")).isEqualTo("b:0");
  }

  @Test
  void whatHasItsNameAloneIsTheMasters() {
    assertThat(leader("b", "")).isEqualTo("b:0");
    assertThat(leader("a", "")).isEqualTo("a:0");
  }

  @Test
  void whatIsOfAllBrokersIsNobodys() {
    assertThat(LEADERS.leader().apply(new Subject("", "", "billing", "", "orders", ""))).isEmpty();
  }

  private static String leader(String broker, String id) {
    return LEADERS.leader().apply(new Subject(broker, id, "billing", "", "orders", ""));
  }

  private static BrokerProcess process(String broker, long id, boolean up) {
    return new BrokerProcess(broker, id, "cluster", "10.0.0.1:10911", up, Optional.empty());
  }
}
