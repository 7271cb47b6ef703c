package io.mqexporter.rabbitmq.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void tellsTheNumbersThatAreKnown() {
    Numbers<QueueNumber> numbers =
        of(Map.of(QueueNumber.ACKNOWLEDGED, 5L, QueueNumber.MESSAGES, 0L, QueueNumber.READY, -1L));
    assertThat(numbers.get(QueueNumber.MESSAGES)).hasValue(0);
    assertThat(numbers.get(QueueNumber.READY)).hasValue(-1);
    assertThat(numbers.get(QueueNumber.ACKNOWLEDGED)).hasValue(5);
    assertThat(numbers.get(QueueNumber.UNACKNOWLEDGED)).isEmpty();
    assertThat(numbers)
        .isNotEqualTo(of(Map.of()))
        .hasToString("[0, -1, 5] of the kinds {0, 1, 28}");
  }

  @Test
  void takesFromAnotherWhatIsNotKnown() {
    Numbers<QueueNumber> own = of(Map.of(QueueNumber.READY, 1L, QueueNumber.MEMORY, 2L));
    Numbers<QueueNumber> other = of(Map.of(QueueNumber.MESSAGES, 7L, QueueNumber.READY, 8L));
    assertThat(own.or(other))
        .isEqualTo(
            of(Map.of(QueueNumber.MESSAGES, 7L, QueueNumber.READY, 1L, QueueNumber.MEMORY, 2L)));
    assertThat(own.or(of(Map.of()))).isSameAs(own);
    assertThat(of(Map.of()).or(own)).isEqualTo(own);
  }

  @Test
  void everyKindHasItsPlace() {
    for (NodeNumber kind : NodeNumber.values()) {
      var one = new EnumMap<NodeNumber, Long>(Map.of(kind, 3L));
      assertThat(new Numbers<>(one).get(kind)).hasValue(3);
    }
  }

  private static Numbers<QueueNumber> of(Map<QueueNumber, Long> known) {
    var numbers = new EnumMap<QueueNumber, Long>(QueueNumber.class);
    numbers.putAll(known);
    return new Numbers<>(numbers);
  }
}
