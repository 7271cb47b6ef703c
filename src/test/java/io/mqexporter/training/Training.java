package io.mqexporter.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets the packaged agent read stand-ins of the three brokers once and be scraped. From what its
 * JVM noted of that, another one writes an ahead-of-time cache (JEP 483); an emulated JVM could not
 * start that other one by itself (JEP 514).
 */
public final class Training {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WRITE_TIMEOUT = Duration.ofMinutes(3);

  private Training() {}

  /** Writes the cache of the agent that was built to the file that the argument names. */
  public static void main(String[] arguments) throws IOException {
    write(
        Repository.file("exporter/target/mq-exporter"),
        Path.of(System.getProperty("java.home")),
        Path.of(arguments[0]),
        1);
  }

  /**
   * Writes the cache of an agent, or fails with an exception.
   *
   * @param agent its start script
   * @param javaHome the Java that runs it, now and later
   * @param cache the file to write
   * @param patience how many times as long is waited: more than once for what is emulated
   */
  public static void write(Path agent, Path javaHome, Path cache, int patience) throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer rabbitMq = HttpServer.create(loopback, 0);
    rabbitMq.createContext("/", Training::answerForRabbitMq);
    rabbitMq.start();
    try (FrameServer kafka = FrameServer.start(StandIns::kafka);
        FrameServer rocketMq = FrameServer.start(StandIns::rocketMq);
        var client = HttpClient.newHttpClient()) {
      String configuration =
          """
          interval: 1m
          timeout: 1m
          targets:
            - name: kafka
              kafka: {bootstrap_servers: '127.0.0.1:%d'}
            - name: rabbitmq
              rabbitmq: {url: 'http://127.0.0.1:%d'}
            - name: rocketmq
              rocketmq: {name_servers: '127.0.0.1:%d'}
          """
              .formatted(kafka.port(), rabbitMq.getAddress().getPort(), rocketMq.port());
      train(agent, javaHome, configuration, cache, patience, client);
    } finally {
      rabbitMq.stop(0);
    }
  }

  private static void answerForRabbitMq(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = StandIns.rabbitMq(exchange.getRequestURI().getPath());
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void train(
      Path agentScript,
      Path javaHome,
      String configuration,
      Path cache,
      int patience,
      HttpClient client)
      throws IOException {
    Path folder = Repository.emptyRunFolder("training");
    Path file = folder.resolve("mq-exporter.yaml");
    Files.writeString(file, configuration);
    int port = Ports.free();
    Duration writeTimeout = WRITE_TIMEOUT.multipliedBy(patience);
    Path notes = folder.resolve("mq-exporter.aotconf");
    var command =
        List.of(
            agentScript.toString(),
            "--config.file=" + file,
            "--web.listen-address=127.0.0.1:" + port);
    var note = environment(javaHome, "-XX:AOTMode=record -XX:AOTConfiguration=" + notes);
    try (var agent = ServerProcess.start("agent", folder, note, command)) {
      agent.awaitReady(
          READY_TIMEOUT.multipliedBy(patience),
          () -> readsAll(port, SCRAPE_TIMEOUT.multipliedBy(patience), client));
      agent.handle().destroy();
      agent.handle().onExit().orTimeout(writeTimeout.toSeconds(), TimeUnit.SECONDS).join();
    }
    Command.run(
        writeTimeout,
        environment(
            javaHome,
            "-XX:AOTMode=create -XX:AOTConfiguration=%s -XX:AOTCache=%s".formatted(notes, cache)),
        command);
  }

  /** The one compiler that the agent is run with has no use for profiles of its methods. */
  private static Map<String, String> environment(Path javaHome, String options) {
    return Map.of(
        "JAVA_HOME",
        javaHome.toString(),
        "JAVA_OPTS",
        options + " -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -Xlog:disable");
  }

  private static boolean readsAll(int port, Duration timeout, HttpClient client) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(timeout)
            .build();
    try {
      String page = client.send(request, BodyHandlers.ofString()).body();
      return page.lines()
              .filter(line -> line.startsWith("messaging_up{") && line.endsWith(" 1"))
              .count()
          == 3;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
