package io.mqexporter.rocketmq.view;

import static io.mqexporter.rocketmq.Snapshots.AT;
import static io.mqexporter.rocketmq.Snapshots.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.rocketmq.Snapshots.Broker;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerMemoryTest {

  private static final Broker A = new Broker("a").topic("t", 1).commit("g", "t", 0, 1);

  private final BrokerMemory memory = new BrokerMemory();

  @Test
  void missesNothingWhileEveryBrokerCanBeRead() {
    memory.observe(snapshot(A));
    assertThat(memory.unread(snapshot(A))).isEmpty();
  }

  @Test
  void knowsWhatABrokerHeldThatIsGone() {
    memory.observe(snapshot(A, new Broker("b").topic("u", 1).commit("h", "u", 0, 1)));
    memory.observe(snapshot(A));
    assertThat(memory.unread(snapshot(A)))
        .singleElement()
        .satisfies(share -> {
          assertThat(share.broker()).isEqualTo("b");
          assertThat(share.mayHold("u")).isTrue();
          assertThat(share.mayHold("t")).isFalse();
          assertThat(share.mayHold(new GroupTopic("h", "u"))).isTrue();
          assertThat(share.mayHold(new GroupTopic("g", "t"))).isFalse();
        });
  }

  @Test
  void takesABrokerThatWasNeverReadToHoldAPartOfAnything() {
    RocketMqSnapshot unread =
        new RocketMqSnapshot(
            AT,
            snapshot(A).registry(),
            List.of(A.process(), new Broker("b").process()),
            List.of(A.contents()));
    memory.observe(unread);
    assertThat(memory.unread(unread))
        .singleElement()
        .matches(share -> share.mayHold("t"))
        .matches(share -> share.mayHold(new GroupTopic("g", "t")));
  }

  @Test
  void forgetsABrokerAnHourAfterItHasGone() {
    memory.observe(snapshot(A, new Broker("b")));
    RocketMqSnapshot later = at(snapshot(A), Duration.ofMinutes(59));
    memory.observe(later);
    assertThat(memory.unread(later)).extracting(UnreadShare::broker).containsExactly("b");
    RocketMqSnapshot evenLater = at(snapshot(A), Duration.ofMinutes(61));
    memory.observe(evenLater);
    assertThat(memory.unread(evenLater)).isEmpty();
  }

  @Test
  void knowsForAnHourWhichProcessesAreGone() {
    memory.observe(snapshot(A, new Broker("b")));
    RocketMqSnapshot later = at(snapshot(A), Duration.ofMinutes(1));
    memory.observe(later);
    assertThat(memory.gone(later)).extracting(BrokerProcess::name).containsExactly("b");
    assertThat(memory.gone(later)).noneMatch(BrokerProcess::up);
    RocketMqSnapshot evenLater = at(snapshot(A), Duration.ofMinutes(61));
    memory.observe(evenLater);
    assertThat(memory.gone(evenLater)).isEmpty();
  }

  private static RocketMqSnapshot at(RocketMqSnapshot snapshot, Duration after) {
    return new RocketMqSnapshot(
        AT.plus(after), snapshot.registry(), snapshot.processes(), snapshot.contents());
  }
}
