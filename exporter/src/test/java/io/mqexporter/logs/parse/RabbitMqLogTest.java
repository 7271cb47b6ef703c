package io.mqexporter.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** RabbitMQ's text of old and new releases, and JSON. */
class RabbitMqLogTest {

  @Test
  void theLinesOfOneReportAreOneEvent() {
    assertThat(
            Parsed.text(
                LogFormat.RABBITMQ,
                """
                2026-02-04 22:24:24.988990+08:00 [error] <0.71066.0>     supervisor: {<0.71066.0>,rabbit_channel_sup}
                2026-02-04 22:24:24.988990+08:00 [error] <0.71066.0>     errorContext: shutdown_error
                2026-02-04 22:24:24.988990+08:00 [error] <0.71066.0>\s
                2026-02-04 22:24:24.988990+08:00 [error] <0.71067.0> another process
                2026-02-04 22:24:24.988991+08:00 [error] <0.71067.0> another time
                2026-02-04 22:24:24.988991+08:00 [warning] <0.71067.0> another level
                """))
        .isEqualTo(
            """
            2026-02-04T14:24:24.988990Z ERROR
              message:     supervisor: {<0.71066.0>,rabbit_channel_sup}
                |     errorContext: shutdown_error
              rabbitmq.log.pid: <0.71066.0>
            2026-02-04T14:24:24.988990Z ERROR
              message: another process
              rabbitmq.log.pid: <0.71067.0>
            2026-02-04T14:24:24.988991Z ERROR
              message: another time
              rabbitmq.log.pid: <0.71067.0>
            2026-02-04T14:24:24.988991Z WARN
              message: another level
              rabbitmq.log.pid: <0.71067.0>
            """);
  }

  @Test
  void aProcessThatIsNotKnown() {
    assertThat(
            Parsed.text(
                LogFormat.RABBITMQ,
                """
                2026-11-29 03:16:03.771360+00:00 [notice] <unknown pid> Handler rmq_1_stdout switched from  sync to drop mode
                """))
        .isEqualTo(
            """
            2026-11-29T03:16:03.771360Z INFO
              message: Handler rmq_1_stdout switched from  sync to drop mode
              rabbitmq.log.pid: <unknown pid>
            """);
  }

  @Test
  void linesOfReleasesBefore39() {
    assertThat(
            Parsed.events(
                    LogFormat.RABBITMQ,
                    """
                    2019-02-26 08:27:19.212 [error] <0.769.0> MQTT login failed: no credentials
                    more of it
                    2019-02-26 08:27:19.212 [error] <0.769.0> not joined: milliseconds are too coarse
                    """,
                    ZoneId.of("Asia/Tokyo"))
                .stream()
                .map(Parsed::text))
        .containsExactly(
            """
            2019-02-25T23:27:19.212Z ERROR
              message: MQTT login failed: no credentials
                | more of it
              rabbitmq.log.pid: <0.769.0>
            """,
            """
            2019-02-25T23:27:19.212Z ERROR
              message: not joined: milliseconds are too coarse
              rabbitmq.log.pid: <0.769.0>
            """);
  }

  @Test
  void allWordsForLevels() {
    for (String level : "err errr eror error crit critical alert emergency".split(" ", -1)) {
      String line = "2026-02-04 22:24:24.988990+00:00 [%s] <0.1.0> m\n".formatted(level);
      boolean isKnown = !level.equals("errr");
      assertThat(Parsed.events(LogFormat.RABBITMQ, line).getFirst().marks().isEmpty())
          .as(level)
          .isEqualTo(isKnown);
    }
  }

  @Test
  void colours() {
    assertThat(
            Parsed.text(
                LogFormat.RABBITMQ,
                "\u001b[38;5;160m2023-06-28 11:57:43.443431+00:00 [error] <0.764.0> closing\u001b[0m\n"))
        .isEqualTo(
            """
            2023-06-28T11:57:43.443431Z ERROR
              message: closing
              rabbitmq.log.pid: <0.764.0>
            """);
  }

  @Test
  void linesOfJson() {
    assertThat(
            Parsed.text(
                LogFormat.RABBITMQ,
                """
                {"time":"2024-10-04 03:38:35.600956-04:00","level":"info","msg":"accepting\\n","pid":"<0.899.0>","domain":"rabbitmq.connection"}
                {"time":1728027515600956,"level":"critical","msg":"m","line":17,"pid":"<0.1.0>"}
                """))
        .contains("rabbitmq.log.domain: rabbitmq.connection")
        .contains("2024-10-04T07:38:35.600956Z INFO\n  message: accepting\n")
        .contains("2024-10-04T07:38:35.600956Z FATAL\n  message: m\n")
        .contains("log.origin.file.line: 17");
  }
}
