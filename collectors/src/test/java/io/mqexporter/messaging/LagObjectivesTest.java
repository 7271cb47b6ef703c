package io.mqexporter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.messaging.LagObjectives.LagObjective;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LagObjectivesTest {

  private static final LagObjectives OBJECTIVES =
      new LagObjectives(
          List.of(
              objective("billing.*", Duration.ofSeconds(30)),
              objective("billing-nightly|reports", Duration.ofHours(1)),
              objective("nightly", Duration.ZERO)));

  @Test
  void theFirstThatMatchesTheWholeNameHolds() {
    assertThat(OBJECTIVES.of(consumption("orders", "billing-nightly")))
        .contains(Duration.ofSeconds(30));
    assertThat(OBJECTIVES.of(consumption("billing", "my-billing"))).isEmpty();
  }

  @Test
  void aQueueIsKnownByItsOwnName() {
    assertThat(OBJECTIVES.of(consumption("reports", ""))).contains(Duration.ofHours(1));
  }

  @Test
  void zeroIsNone() {
    assertThat(OBJECTIVES.of(consumption("orders", "nightly"))).isEmpty();
  }

  private static LagObjective objective(String consumers, Duration objective) {
    return new LagObjective(Pattern.compile(consumers), objective);
  }

  private static Consumption consumption(String destination, String group) {
    return new Consumption(
        DestinationId.topic(destination),
        group,
        OptionalInt.empty(),
        OptionalLong.empty(),
        List.of());
  }
}
