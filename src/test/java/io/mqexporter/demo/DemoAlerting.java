package io.mqexporter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Ports;
import io.mqexporter.monitoring.Alertmanager;
import io.mqexporter.monitoring.Prometheus;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The alerts of the demo.
 *
 * @param out where to say what is done
 * @param started takes what has to be closed in the end
 */
record DemoAlerting(PrintStream out, Consumer<AutoCloseable> started) {

  private static final int PROMETHEUS_PORT = 19092;
  private static final int ALERTMANAGER_PORT = 19093;

  /** What the durations of the alert rules are divided by, so that one fires while people watch. */
  private static final int ALERTS_FACTOR = 30;

  private static final String ALERT_ON_PURPOSE = "MessagingConsumerStopped";

  /** A line that says where to look. */
  static final String HINT =
      "Alerts          http://127.0.0.1:%d/alerts (one follows here; durations are divided by %d)%n"
          .formatted(PROMETHEUS_PORT, ALERTS_FACTOR);

  /** Starts Prometheus and Alertmanager with the shipped rules, if they are installed. */
  Optional<Alertmanager> start(int agentPort) {
    for (String command : List.of("prometheus", "prometheus-alertmanager")) {
      if (!Command.isOnPath(command)) {
        out.println("Going on without alerts: " + command + " is not installed");
        return Optional.empty();
      }
    }
    for (int port : List.of(PROMETHEUS_PORT, ALERTMANAGER_PORT)) {
      if (Ports.isOpen(port)) {
        out.println("Going on without alerts: 127.0.0.1:" + port + " is in use");
        return Optional.empty();
      }
    }
    out.println("Starting Prometheus and Alertmanager ...");
    Alertmanager alertmanager = keep(Alertmanager.start("demo-alertmanager", ALERTMANAGER_PORT));
    keep(
        Prometheus.start(
            new Prometheus.Setup(
                "demo-prometheus",
                PROMETHEUS_PORT,
                List.of(agentPort),
                ALERTMANAGER_PORT,
                Duration.ofSeconds(2),
                ALERTS_FACTOR)));
    return Optional.of(alertmanager);
  }

  /** Shows the first alert on the consumers that the workloads stop on purpose. */
  void tellOfAlert(Alertmanager alertmanager, CountDownLatch interrupted) {
    try {
      while (!interrupted.await(1, TimeUnit.SECONDS)) {
        Optional<JsonNode> alert =
            alertmanager.alerts().stream()
                .filter(a -> a.path("labels").path("alertname").asText().equals(ALERT_ON_PURPOSE))
                .findFirst();
        if (alert.isPresent()) {
          out.printf(
              "%nAlert           %s: %s%n                %s/#/alerts?filter=%%7Balertname%%3D%%22%s%%22%%7D%n",
              ALERT_ON_PURPOSE,
              alert.get().path("annotations").path("description").asText(),
              alertmanager.url(),
              ALERT_ON_PURPOSE);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException e) {
      // Alertmanager is gone; whoever ended it knows.
      return;
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.accept(part);
    return part;
  }
}
