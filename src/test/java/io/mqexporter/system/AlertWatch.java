package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.alerts.Alerts;
import io.mqexporter.brokers.Ports;
import io.mqexporter.monitoring.Alertmanager;
import io.mqexporter.monitoring.Prometheus;
import io.mqexporter.monitoring.ScaledRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An agent, a Prometheus with the shipped rules and an Alertmanager, which watch brokers that are
 * in trouble. The durations of the rules are divided by 60: a minute is a second.
 */
final class AlertWatch implements AutoCloseable {

  private static final int FACTOR = 60;
  private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration COLLECTION_INTERVAL = Duration.ofSeconds(2);

  private final List<AgentProcess> agents;
  private final Alertmanager alertmanager;
  private final Prometheus prometheus;

  private AlertWatch(List<AgentProcess> agents, Alertmanager alertmanager, Prometheus prometheus) {
    this.agents = agents;
    this.alertmanager = alertmanager;
    this.prometheus = prometheus;
  }

  /**
   * Begins to watch.
   *
   * @param name of the folders that it works in
   * @param targets what follows {@code targets:} in the agent's configuration
   */
  static AlertWatch start(String name, String targets) throws Exception {
    AgentProcess agent =
        AgentProcess.start(
            name + "-agent",
            "interval: %ds\nlag_objectives: [{consumers: '.*', objective: 2s}]\ntargets:\n%s"
                .formatted(COLLECTION_INTERVAL.toSeconds(), targets));
    return start(name, List.of(agent));
  }

  /** Begins to watch some agents, which are its own from then on. */
  static AlertWatch start(String name, List<AgentProcess> agents) {
    int alertmanagerPort = Ports.free();
    Alertmanager alertmanager = Alertmanager.start(name + "-alertmanager", alertmanagerPort);
    Prometheus prometheus =
        Prometheus.start(
            new Prometheus.Setup(
                name + "-prometheus",
                Ports.free(),
                agents.stream().map(AgentProcess::port).toList(),
                alertmanagerPort,
                SCRAPE_INTERVAL,
                FACTOR));
    return new AlertWatch(new ArrayList<>(agents), alertmanager, prometheus);
  }

  AgentProcess agent() {
    return agents.getFirst();
  }

  /** Ends one of the agents and starts it anew. */
  void restart(int agent, String configuration, List<String> flags) {
    AgentProcess ended = agents.get(agent);
    ended.close();
    agents.set(agent, ended.again(configuration, flags));
  }

  /** Waits until a query has a result. */
  void awaitResult(String query) {
    await().until(() -> hasResult(query));
  }

  boolean hasResult(String query) {
    return !prometheus.query(query).isEmpty();
  }

  /** Waits for an alert whose labels contain a text, and sees that it came in time and in whole. */
  void awaitFiring(String alert, String about) {
    awaitFiring(alert, about, Patience.LONGEST);
  }

  /** Waits for an alert as above, for another time. */
  void awaitFiring(String alert, String about, Duration atMost) {
    JsonNode arrived =
        await(alert)
            .atMost(atMost)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> arrived(alert, about), Optional::isPresent)
            .orElseThrow();
    for (String annotation : List.of("summary", "description", "runbook_url", "dashboard_url")) {
      assertThat(arrived.path("annotations").path(annotation).asText())
          .as("%s of %s", annotation, alert)
          .isNotBlank()
          .doesNotContain("{{", "<error", "<no value>");
    }
    Instant startsAt = Instant.parse(arrived.path("startsAt").asText());
    for (JsonNode active : prometheus.alerts()) {
      if (active.path("labels").equals(arrived.path("labels"))) {
        Duration pending =
            Duration.between(Instant.parse(active.path("activeAt").asText()), startsAt);
        Duration held =
            ScaledRules.duration(Alerts.rule(alert).keys().getOrDefault("for", "0s"))
                .dividedBy(FACTOR);
        assertThat(pending)
            .as("%s fires within for and two intervals", alert)
            .isLessThanOrEqualTo(held.plus(COLLECTION_INTERVAL.multipliedBy(2)));
      }
    }
  }

  private Optional<JsonNode> arrived(String alert, String about) {
    return alertmanager.alerts().stream()
        .filter(one -> one.path("labels").path("alertname").asText().equals(alert))
        .filter(one -> one.path("labels").toString().contains(about))
        .findFirst();
  }

  /** Waits until none of some alerts is told any more. */
  void awaitResolved(String... alerts) {
    await()
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(alertmanager.alerts())
                .extracting(alert -> alert.path("labels").path("alertname").asText())
                .doesNotContain(alerts));
  }

  @Override
  public void close() {
    prometheus.close();
    alertmanager.close();
    agents.forEach(AgentProcess::close);
  }
}
