package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.system.Subjects.Subject;
import io.mqexporter.system.TcpProxy.Mode;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an agent still holds after its brokers have failed and come back many times. */
@Tag("waiting")
class LeaksIT {

  private static final int CYCLES = 50;
  private static final int CYCLES_TO_SETTLE = 5;
  private static final int CALM_COLLECTIONS = 5;

  @RegisterExtension private static final Subjects subjects = Subjects.shared();

  @Test
  void fiftyFailuresLeaveNoThreadAndNoConnectionBehind() {
    try (AgentProcess agent =
        AgentProcess.start("leaks-agent", subjects.configuration("1s", "900ms"))) {
      for (int i = 0; i < CYCLES_TO_SETTLE; i++) {
        failAndRecover(agent);
      }
      double threads = mostWhileWell(agent, "jvm_threads_current");
      double descriptors = mostWhileWell(agent, "process_open_fds");

      for (int i = 0; i < CYCLES; i++) {
        failAndRecover(agent);
      }

      await()
          .untilAsserted(() -> {
            assertThat(ownMetric(agent, "jvm_threads_current")).isLessThanOrEqualTo(threads + 2);
            assertThat(ownMetric(agent, "process_open_fds")).isLessThanOrEqualTo(descriptors + 2);
          });
    }
  }

  private void failAndRecover(AgentProcess agent) {
    for (Subject subject : Subject.values()) {
      subjects.proxy(subject).set(Mode.RESET);
    }
    await().until(() -> allAre(agent, 0));
    for (Subject subject : Subject.values()) {
      subjects.proxy(subject).set(Mode.FORWARD);
    }
    await().until(() -> allAre(agent, 1));
  }

  private static boolean allAre(AgentProcess agent, double value) {
    return Arrays.stream(Subject.values())
        .allMatch(subject -> Subjects.up(agent, subject) == value);
  }

  /**
   * Returns the most of something while nothing fails: right after a recovery not all connections
   * are there yet.
   */
  private static double mostWhileWell(AgentProcess agent, String metric) {
    double most = 0;
    for (int i = 0; i < CALM_COLLECTIONS; i++) {
      for (Subject subject : Subject.values()) {
        Subjects.awaitSuccess(agent, subject, Patience.LONGEST);
      }
      most = Math.max(most, ownMetric(agent, metric));
    }
    return most;
  }

  private static double ownMetric(AgentProcess agent, String name) {
    return agent.scrape().value(name).orElseThrow();
  }
}
