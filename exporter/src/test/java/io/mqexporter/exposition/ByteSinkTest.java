package io.mqexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSinkTest {

  private final ByteSink sink = new ByteSink();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "7, 7",
    "10, 10",
    "-1234567890, -1234567890",
    "9007199254740992, 9007199254740992",
    "-9007199254740992, -9007199254740992",
    "1.5, 1.5",
    "1e300, 1.0E300",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
  })
  void aValueIsWrittenAsBothFormatsSpellIt(double value, String expected) {
    sink.write(value);

    assertThat(text()).isEqualTo(expected);
  }

  @Test
  void everyValueReadsBackAsItself() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value =
          random.nextBoolean()
              ? random.nextLong() >> random.nextInt(64)
              : Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        sink.clear();
        sink.write(value);
        assertThat(Double.parseDouble(text())).as("seed %d", seed).isEqualTo(value + 0.0);
      }
    }
  }

  private String text() {
    return new String(sink.toByteArray(), StandardCharsets.UTF_8);
  }
}
