package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM ends the agent within five seconds with exit code 0, whatever its brokers do. */
@Timeout(60)
class ShutdownIT {

  private static final Duration AT_MOST = Duration.ofSeconds(5);

  @Test
  void endsWhileNothingIsUnderWay() {
    String configuration = Subjects.configuration("1h", "10s", 1, 2, 3);
    try (AgentProcess agent = AgentProcess.start("shutdown-idle", configuration)) {
      assertThat(agent.terminate(AT_MOST)).isZero();
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
