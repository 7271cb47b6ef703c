package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Ports;
import io.mqexporter.system.Subjects.Subject;
import io.mqexporter.system.TcpProxy.Mode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TargetFaultsIT {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration NOTICED = INTERVAL.multipliedBy(5);
  private static final int MOST_CONNECTIONS = 20;
  private static final String COMPRESSED = "compressed";
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

  @Test
  void theNetworkIsAwayForAMinute() {
    for (Subject subject : Subject.values()) {
      subjects.proxy(subject).set(Mode.HANG);
    }
    for (Subject subject : Subject.values()) {
      await().atMost(NOTICED).until(() -> Subjects.up(agent, subject) == 0);
    }
    Map<Subject, Integer> lines = downLines();

    await()
        .pollDelay(Duration.ofMinutes(1))
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> {
          for (Subject subject : Subject.values()) {
            assertThat(Subjects.up(agent, subject)).isZero();
            assertThat(subjects.proxy(subject).connections()).isLessThan(MOST_CONNECTIONS);
          }
        });
    assertThat(downLines()).as("one line at the change, none a beat").isEqualTo(lines);
    for (Subject subject : Subject.values()) {
      subjects.proxy(subject).set(Mode.FORWARD);
    }
    for (Subject subject : Subject.values()) {
      await().atMost(RECOVERED).until(() -> Subjects.up(agent, subject) == 1);
    }
  }

  private Map<Subject, Integer> downLines() {
    var lines = new EnumMap<Subject, Integer>(Subject.class);
    for (Subject subject : Subject.values()) {
      lines.put(subject, agent.logLines(downLine(subject)).size());
    }
    return lines;
  }

  /**
   * Libraries with native parts choose them by this property, and find none that fits: as in an
   * image for a processor that they do not know.
   */
  @Test
  void noNativeLibraryIsNeeded() throws Exception {
    try (Admin admin = subjects.kafka().admin();
        var producer =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    subjects.kafka().bootstrapServers(),
                    "compression.type",
                    "zstd",
                    "max.in.flight.requests.per.connection",
                    1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic(COMPRESSED, 1, (short) 1))).all().get();
      producer.send(new ProducerRecord<>(COMPRESSED, new byte[1_000])).get();
      new KafkaChanges(admin).commit(COMPRESSED, "foreign-", 1);
    }
    try (AgentProcess foreign =
        AgentProcess.start(
            "faults-foreign",
            subjects.configuration("5s", "4s"),
            Map.of("JAVA_OPTS", "-Dos.arch=of-another-kind"))) {
      for (Subject subject : Subject.values()) {
        await().until(() -> Subjects.up(foreign, subject) == 1);
      }
      await()
          .until(() ->
              foreign
                  .scrape()
                  .values("kafka_consumergroup_lag", "\"foreign-0\"")
                  .equals(List.of(1.0)));
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
