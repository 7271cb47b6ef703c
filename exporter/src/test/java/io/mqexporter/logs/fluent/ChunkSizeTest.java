package io.mqexporter.logs.fluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.sink.TestEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

  private final List<LogEvent> events = TestEvents.numbered(100);
  private final ChunkSize size = new ChunkSize(10 * events.getFirst().size() + 10);

  @Test
  void aChunkIsOfTheFirstEventsThatFit() {
    assertThat(size.firstOf(events)).isEqualTo(events.subList(0, 10));
    assertThat(size.firstOf(events.subList(95, 100))).hasSize(5);
  }

  @Test
  void failuresMakeItSmallDownToOneEventAndSuccessesLargeAgain() {
    size.shrink();
    assertThat(size.firstOf(events)).hasSize(5);
    for (int i = 0; i < 40; i++) {
      size.shrink();
    }
    assertThat(size.firstOf(events)).hasSize(1);
    for (int i = 0; i < 40; i++) {
      size.grow();
    }
    assertThat(size.firstOf(events)).hasSize(10);
  }
}
