package io.mqexporter.rocketmq.view;

import static io.mqexporter.rocketmq.Snapshots.snapshot;
import static io.mqexporter.rocketmq.Snapshots.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.messaging.Unread;
import io.mqexporter.rocketmq.Snapshots.Broker;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Details;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.StaticTopic;
import io.mqexporter.rocketmq.snapshot.StaticTopic.Piece;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RocketMqClusterStateTest {

  @Test
  void addsUpTheQueuesOfAllBrokers() {
    ClusterState state =
        state(new Broker("a").topic("orders", 10, 5), new Broker("b").topic("orders", 7));
    assertThat(destination(state, "orders"))
        .isEqualTo(
            new Destination(
                DestinationId.topic("orders"),
                false,
                OptionalLong.of(22),
                OptionalLong.of(22),
                List.of(log("a:0", 0, 10), log("a:1", 0, 5), log("b:0", 0, 7))));
  }

  @Test
  void hasTheLagOfEachQueueThatWasCommitted() {
    ClusterState state =
        state(
            new Broker("a").topic("orders", 10, 5).commit("billing", "orders", 0, 4),
            new Broker("b").topic("orders", 7).commit("billing", "orders", 0, 7));
    Consumption billing = onlyConsumption(state);
    assertThat(billing.lag()).hasValue(6);
    assertThat(billing.acknowledged()).hasValue(11);
    assertThat(billing.logs()).extracting(LogConsumption::log).containsExactly("a:0", "b:0");
  }

  @Test
  void hasNoConsumptionOfAGroupThatNeverCommitted() {
    assertThat(state(new Broker("a").topic("orders", 10).group("newcomer")).consumptions())
        .isEmpty();
  }

  @Test
  void hasNoLagWhereTheCommitIsBeyondTheEnd() {
    ClusterState state = state(new Broker("a").topic("t", 10).commit("g", "t", 0, 12));
    assertThat(onlyConsumption(state).lag()).isEmpty();
    assertThat(onlyConsumption(state).logs()).singleElement().matches(LogConsumption::beyondEnd);
  }

  @Test
  void keepsTheLagWhereMessagesWereDeletedBeforeTheyWereConsumed() {
    ClusterState state =
        state(new Broker("a").topic("t", 10).offsets("t", 0, 5, 10).commit("g", "t", 0, 2));
    assertThat(onlyConsumption(state).lag()).hasValue(8);
    assertThat(onlyConsumption(state).logs()).singleElement().matches(LogConsumption::belowStart);
  }

  @Test
  void tellsRetryAndDeadLetterTopicsApart() {
    ClusterState state =
        state(
            new Broker("a")
                .topic("orders", 10)
                .topic("%RETRY%billing", 4)
                .topic("%DLQ%billing", 3)
                .topic("TBW102", 1)
                .topic("a", 1)
                .topic("cluster", 1)
                .topic("cluster_REPLY_TOPIC", 1)
                .topic("rmq_sys_wheel_timer", 1)
                .commit("billing", "orders", 0, 10)
                .commit("billing", "%RETRY%billing", 0, 1)
                .commit("CID_RMQ_SYS_TRANS", "orders", 0, 1));
    assertThat(state.destinations())
        .extracting(destination -> destination.id().name(), Destination::deadLetter)
        .containsExactly(tuple("%DLQ%billing", true), tuple("orders", false));
    assertThat(onlyConsumption(state).destination().name()).isEqualTo("orders");
  }

  @Test
  void hasNoConsumptionOfABroadcastingGroupWhateverItOnceCommitted() {
    Broker broker =
        new Broker("a")
            .topic("t", 10)
            .commit("online", "t", 0, 1)
            .clients("online", true, "client-1")
            .commit("offline", "t", 0, 1)
            .rememberedAsBroadcasting("offline");
    assertThat(state(broker).consumptions()).isEmpty();
  }

  @Test
  void believesTheClientsOverWhatTheBrokerRemembersOfAGroup() {
    Broker broker =
        new Broker("a")
            .topic("t", 10)
            .commit("g", "t", 0, 1)
            .clients("g", false, "client-1")
            .rememberedAsBroadcasting("g");
    assertThat(onlyConsumption(state(broker)).lag()).hasValue(9);
  }

  @Test
  void countsAClientOfTwoBrokersOnce() {
    ClusterState state =
        state(
            new Broker("a").clients("g", false, "client-1", "client-2"),
            new Broker("b").clients("g", false, "client-2", "client-3"));
    assertThat(state.groupMembers()).isEqualTo(Map.of("g", 3));
  }

  @Test
  void doesNotKnowTheMembersWhileABrokerHasNotBeenAsked() {
    ClusterState state =
        state(new Broker("a").clients("g", false, "c"), new Broker("b").group("g"));
    assertThat(state.groupMembers()).isEmpty();
  }

  @Test
  void leavesOutCommitsForQueuesTopicsAndGroupsThatAreGone() {
    ClusterState state =
        state(
            new Broker("a")
                .topic("t", 10)
                .commit("g", "t", 0, 9)
                .commit("g", "t", 5, 1)
                .commit("g", "deleted", 0, 1));
    assertThat(onlyConsumption(state).lag()).hasValue(1);
  }

  @Test
  void doesNotKnowTheSumWhereAQueueIsNotKnown() {
    ClusterState state =
        state(
            new Broker("a").topic("t", 10).commit("g", "t", 0, 4),
            new Broker("b").topic("t", 10).offsetsNotRead("t").commit("g", "t", 0, 4));
    assertThat(destination(state, "t").messages()).isEmpty();
    assertThat(destination(state, "t").produced()).isEmpty();
    assertThat(onlyConsumption(state).lag()).isEmpty();
    assertThat(onlyConsumption(state).acknowledged()).hasValue(8);
  }

  @Test
  void knowsSinceWhenAMessageWaitsWhereTheBrokerWasAsked() {
    Instant since = Instant.ofEpochSecond(1_795_516_393);
    var details =
        new Details(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(new GroupTopic("g", "t"), Map.of(1, since)),
            Map.of());
    ClusterState state =
        state(
            new Broker("a")
                .topic("t", 10, 5)
                .commit("g", "t", 0, 10)
                .commit("g", "t", 1, 3)
                .details(details));
    assertThat(onlyConsumption(state).logs())
        .extracting(LogConsumption::unread)
        .containsExactly(Unread.UNKNOWN, new Unread.Since(since));
  }

  @Test
  void countsTheMessagesOfAQueueThatIsMadeOfPiecesOnTwoBrokers() {
    // 30 messages on a, then 5 on b, which are numbered from 100 on.
    var pieces = List.of(new Piece("a", 1, 0, 0), new Piece("b", 0, 100, 0));
    Broker a = mapped("a", 1, pieces).offsets("t", 1, 10, 30);
    Broker b = mapped("b", 2, pieces).offsets("t", 0, 0, 5);
    ClusterState state = state(a.commit("g", "t", 1, 28), b);
    assertThat(destination(state, "t").messages()).hasValue(25);
    assertThat(destination(state, "t").produced()).hasValue(35);
    assertThat(onlyConsumption(state).lag()).hasValue(7);
    assertThat(onlyConsumption(state).acknowledged()).hasValue(28);
    ClusterState later = state(a, b.commit("g", "t", 0, 3));
    assertThat(onlyConsumption(later).lag()).hasValue(2);
    assertThat(onlyConsumption(later).acknowledged()).hasValue(33);
    assertThat(view(a, b).queues("t"))
        .singleElement()
        .satisfies(queue -> {
          assertThat(queue.broker()).isEqualTo("__syslo__global__");
          assertThat(queue.offsets()).hasValue(new QueueOffsets(10, 105, OptionalLong.empty()));
        });
  }

  @Test
  void doesNotKnowTheLagOfAQueueOfWhichAPieceIsNotKnown() {
    var pieces = List.of(new Piece("a", 0, 0, 0), new Piece("b", 0, 100, 0));
    ClusterState state =
        state(
            mapped("a", 1, pieces).commit("g", "t", 0, 4),
            mapped("b", 1, pieces).offsets("t", 0, 0, 5));
    assertThat(destination(state, "t").messages()).isEmpty();
    assertThat(onlyConsumption(state).lag()).isEmpty();
  }

  @Test
  void believesTheBrokerThatHasTheLastPiece() {
    var before = List.of(new Piece("a", 0, 0, 0));
    var after = List.of(new Piece("a", 0, 0, 0), new Piece("b", 0, 100, 0));
    Broker a = mapped("a", 1, before).offsets("t", 0, 0, 30);
    Broker b = mapped("b", 2, after).offsets("t", 0, 0, 5);
    assertThat(destination(state(a, b), "t").produced()).hasValue(35);
  }

  /** A broker with the only queue of a static topic. */
  private static Broker mapped(String broker, long epoch, List<Piece> pieces) {
    var mapping = new StaticTopic(epoch, Map.of(0, pieces));
    return new Broker(broker).settings("t", new TopicSettings(2, 2, 6, "", Optional.of(mapping)));
  }

  @Test
  void doesNotKnowSumsOverABrokerThatCannotBeRead() {
    var memory = new BrokerMemory();
    Broker a = new Broker("a").topic("both", 10).topic("mine", 10).commit("g", "both", 0, 4);
    memory.observe(snapshot(a, new Broker("b").topic("both", 5).commit("g", "both", 0, 5)));
    RocketMqSnapshot onlyA = snapshot(a);
    memory.observe(onlyA);
    ClusterState state =
        RocketMqClusterState.of("c", new ClusterView(onlyA, memory.unread(onlyA), List.of()));
    assertThat(destination(state, "both").produced()).isEmpty();
    assertThat(destination(state, "mine").produced()).hasValue(10);
    assertThat(onlyConsumption(state).lag()).isEmpty();
    assertThat(onlyConsumption(state).acknowledged()).isEmpty();
  }

  @Test
  void knowsTheTopicsOfABrokerThatOnlyKeepsItsCommitsToItself() {
    Broker broker = new Broker("a").topic("t", 10).commit("g", "t", 0, 1).commitsNotRead();
    var memory = new BrokerMemory();
    memory.observe(snapshot(broker));
    ClusterState state =
        RocketMqClusterState.of(
            "c", new ClusterView(snapshot(broker), memory.unread(snapshot(broker)), List.of()));
    assertThat(destination(state, "t").produced()).hasValue(10);
    assertThat(state.consumptions()).isEmpty();
  }

  private static ClusterState state(Broker... brokers) {
    return RocketMqClusterState.of("c", view(brokers));
  }

  private static Destination destination(ClusterState state, String topic) {
    return state.destinations().stream()
        .filter(destination -> destination.id().name().equals(topic))
        .findFirst()
        .orElseThrow();
  }

  private static Consumption onlyConsumption(ClusterState state) {
    assertThat(state.consumptions()).hasSize(1);
    return state.consumptions().getFirst();
  }

  private static LogState log(String name, long start, long end) {
    return new LogState(name, OptionalLong.of(start), OptionalLong.of(end));
  }
}
