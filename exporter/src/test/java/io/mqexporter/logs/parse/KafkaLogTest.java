package io.mqexporter.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kafka's own layout, Strimzi's, and JSON. */
class KafkaLogTest {

  @Test
  void linesOfKafkasOwnLayout() {
    assertThat(
            Parsed.text(
                LogFormat.KAFKA,
                """
                [2025-04-09 10:00:00,393] INFO [GroupCoordinator 0]: Removed 0 offsets associated with deleted partitions: foo-0. (kafka.coordinator.group.GroupCoordinator)
                [2025-04-09 11:00:00,954] INFO [Controller id=0 epoch=1] Changed partition foo-0 state (state.change.logger)
                [2025-04-09 11:00:00,801] TRACE [Controller id=0] Checking need to trigger auto leader balancing (kafka.controller.KafkaController)
                [2025-04-09 11:00:01,000] FATAL no class here
                """))
        .isEqualTo(
            """
            2025-04-09T10:00:00.393Z INFO
              logger: kafka.coordinator.group.GroupCoordinator
              message: Removed 0 offsets associated with deleted partitions: foo-0.
              kafka.log.component: GroupCoordinator 0
            2025-04-09T11:00:00.954Z INFO
              logger: state.change.logger
              message: Changed partition foo-0 state
              kafka.log.component: Controller id=0 epoch=1
            2025-04-09T11:00:00.801Z TRACE
              logger: kafka.controller.KafkaController
              message: Checking need to trigger auto leader balancing
              kafka.log.component: Controller id=0
            2025-04-09T11:00:01Z FATAL
              message: no class here
            """);
  }

  @Test
  void theClassStandsBehindTheLastLineOfTheMessage() {
    assertThat(
            Parsed.text(
                LogFormat.KAFKA,
                """
                [2025-04-09 10:00:00,393] INFO KafkaConfig values:\s
                \tadvertised.listeners = null
                \tzookeeper.connect = null
                 (org.apache.kafka.common.config.AbstractConfig)
                """))
        .isEqualTo(
            """
            2025-04-09T10:00:00.393Z INFO
              logger: org.apache.kafka.common.config.AbstractConfig
              message: KafkaConfig values:\s
                | \tadvertised.listeners = null
                | \tzookeeper.connect = null
            """);
  }

  @Test
  void aStackTraceBelongsToItsEvent() {
    assertThat(
            Parsed.text(
                LogFormat.KAFKA,
                """
                [2025-04-09 10:00:00,393] ERROR [KafkaServer id=1] Fatal error during startup (kafka.server.KafkaServer)
                org.apache.kafka.common.KafkaException: Socket server failed to bind: two
                lines of text
                \tat kafka.network.Acceptor.openServerSocket(SocketServer.scala:778)
                \tat java.base/java.lang.Thread.run(Thread.java:840)
                Caused by: java.net.BindException: Address already in use
                \t... 2 more
                [2025-04-09 10:00:00,394] WARN next (a.B)
                """))
        .isEqualTo(
            """
            2025-04-09T10:00:00.393Z ERROR
              logger: kafka.server.KafkaServer
              message: Fatal error during startup
              trace: org.apache.kafka.common.KafkaException: Socket server failed to bind: two
                | lines of text
                | \tat kafka.network.Acceptor.openServerSocket(SocketServer.scala:778)
                | \tat java.base/java.lang.Thread.run(Thread.java:840)
                | Caused by: java.net.BindException: Address already in use
                | \t... 2 more
              kafka.log.component: KafkaServer id=1
            2025-04-09T10:00:00.394Z WARN
              logger: a.B
              message: next
            """);
  }

