package io.mqexporter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterMemoryTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final DestinationId ORDERS = DestinationId.topic("orders");

  private final ClusterMemory memory = new ClusterMemory(Duration.ofSeconds(100));
  private Instant now = START;
  private ClusterState newest = without(0);

  @Test
  void theTimeLagIsTheAgeOfTheOldestMessageNotYetConsumed() {
    observe(0, 100, 100);
    observe(10, 100, 200);
    observe(20, 100, 200);
    assertThat(lagSeconds()).hasValue(19.95);
  }

  @Test
  void aClockThatIsSetChangesNoAge() {
    for (long jump : new long[] {3_600, -3_600}) {
      observe(0, 100, 100);
      observe(10, 100, 200);
      memory.shift(Duration.ofSeconds(jump));
      observe(jump + 20, 100, 200);
      assertThat(lagSeconds()).hasValue(19.95);
      memory.shift(Duration.ofSeconds(-jump));
    }
  }

  @Test
  void theTimeLagIsZeroWhenNothingWaits() {
    observe(0, 100, 100);
    assertThat(lagSeconds()).hasValue(0);
  }

  @Test
  void theTimeLagIsNotKnownOfAMessageOlderThanTheMemory() {
    observe(0, 50, 100);
    observe(10, 50, 200);
    assertThat(lagSeconds()).isEmpty();
  }

  @Test
  void theTimeLagIsThatOfTheLogThatIsFurthestBehind() {
    observe(state(0, log("0", 10, 10), log("1", 10, 10)));
    observe(state(10, log("0", 10, 20), log("1", 20, 20)));
    ClusterState last = state(20, log("0", 15, 20), log("1", 20, 30));
    observe(last);
    assertThat(lagSeconds(last).getAsDouble()).isBetween(14.0, 15.0);
  }

  @Test
  void theTimeLagIsNotKnownIfThatOfOneLogIsNot() {
    ClusterState state = state(0, log("0", 10, 10), log("1", 5, 10));
    observe(state);
    assertThat(lagSeconds(state)).isEmpty();
  }

  @Test
  void theTimeLagBeginsWithTheOldestMessageThatIsStillThere() {
    observe(state(0, log("0", 0, 0, 0)));
    observe(state(10, log("0", 0, 0, 100)));
    observe(state(20, log("0", 0, 100, 200)));
    assertThat(lagSeconds(state(20, log("0", 0, 100, 200)))).hasValue(9.95);
  }

  @Test
  void theTimeLagIsZeroWhenAllThatWaitedWasDeleted() {
    observe(state(0, log("0", 0, 0, 0)));
    observe(state(10, log("0", 0, 100, 100)));
    assertThat(lagSeconds(state(10, log("0", 0, 100, 100)))).hasValue(0);
  }

  @Test
  void theTimeLagIsTakenFromTheOldestMessageWhereThatWasLookedAt() {
    ClusterState state = unread(20, new Unread.Since(START.minusSeconds(100)));
    observe(state);
    assertThat(lagSeconds(state)).hasValue(120);
    assertThat(memory.lagAge(state.consumptions().getFirst(), now).orElseThrow().source())
        .isEqualTo(LagAge.Source.RECORD);
  }

  @Test
  void aMessageThatBearsATimeAheadHasTheAgeZero() {
    ClusterState state = unread(20, new Unread.Since(START.plusSeconds(100)));
    observe(state);
    assertThat(lagSeconds(state)).hasValue(0);
  }

  @Test
  void whenNothingIsLeftToReadTheTimeLagIsZeroAndTheStatusOkWhateverTheLagIs() {
    for (int i = 0; i <= 10; i++) {
      observe(unread(i * 10L, Unread.NOTHING));
    }
    assertThat(lagSeconds()).hasValue(0);
    assertThat(status()).isEqualTo(ConsumerStatus.OK);
    assertThat(drainSeconds()).hasValue(0);
    assertThat(newest.consumptions().getFirst().lag()).hasValue(50);
  }

  @Test
  void whatIsDrainedAtTheSpeedOfTheWindowTakesAsLongAsItTakes() {
    observe(0, 0, 100);
    assertThat(drainSeconds()).isEmpty();
    observe(10, 20, 100);
    observe(20, 40, 100);
    assertThat(drainSeconds()).hasValue(30);
  }

  @Test
  void aLagThatDoesNotShrinkIsNeverDrained() {
    observe(0, 0, 100);
    observe(10, 20, 120);
    assertThat(drainSeconds()).hasValue(Double.POSITIVE_INFINITY);
  }

  @Test
  void messagesThatRetentionOvertookAreCountedOnce() {
    observe(state(0, log("0", 10, 0, 100)));
    assertThat(lost()).hasValue(0);
    observe(state(10, log("0", 10, 30, 100)));
    observe(state(20, log("0", 10, 50, 100)));
    assertThat(lost()).hasValue(40);
    observe(state(30, log("0", 50, 50, 100)));
    observe(state(40, log("0", 20, 50, 100)));
    assertThat(lost()).hasValue(40);
  }

  @Test
  void aGroupThatRetentionOvertookIsLostUntilNothingIsLeftToRead() {
    observe(state(0, log("0", 10, 30, 100)));
    assertThat(status()).isEqualTo(ConsumerStatus.LOST);
    observe(
        with(
            state(10, log("0", 10, 100, 100)),
            log -> log.withUnread(Unread.NOTHING),
            UnaryOperator.identity()));
    assertThat(status()).isEqualTo(ConsumerStatus.OK);
  }

  @Test
  void anotherTopicUnderTheSameNameBeginsAnew() {
    for (int i = 0; i <= 10; i++) {
      observe(incarnation(state(i * 10L, log("0", 50, 100)), "a"));
    }
    assertThat(status()).isEqualTo(ConsumerStatus.STALLED);
    observe(incarnation(state(110, log("0", 50, 100)), "b"));
    assertThat(status()).isEqualTo(ConsumerStatus.UNKNOWN);
    assertThat(memory.recreations(ORDERS)).isEqualTo(1);
    assertThat(memory.truncations(ORDERS)).isZero();
  }

  @Test
  void anEndThatWentBackIsATruncation() {
    observe(incarnation(state(0, log("0", 50, 100)), "a"));
    observe(incarnation(state(10, log("0", 50, 90)), "a"));
    assertThat(memory.truncations(ORDERS)).isEqualTo(1);
    assertThat(memory.recreations(ORDERS)).isZero();
  }

  @Test
  void theStatusIsThatOfTheLogThatIsWorstOff() {
    ClusterState state = state(0, log("0", 10, 10), log("1", 11, 10));
    observe(state);
    assertThat(memory.status(state.consumptions().getFirst())).isEqualTo(ConsumerStatus.REWOUND);
  }

  @Test
  void anAnswerThatDidNotComeDoesNotBeginTheWindowAnew() {
    for (int i = 0; i <= 10; i++) {
      observe(i * 10L, 50, 100);
    }
    assertThat(status()).isEqualTo(ConsumerStatus.STALLED);
    observe(without(110));
    observe(120, 50, 100);
    assertThat(status()).isEqualTo(ConsumerStatus.STALLED);
  }

  @Test
  void whatIsGoneForLongerThanTheWindowIsForgotten() {
    for (int i = 0; i <= 10; i++) {
      observe(i * 10L, 50, 100);
    }
    observe(without(201));
    observe(210, 50, 100);
    assertThat(status()).isEqualTo(ConsumerStatus.UNKNOWN);
  }

  @Test
  void aLogWhoseEndIsNotKnownForLongKeepsItsHistory() {
    observe(0, 100, 100);
    observe(10, 100, 200);
    for (int i = 2; i < 30; i++) {
      observe(state(i * 10L, unknownLog("0")));
    }
    observe(300, 100, 200);
    assertThat(lagSeconds()).isPresent();
  }

  @Test
  void aBrokerThatIsGoneIsDownForAnHour() {
    memory.observe(brokers(0, Set.of("1", "2"), Set.of()));
    ClusterState later = brokers(3600, Set.of("1"), Set.of());
    memory.observe(later);
    assertThat(memory.brokersDown(later)).containsExactly("2");
    ClusterState tooLate = brokers(3601, Set.of("1"), Set.of());
    memory.observe(tooLate);
    assertThat(memory.brokersDown(tooLate)).isEmpty();
  }

  @Test
  void aBrokerThatTheClusterReportsIsDownForAsLongAsItDoes() {
    for (int hours = 0; hours < 5; hours++) {
      ClusterState state = brokers(hours * 3600L, Set.of("1"), Set.of("2"));
      memory.observe(state);
      assertThat(memory.brokersDown(state)).containsExactly("2");
    }
  }

  @Test
  void aBrokerThatIsBackIsNotDown() {
    memory.observe(brokers(0, Set.of("1"), Set.of("2")));
    ClusterState state = brokers(10, Set.of("1", "2"), Set.of());
    memory.observe(state);
    assertThat(memory.brokersDown(state)).isEmpty();
  }

  private record Log(LogState state, LogConsumption consumption) {}

  private static Log log(String name, long position, long end) {
    return log(name, position, 0, end);
  }

  private static Log log(String name, long position, long start, long end) {
    var state = new LogState(name, OptionalLong.of(start), OptionalLong.of(end));
    return new Log(state, LogConsumption.committed(name, position, state.start(), state.end()));
  }

  private static Log unknownLog(String name) {
    var state = new LogState(name, OptionalLong.empty(), OptionalLong.empty());
    return new Log(state, LogConsumption.committed(name, 100, state.start(), state.end()));
  }

  private static ClusterState state(long seconds, Log... logs) {
    return new ClusterState(
        MessagingSystem.KAFKA,
        "c",
        START.plusSeconds(seconds),
        Set.of("1"),
        Set.of(),
        List.of(Destination.ofLogs(ORDERS, false, Stream.of(logs).map(Log::state).toList())),
        List.of(
            new Consumption(
                ORDERS,
                "g",
                OptionalInt.of(1),
                OptionalLong.empty(),
                Stream.of(logs).map(Log::consumption).toList())),
        Map.of());
  }

  private static ClusterState without(long seconds) {
    return brokers(seconds, Set.of("1"), Set.of());
  }

  private static ClusterState brokers(long seconds, Set<String> up, Set<String> down) {
    return new ClusterState(
        MessagingSystem.KAFKA,
        "c",
        START.plusSeconds(seconds),
        up,
        down,
        List.of(),
        List.of(),
        Map.of());
  }

  private void observe(long seconds, long position, long end) {
    observe(state(seconds, log("0", position, end)));
  }

  private void observe(ClusterState state) {
    now = state.at();
    newest = state;
    memory.observe(state);
  }

  private OptionalDouble lagSeconds() {
    return lagSeconds(newest);
  }

  private OptionalDouble lagSeconds(ClusterState state) {
    return memory.lagAge(state.consumptions().getFirst(), now).stream()
        .mapToDouble(LagAge::seconds)
        .findFirst();
  }

  private OptionalDouble drainSeconds() {
    return memory.of(newest.consumptions().getFirst()).drainSeconds(now.toEpochMilli());
  }

  private OptionalLong lost() {
    return memory.of(newest.consumptions().getFirst()).lost();
  }

  /** Returns a state of a group that is 50 messages behind. */
  private static ClusterState unread(long second, Unread unread) {
    return with(
        state(second, log("0", 50, 100)), log -> log.withUnread(unread), UnaryOperator.identity());
  }

  private static ClusterState incarnation(ClusterState state, String incarnation) {
    return with(
        state, UnaryOperator.identity(), destination -> destination.withIncarnation(incarnation));
  }

  private static ClusterState with(
      ClusterState state,
      UnaryOperator<LogConsumption> log,
      UnaryOperator<Destination> destination) {
    return new ClusterState(
        state.system(),
        state.cluster(),
        state.at(),
        state.brokersUp(),
        state.brokersDown(),
        state.destinations().stream().map(destination).toList(),
        state.consumptions().stream()
            .map(consumption ->
                new Consumption(
                    consumption.destination(),
                    consumption.group(),
                    consumption.members(),
                    consumption.acknowledged(),
                    consumption.logs().stream().map(log).toList()))
            .toList(),
        state.groupMembers());
  }

  private ConsumerStatus status() {
    return memory.status(newest.consumptions().getFirst());
  }
}
