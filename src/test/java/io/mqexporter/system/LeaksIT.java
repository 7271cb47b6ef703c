package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.system.Subjects.Subject;
import io.mqexporter.system.TcpProxy.Mode;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an agent still holds after its brokers have failed and come back many times. */
class LeaksIT {

  private static final int CYCLES = 50;
  private static final int CYCLES_TO_SETTLE = 5;
  private static final int CALM_COLLECTIONS = 5;

  /** Of which a pool has as many as once were busy at a time: no trace of a failure. */
  private static final Pattern WORKER =
      Pattern.compile(
          "^\"(ForkJoinPool\\S*-worker-|HttpClient-\\d+-Worker-|vert.x-worker-|C[12] CompilerThread)");

  @RegisterExtension private static final Subjects subjects = Subjects.shared();

  @Test
  void fiftyFailuresLeaveNoThreadAndNoConnectionBehind() {
    try (AgentProcess agent =
        AgentProcess.start("leaks-agent", subjects.configuration("1s", "900ms"))) {
      for (int i = 0; i < CYCLES_TO_SETTLE; i++) {
        failAndRecover(agent);
      }
      double threads = mostWhileWell(agent, LeaksIT::lastingThreads);
      double descriptors = mostWhileWell(agent, LeaksIT::descriptors);

      for (int i = 0; i < CYCLES; i++) {
        failAndRecover(agent);
      }

      await()
          .untilAsserted(() -> {
            assertThat(lastingThreads(agent)).isLessThanOrEqualTo(threads + 2);
            assertThat(descriptors(agent)).isLessThanOrEqualTo(descriptors + 2);
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
  private static double mostWhileWell(AgentProcess agent, ToDoubleFunction<AgentProcess> count) {
    double most = 0;
    for (int i = 0; i < CALM_COLLECTIONS; i++) {
      for (Subject subject : Subject.values()) {
        Subjects.awaitSuccess(agent, subject, Patience.LONGEST);
      }
      most = Math.max(most, count.applyAsDouble(agent));
    }
    return most;
  }

  /** Returns how many threads there are but for the workers of pools. */
  private static double lastingThreads(AgentProcess agent) {
    return Command.jcmd(agent.handle(), "Thread.print")
        .lines()
        .filter(line -> line.startsWith("\""))
        .filter(line -> !WORKER.matcher(line).find())
        .count();
  }

  private static double descriptors(AgentProcess agent) {
    return agent.scrape().value("process_open_fds").orElseThrow();
  }
}