  @Test
  void linesOfStrimzi() {
    assertThat(
            Parsed.text(
                LogFormat.KAFKA,
                """
                2026-05-27 13:32:45 INFO [quorum-controller-0-event-handler] ConfigurationControlManager:537 - [QuorumController id=0] Replayed ConfigRecord
                2026-05-27 13:32:45,123+0200 WARN  [main] Server:? - late
                2026-05-27 13:32:45Z ERROR [main] Server:12 - failed
                java.lang.IllegalStateException: x
                \tat a.B.c(B.java:1)
                """))
        .isEqualTo(
            """
            2026-05-27T13:32:45Z INFO
              logger: ConfigurationControlManager
              thread: quorum-controller-0-event-handler
              message: Replayed ConfigRecord
              log.origin.file.line: 537
              kafka.log.component: QuorumController id=0
            2026-05-27T11:32:45.123Z WARN
              logger: Server
              thread: main
              message: late
            2026-05-27T13:32:45Z ERROR
              logger: Server
              thread: main
              message: failed
              trace: java.lang.IllegalStateException: x
                | \tat a.B.c(B.java:1)
              log.origin.file.line: 12
            """);
  }

  @Test
  void linesOfJson() {
    assertThat(
            Parsed.text(
                LogFormat.KAFKA,
                """
                {"instant":{"epochSecond":1747000000,"nanoOfSecond":123000000},"thread":"main","level":"ERROR","loggerName":"kafka.Log","message":"[Broker id=1] failed","thrown":{"extendedStackTrace":"a.B: x\\n\\tat a.B.c(B.java:1)"}}
                {"@timestamp":"2026-05-27T13:32:45.123+02:00","log.level":"WARN","log.logger":"a.B","process.thread.name":"t","message":"m"}
                {"no":"time","level":"INFO"}
                """))
        .isEqualTo(
            """
            2025-05-11T21:46:40.123Z ERROR
              logger: kafka.Log
              thread: main
              message: failed
              trace: a.B: x
                | \tat a.B.c(B.java:1)
              kafka.log.component: Broker id=1
            2026-05-27T11:32:45.123Z WARN
              logger: a.B
              thread: t
              message: m
            2026-01-01T00:00:00Z UNKNOWN
              message: {"no":"time","level":"INFO"}
              mark: unparsed
            """);
  }

  @Test
  void timesAreThoseOfTheConfiguredZone() {
    String line = "[2025-07-09 10:00:00,393] WARN m (a.B)\n";

    LogEvent event = Parsed.events(LogFormat.KAFKA, line, ZoneId.of("Europe/Berlin")).getFirst();

    assertThat(event.timestamp()).isEqualTo(Instant.parse("2025-07-09T08:00:00.393Z"));
  }

  @ParameterizedTest
  @CsvSource({
    // An hour that does not exist, one that is there twice, and the next.
    "2025-03-30 02:30:00,000, 2025-03-30T01:30:00Z",
    "2025-10-26 02:30:00,000, 2025-10-26T00:30:00Z",
    "2025-10-26 03:00:00,000, 2025-10-26T02:00:00Z"
  })
  void theHoursWhenClocksAreChanged(String local, String millis, Instant expected) {
    String line = "[%s,%s] WARN m (a.B)\n".formatted(local, millis);

    LogEvent event = Parsed.events(LogFormat.KAFKA, line, ZoneId.of("Europe/Berlin")).getFirst();

    assertThat(event.timestamp()).isEqualTo(expected);
  }

  @Test
  void linesThatOnlyLookLikeHeads() {
    assertThat(
            Parsed.events(
                LogFormat.KAFKA,
                """
                [2025-04-09 10:00:00,393] WARN m (a.B)
                [2025-04-09 10:00:00] WARN no milliseconds
                [2025-04-09T10:00:00.123+0000][info][gc] GC(0) Pause
                [main] WARN kafka.Log - m
                [2025-04-09 10:00:00,393] Hello
                """))
        .hasSize(1);
  }

  @Test
  void aTimeThatIsNone() {
    LogEvent event =
        Parsed.events(LogFormat.KAFKA, "[2025-13-39 10:00:00,393] WARN m (a.B)\n").getFirst();

    assertThat(event.level()).isEqualTo(LogLevel.WARN);
    assertThat(event.timestamp()).isEqualTo(Parsed.FILE_TIME);
    assertThat(event.message()).isEqualTo("[2025-13-39 10:00:00,393] WARN m (a.B)");
  }
}
