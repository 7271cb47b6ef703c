package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM ends the agent within five seconds with exit code 0, whatever its brokers do. */
class ShutdownIT {

  private static final Duration AT_MOST = Duration.ofSeconds(5);
  private static final int SIGTERM = 15;

  @Test
  void endsWhileNothingIsUnderWay() {
    String configuration = Subjects.configuration("1h", "10s", 1, 2, 3);
    try (AgentProcess agent = AgentProcess.start("shutdown-idle", configuration)) {
      assertThat(agent.terminate(AT_MOST)).isZero();
    }
  }

  /** Before it has read its configuration the JVM ends as it does by itself. */
  @ParameterizedTest
  @ValueSource(ints = {1, 50, 100, 200, 400, 800})
  void endsWhileItStarts(int millis) throws Exception {
    Path folder = Repository.emptyRunFolder("shutdown-start");
    Path log = folder.resolve("agent.log");
    Path file =
        Files.writeString(
            folder.resolve("mq-exporter.yaml"), Subjects.configuration("1h", "10s", 1, 2, 3));
    Process process =
        new ProcessBuilder(
                Repository.file("exporter/target/mq-exporter").toString(),
                "--config.file=" + file,
                "--web.listen-address=127.0.0.1:" + Ports.free())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
      process.destroy();
      assertThat(process.waitFor(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      assertThat(process.exitValue()).isIn(0, 128 + SIGTERM);
      assertThat(Files.readString(log)).doesNotContain("Exception", "\tat ", "level=error");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endsInTheMiddleOfHungCollections() {
    try (var kafka = new SilentServer();
        var rabbitMq = new SilentServer();
        var rocketMq = new SilentServer()) {
      String configuration =
          Subjects.configuration("1h", "5m", kafka.port(), rabbitMq.port(), rocketMq.port());
      try (AgentProcess agent = AgentProcess.start("shutdown-hung", configuration)) {
        kafka.awaitConnection(Duration.ofSeconds(20));
        rabbitMq.awaitConnection(Duration.ofSeconds(20));
        rocketMq.awaitConnection(Duration.ofSeconds(20));

        assertThat(agent.terminate(AT_MOST)).isZero();
      }
    }
  }
}
