package io.mqexporter.demo;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.monitoring.Alertmanager;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
  private static final int EXIT_BAD_INPUT = 2;

  private final PrintStream out;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

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
      List<DemoBroker> parts = new DemoBrokers(out, started::push).start();
      out.println("Starting OpenSearch ...");
      DemoLogs logs = keep(DemoLogs.start());
      startAgent(parts, logs);
      List<DemoLogs.Source> sources = parts.stream().map(DemoBroker::logs).toList();
      Thread.ofVirtual().start(() -> DemoLogs.provokeErrors(sources, interrupted));
      var alerting = new DemoAlerting(out, started::push);
      Optional<Alertmanager> alertmanager = alerting.start(PORT);
      startWorkloads(parts);
      awaitEvents(logs);
      show(limit, alertmanager.isPresent(), logs);
      alertmanager.ifPresent(
          a -> Thread.ofVirtual().start(() -> alerting.tellOfAlert(a, interrupted)));
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

  /** Starts the workloads once the agent watches, so that it knows when each message was sent. */
  private void startWorkloads(List<DemoBroker> parts) throws Exception {
    out.println("Starting producers and consumers ...");
    for (DemoBroker part : parts) {
      keep(part.workload().call());
    }
    long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
    while (parts.stream().anyMatch(part -> !isAtWork(part)) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static boolean isAtWork(DemoBroker part) {
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

  private void startAgent(List<DemoBroker> parts, DemoLogs logs) throws IOException {
    out.println("Starting the agent ...");
    Path folder = Repository.emptyRunFolder("demo-agent");
    Path configuration = folder.resolve("mq-exporter.yaml");
    String targets =
        parts.stream()
            .map(part -> "  - name: " + part.target() + "\n    " + part.broker() + "\n")
            .collect(Collectors.joining());
    String forwarding =
        logs.configuration(parts.stream().map(DemoBroker::logs).toList(), folder.resolve("state"));
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
        alerting ? DemoAlerting.HINT : "",
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
