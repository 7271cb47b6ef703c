package io.mqexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationFormatTest {

  private final DurationFormat format = new DurationFormat(Duration.ZERO, Duration.ofDays(999));

  @Test
  void durationsAreWrittenAsInPrometheus() throws MalformedException {
    assertThat(format.read("15s")).isEqualTo(Duration.ofSeconds(15));
    assertThat(format.read("1m30s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(format.read("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(format.read("1d2h3m4s5ms"))
        .isEqualTo(Duration.ofDays(1).plusHours(2).plusMinutes(3).plusSeconds(4).plusMillis(5));
  }

  @Test
  void whatIsWrittenIsReadBackAsTheSame() throws MalformedException {
    for (String text : new String[] {"0s", "1ms", "1s500ms", "2m", "1h30m", "1d2h3m4s5ms"}) {
      assertThat(DurationFormat.text(format.read(text))).isEqualTo(text);
    }
  }

  @Test
  void anythingElseIsRefused() {
    for (String text :
        new String[] {
          "", " ", "1", "s", "1 s", "-1s", "1.5s", "1S", "1s1m", "PT1S", "9999999999s"
        }) {
      assertThatThrownBy(() -> format.read(text)).isInstanceOf(MalformedException.class);
    }
  }
}
