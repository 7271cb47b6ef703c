package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Ports;
import io.mqexporter.system.Subjects.Subject;
import io.mqexporter.system.TcpProxy.Mode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one broker's failure may cost: its own series, and nothing else. In each fault a scrape
 * still answers at once, the other targets' series flow on, those of the failed one vanish instead
 * of turning 0, one line says so, and it comes back by itself within two intervals.
 */
@Tag("waiting")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration NOTICED = INTERVAL.multipliedBy(5);
  private static final Duration RECOVERED = INTERVAL.multipliedBy(2);

  @RegisterExtension private final Subjects subjects = Subjects.shared();
  private AgentProcess agent;

  @BeforeAll
  void startAgent() {
    agent = AgentProcess.start("faults-agent", subjects.configuration("5s", "4s"));
  }

  @AfterAll
  void stop() {
    agent.close();
  }

  @BeforeEach
  void everythingIsUp() {
    await()
        .until(() ->
            Arrays.stream(Subject.values()).allMatch(subject -> Subjects.up(agent, subject) == 1));
  }

  @ParameterizedTest
  @EnumSource
  void brokerNeverAnswers(Subject subject) {
    assertCostsOnlyItsOwnSeries(subject, () -> subjects.proxy(subject).set(Mode.HANG));
  }

  @ParameterizedTest
  @EnumSource
  void brokerAnswersByteByByte(Subject subject) {
    assertCostsOnlyItsOwnSeries(subject, () -> subjects.proxy(subject).set(Mode.TRICKLE));
  }

  @ParameterizedTest
  @EnumSource
  void connectionIsResetInTheMiddleOfAnAnswer(Subject subject) {
    assertCostsOnlyItsOwnSeries(subject, () -> subjects.proxy(subject).set(Mode.RESET));
  }

  @ParameterizedTest
  @EnumSource
  void brokerIsKilledWhileRunningAndComesBack(Subject subject) {
    assertNoticed(subject, () -> subjects.kill(subject));
    assertThat(agent.get("/api/v1/scaling/" + subject.target() + "/any").statusCode())
        .as("nobody scales to zero on what is not known")
        .isEqualTo(503);

    subjects.restart(subject);

    await().atMost(RECOVERED).until(() -> Subjects.up(agent, subject) == 1);
  }

  @Test
  void brokersThatAreNotThereAtStart() {
    int kafka = Ports.free();
    int rabbitMq = Ports.free();
    int rocketMq = Ports.free();
    String configuration = Subjects.configuration("5s", "4s", kafka, rabbitMq, rocketMq);
    try (AgentProcess lonely = AgentProcess.start("faults-lonely", configuration)) {
      for (Subject subject : Subject.values()) {
        await().atMost(NOTICED).until(() -> Subjects.up(lonely, subject) == 0);
        assertThat(lonely.logLines(subject.target() + " (")).hasSize(1);
      }
      assertThat(lonely.get("/-/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void namesThatDoNotResolve() {
    String configuration =
        subjects.configuration("5s", "4s").replaceAll("127\\.0\\.0\\.1", "no-such-host.invalid");
    try (AgentProcess lost = AgentProcess.start("faults-lost", configuration)) {
      for (Subject subject : Subject.values()) {
        await().atMost(NOTICED).until(() -> Subjects.up(lost, subject) == 0);
        assertThat(lost.logLines(subject.target() + " ("))
            .singleElement()
            .asString()
            .contains("no-such-host.invalid");
      }
    }
  }

  private void assertCostsOnlyItsOwnSeries(Subject subject, Runnable fault) {
    assertNoticed(subject, fault);

    subjects.proxy(subject).set(Mode.FORWARD);

    await().atMost(RECOVERED).until(() -> Subjects.up(agent, subject) == 1);
    assertThat(seriesOf(subject)).anyMatch(name -> name.startsWith(subject.system() + "_"));
  }

  private void assertNoticed(Subject subject, Runnable fault) {
    int linesBefore = agent.logLines(downLine(subject)).size();
    fault.run();

    await().atMost(NOTICED).until(() -> Subjects.up(agent, subject) == 0);
    assertThat(seriesOf(subject))
        .allMatch(name -> name.startsWith("messaging_up{") || name.startsWith("mq_exporter_"));
    for (Subject other : Subject.values()) {
      if (other != subject) {
        assertFlowsOn(other);
      }
    }
    assertThat(agent.logLines(downLine(subject))).hasSize(linesBefore + 1);
  }

  private void assertFlowsOn(Subject other) {
    Subjects.awaitSuccess(agent, other, NOTICED);
    assertThat(Subjects.up(agent, other)).isEqualTo(1);
    assertThat(seriesOf(other)).anyMatch(name -> name.startsWith(other.system() + "_"));
  }

  private static String downLine(Subject subject) {
    return subject.target() + " (" + subject.system() + "): down: ";
  }

  private List<String> seriesOf(Subject subject) {
    return agent.scrape().series().keySet().stream()
        .filter(name -> name.contains("messaging_cluster=\"" + subject.target() + "\""))
        .toList();
  }
}
