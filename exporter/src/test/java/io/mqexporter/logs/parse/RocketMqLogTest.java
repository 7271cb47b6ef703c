package io.mqexporter.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** RocketMQ's logs: of brokers, clients and proxies, always in the time of GMT+8. */
class RocketMqLogTest {

  @Test
  void linesOfBrokers() {
    assertThat(
            Parsed.text(
                LogFormat.ROCKETMQ,
                """
                2026-11-24 10:31:36 ERROR AdminBrokerThread_16 - list user by  error
                java.util.concurrent.CompletionException: java.lang.IllegalStateException: x
                \tat java.base/java.util.concurrent.CompletableFuture.encodeThrowable(CompletableFuture.java:315)
                2026-11-24 10:31:07 - [WATERMARK] Send Queue Size: 0 SlowTimeMills: 0
                2022-02-18 10:02:38 INFO BrokerControllerScheduledThread1 - Slave fall behind master: 0 bytes
                2022-02-18 10:02:38 WARN - without a thread - and with a dash
                2022-02-18 10:02:38 plain message of the proxy
                """))
        .isEqualTo(
            """
            2026-11-24T02:31:36Z ERROR
              thread: AdminBrokerThread_16
              message: list user by  error
              trace: java.util.concurrent.CompletionException: java.lang.IllegalStateException: x
                | \tat java.base/java.util.concurrent.CompletableFuture.encodeThrowable(CompletableFuture.java:315)
            2026-11-24T02:31:07Z INFO
              message: [WATERMARK] Send Queue Size: 0 SlowTimeMills: 0
            2022-02-18T02:02:38Z INFO
              thread: BrokerControllerScheduledThread1
              message: Slave fall behind master: 0 bytes
            2022-02-18T02:02:38Z WARN
              message: without a thread - and with a dash
            2022-02-18T02:02:38Z INFO
              message: plain message of the proxy
            """);
  }

  @Test
  void linesOfClients() {
    assertThat(
            Parsed.text(
                LogFormat.ROCKETMQ,
                """
                2026-11-24 10:31:36.123 WARN  [4711] [NettyClientSelector_1] [R.remoting#closeChannel:300] - closed
                """))
        .isEqualTo(
            """
            2026-11-24T02:31:36.123Z WARN
              logger: R.remoting
              thread: NettyClientSelector_1
              message: closed
              log.origin.file.line: 300
            """);
  }

  @Test
  void theZoneIsAlwaysTheSame() {
    String line = "2026-11-24 10:31:36 ERROR t - m\n";

    assertThat(
            Parsed.events(LogFormat.ROCKETMQ, line, ZoneId.of("America/New_York"))
                .getFirst()
                .timestamp())
        .hasToString("2026-11-24T02:31:36Z");
  }
}
