package io.mqexporter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.monitoring.Alertmanager;
import io.mqexporter.monitoring.Prometheus;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The main job on real brokers: starts Kafka, RabbitMQ and RocketMQ with a workload worth watching,
 * and the agent in front of them. Runs until it is interrupted, or for {@code DEMO_SECONDS}.
 */
public final class Demo {

  private static final int PORT = 19090;
  private static final String URL = "http://127.0.0.1:" + PORT;
  private static final int PROMETHEUS_PORT = 19092;
  private static final int ALERTMANAGER_PORT = 19093;

  /** What the durations of the alert rules are divided by, so that one fires while people watch. */
  private static final int ALERTS_FACTOR = 30;

  private static final String ALERT_ON_PURPOSE = "MessagingConsumerStopped";
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);
  private static final int EXIT_BAD_INPUT = 2;

  private final PrintStream out;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /**
   * One broker of the demo.
   *
   * @param target the name of its target
   * @param broker how the agent reaches it, as lines of its configuration
   * @param workload starts its producers and consumers
   * @param logs its log files
   */
  private record Part(
      String target, String broker, Callable<AutoCloseable> workload, DemoLogs.Source logs) {}

  private Demo(PrintStream out) {
    this.out = out;
  }

  /** Runs the demo. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    Optional<Duration> limit = Optional.empty();
    String seconds = System.getenv().getOrDefault("DEMO_SECONDS", "");
    if (!seconds.isEmpty()) {
      if (!seconds.matches("[1-9]\\d{0,5}")) {
        out.println("DEMO_SECONDS: " + seconds + " (expected: a number of seconds)");
        System.exit(EXIT_BAD_INPUT);
      }
      limit = Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
    }
    if (Ports.isOpen(PORT)) {
      out.println("127.0.0.1:" + PORT + ": in use (expected: to be free for the agent)");
      System.exit(EXIT_BAD_INPUT);
    }
    var demo = new Demo(out);
    var interrupted = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              interrupted.countDown();
              awaitQuietly(stopped);
            }));
    int exitCode = demo.run(limit, interrupted);
    stopped.countDown();
    System.exit(exitCode);
  }

  private int run(Optional<Duration> limit, CountDownLatch interrupted) {
    try {
      List<Part> parts = startBrokers();
      out.println("Starting OpenSearch ...");
      DemoLogs logs = keep(DemoLogs.start());
      startAgent(parts, logs);
      List<DemoLogs.Source> sources = parts.stream().map(Part::logs).toList();
      Thread.ofVirtual().start(() -> DemoLogs.provokeErrors(sources, interrupted));
      Optional<Alertmanager> alertmanager = startAlerting();
      startWorkloads(parts);
      awaitEvents(logs);
      show(limit, alertmanager.isPresent(), logs);
      alertmanager.ifPresent(a -> Thread.ofVirtual().start(() -> tellOfAlert(a, interrupted)));
      if (limit.isPresent()) {
        interrupted.await(limit.get().toMillis(), TimeUnit.MILLISECONDS);
      } else {
        interrupted.await();
      }
      return 0;
    } catch (Exception e) {
      // Whatever happens once everything is being stopped is a consequence of that.
      if (interrupted.getCount() > 0) {
        out.println("The demo cannot go on: " + e.getMessage());
      }
      return 1;
    } finally {
      stop();
    }
  }

  /** Starts the brokers and returns, for each, its target and what starts its workload. */
  private List<Part> startBrokers() {
    var parts = new ArrayList<Part>();
    out.println("Starting Kafka ...");
    KafkaBroker kafka = keep(KafkaBroker.startLogging("demo-kafka"));
    parts.add(
        new Part(
            "kafka-demo",
            "kafka: {bootstrap_servers: '%s'}%n    jmx: {addresses: '%s'}"
                .formatted(kafka.bootstrapServers(), kafka.jmxAddress()),
            () -> KafkaWorkload.start(kafka),
            new DemoLogs.Source(
                "kafka-demo", KafkaBroker.logFile("demo-kafka"), port(kafka.bootstrapServers()))));
    Optional<String> unavailable = RabbitMqBroker.unavailable();
    if (unavailable.isPresent()) {
      out.println("Going on without RabbitMQ: " + unavailable.get());
    } else {
      out.println("Starting RabbitMQ ...");
      RabbitMqBroker rabbitMq = keep(RabbitMqBroker.start("demo-rabbitmq"));
      parts.add(
          new Part(
              "rabbitmq-demo",
              "rabbitmq: {url: '" + rabbitMq.managementUrl() + "'}",
              () -> RabbitMqWorkload.start(rabbitMq),
              new DemoLogs.Source(
                  "rabbitmq-demo",
                  Repository.file("target/run/rabbitmq-demo-rabbitmq/rabbitmq.log"),
                  rabbitMq.connectionFactory().getPort())));
    }
    out.println("Starting RocketMQ ...");
    RocketMqBroker rocketMq = keep(RocketMqBroker.start("demo-rocketmq"));
    parts.add(
        new Part(
            "rocketmq-demo",
            "rocketmq: {name_servers: '" + rocketMq.nameServer() + "'}",
            () -> RocketMqWorkload.start(rocketMq),
            new DemoLogs.Source(
                "rocketmq-demo",
                rocketMq.folder().resolve("*/logs/rocketmqlogs/*.log"),
                port(rocketMq.broker()))));
    return parts;
  }

  /** Starts the workloads once the agent watches, so that it knows when each message was sent. */
  private void startWorkloads(List<Part> parts) throws Exception {
    out.println("Starting producers and consumers ...");
    for (Part part : parts) {
      keep(part.workload().call());
    }
    long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
    while (parts.stream().anyMatch(part -> !isAtWork(part)) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static boolean isAtWork(Part part) {
    List<String> lines =
        get("/metrics").body().lines().filter(line -> line.contains(part.target())).toList();
    return Stream.of("messaging_consumer_lag_messages", "messaging_dead_letter_messages")
        .allMatch(name -> lines.stream().anyMatch(line -> line.startsWith(name)));
  }

  /** Waits until each broker has complained of something, or goes on without. */
  private static void awaitEvents(DemoLogs logs) throws InterruptedException {
    long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
    while (logs.count() == 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private void startAgent(List<Part> parts, DemoLogs logs) throws IOException {
    out.println("Starting the agent ...");
    Path folder = Repository.emptyRunFolder("demo-agent");
    Path configuration = folder.resolve("mq-exporter.yaml");
    String targets =
        parts.stream()
            .map(part -> "  - name: " + part.target() + "\n    " + part.broker() + "\n")
            .collect(Collectors.joining());
    String forwarding =
        logs.configuration(parts.stream().map(Part::logs).toList(), folder.resolve("state"));
    Files.writeString(configuration, "interval: 5s\ntargets:\n" + targets + forwarding);
    ServerProcess agent =
        keep(
            ServerProcess.start(
                "agent",
                folder,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(
                    Repository.file("exporter/target/mq-exporter").toString(),
                    "--config.file=" + configuration,
                    "--web.listen-address=127.0.0.1:" + PORT)));
    agent.awaitReady(
        READY_TIMEOUT, () -> Ports.isOpen(PORT) && get("/-/ready").statusCode() == 200);
  }

  /** Starts Prometheus and Alertmanager with the shipped rules, if they are installed. */
  private Optional<Alertmanager> startAlerting() {
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
                PORT,
                ALERTMANAGER_PORT,
                Duration.ofSeconds(2),
                ALERTS_FACTOR)));
    return Optional.of(alertmanager);
  }

  /** Shows the first alert on the consumers that the workloads stop on purpose. */
  private void tellOfAlert(Alertmanager alertmanager, CountDownLatch interrupted) {
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

  private void show(Optional<Duration> limit, boolean alerting, DemoLogs logs) {
    out.println();
    get("/metrics")
        .body()
        .lines()
        .filter(line ->
            line.startsWith("messaging_up")
                || line.startsWith("messaging_consumer_lag_messages")
                || line.startsWith("messaging_dead_letter_messages")
                || (line.startsWith("messaging_log_events_total") && !line.endsWith(" 0")))
        .forEach(out::println);
    out.printf(
        """

        Metrics         %s/metrics
        State           %s/
        Configuration   %s/config
        Brokers' errors %s
        %sLogs and data   %s

        %s
        """,
        URL,
        URL,
        URL,
        logs.query(),
        alerting
            ? "Alerts          http://127.0.0.1:%d/alerts (one follows here; durations are divided by %d)%n"
                .formatted(PROMETHEUS_PORT, ALERTS_FACTOR)
            : "",
        Repository.file("target/run"),
        limit
            .map(duration -> "Ends by itself in " + duration.toSeconds() + " s.")
            .orElse("Ctrl-C stops everything."));
  }

  private void stop() {
    out.println("Stopping ...");
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        out.println("Not stopped cleanly: " + e.getMessage());
      }
    }
    out.println("Stopped.");
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  private static HttpResponse<String> get(String path) {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(URL + path)).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(URL + path + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
