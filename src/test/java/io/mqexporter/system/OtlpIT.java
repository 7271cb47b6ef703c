package io.mqexporter.system;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.NodePeer;
import io.mqexporter.brokers.Ports;
import io.mqexporter.system.Subjects.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the packaged agent pushes of the three brokers, beside what its page shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtlpIT {

  /** What brokers at rest say again in the same words. */
  private static final String AT_REST =
      "(messaging_(destination|consumer_lag_messages|consumers|up)|kafka_(topic|brokers|broker_info"
          + "|consumergroup_current_offset|consumergroup_lag)|mq_exporter_(series|build_info)).*";

  @RegisterExtension private final Subjects subjects = Subjects.shared();
  private final int port = Ports.free();
  private AgentProcess agent;
  private OtlpReceiver receiver;

  @BeforeAll
  void start() {
    agent =
        AgentProcess.start(
            "otlp-agent",
            subjects.configuration("1s", "1s")
                + "otlp: {url: 'http://127.0.0.1:%d'}%n".formatted(port));
    await()
        .until(() ->
            agent.scrape().values("messaging_up").stream().filter(up -> up == 1).count() == 3
                && !agent.logLines("metrics wait until it works again").isEmpty());
    // Only now: what was read before has waited.
    receiver = new OtlpReceiver(port);
    await().until(() -> receiver.series().size() > 300);
  }

  @AfterAll
  void stop() {
    agent.close();
    receiver.close();
  }

  @Test
  void theReceiverHasTheSameSeries() {
    await()
        .untilAsserted(() -> {
          Set<String> page = OtlpReceiver.of(agent.scrape()).keySet();
          Set<String> pushed = receiver.series().keySet();
          assertThat(page.stream().filter(key -> !pushed.contains(key)).collect(toSet())).isEmpty();
          assertThat(pushed.stream().filter(key -> !page.contains(key)).collect(toSet())).isEmpty();
        });
  }

  @Test
  void theirValuesAreThoseOfThePage() {
    await()
        .untilAsserted(() -> {
          Map<String, Double> page = atRest(OtlpReceiver.of(agent.scrape()));
          assertThat(page).hasSizeGreaterThan(15);
          assertThat(atRest(receiver.series())).isEqualTo(page);
        });
  }

  @Test
  void whatTheAgentCountsBeginsWithItAndWhatBrokersCountWhenItWasSeen() {
    String requests =
        OtlpReceiver.key(
            "mq_exporter_requests_total",
            Map.of(
                "messaging_cluster", Subject.KAFKA.target(),
                "messaging_system", Subject.KAFKA.system()));
    await().until(() -> receiver.times(requests).size() == 2);
    List<Long> times = receiver.times(requests);
    long agentStart = agent.handle().info().startInstant().orElseThrow().getEpochSecond();

    assertThat(times.getFirst() / 1_000_000_000).isBetween(agentStart, agentStart + 30);
    assertThat(times.getLast()).isGreaterThan(times.getFirst());
  }

  @Test
  void whatIsGoneIsSaidToBe() {
    String brokers =
        OtlpReceiver.key("kafka_brokers", Map.of("messaging_cluster", Subject.KAFKA.target()));
    await().until(() -> receiver.series().containsKey(brokers));

    subjects.proxy(Subject.KAFKA).set(TcpProxy.Mode.HANG);
    try {
      await().until(() -> !receiver.series().containsKey(brokers));
    } finally {
      subjects.proxy(Subject.KAFKA).set(TcpProxy.Mode.FORWARD);
    }
    await().until(() -> receiver.series().containsKey(brokers));
  }

  /** That of Elastic, which reads the messages by its own copy of their definition. */
  @Test
  void aReceiverThatIsNotOursIsToldTheSame() {
    try (NodePeer peer = NodePeer.start("otlp", "otlp-peer");
        AgentProcess pushing =
            AgentProcess.start(
                "otlp-peer-agent",
                subjects.configuration("1s", "1s")
                    + "otlp: {url: 'http://127.0.0.1:%d', gzip: false}%n".formatted(peer.port()))) {
      await()
          .untilAsserted(() -> {
            Map<String, Double> page = OtlpReceiver.of(pushing.scrape());
            Map<String, Double> told = series(peer);
            assertThat(told).hasSizeGreaterThan(300);
            assertThat(told.keySet()).isEqualTo(page.keySet());
            assertThat(atRest(told)).isEqualTo(atRest(page));
          });
    }
  }

  /** Returns what has last been told of each series that is not gone. */
  private static Map<String, Double> series(NodePeer peer) {
    var series = new HashMap<String, Double>();
    for (JsonNode entry : peer.entries()) {
      var labels = new HashMap<String, String>();
      entry
          .path("labels")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      String key = OtlpReceiver.key(entry.path("name").asText(), labels);
      if (entry.path("value").isNull()) {
        series.remove(key);
      } else {
        series.put(key, entry.path("value").asDouble());
      }
    }
    return series;
  }

  @Test
  void nothingIsDroppedAndTheStateIsSaidOnce() {
    await()
        .untilAsserted(() -> {
          Exposition page = agent.scrape();
          assertThat(page.values("mq_exporter_otlp_dropped_points_total")).containsOnly(0.0);
          assertThat(page.value("mq_exporter_otlp_accepted_points_total").orElseThrow())
              .isGreaterThan(1_000);
          assertThat(page.value("mq_exporter_otlp_waiting_seconds")).hasValue(0);
        });
    assertThat(agent.logLines("msg=\"otlp: "))
        .hasSize(2)
        .anyMatch(line -> line.contains("metrics wait until it works again"))
        .anyMatch(line -> line.contains("takes metrics again"));
  }

  private static Map<String, Double> atRest(Map<String, Double> series) {
    var atRest = new HashMap<>(series);
    atRest.keySet().removeIf(key -> !key.matches(AT_REST));
    return atRest;
  }
}
