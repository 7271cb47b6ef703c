package io.mqexporter.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoggingTest {

  @Test
  void anEventIsALineWhateverIsInIt() {
    var context = new LoggerContext();
    var event =
        new LoggingEvent(
            "",
            context.getLogger("a"),
            Level.WARN,
            "Read \"a\\b\":\nts=forged\r\nlevel=ERROR",
            null,
            new Object[0]);

    String line = new String(Logging.logfmtEncoder(context).encode(event), StandardCharsets.UTF_8);

    assertThat(line)
        .endsWith(" level=WARN msg=\"Read \\\"a\\\\b\\\": ts=forged level=ERROR\"\n")
        .containsOnlyOnce("\n");
  }
}
