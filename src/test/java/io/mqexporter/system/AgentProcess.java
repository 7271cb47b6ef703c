package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged agent as a process, as a user runs it. */
final class AgentProcess implements AutoCloseable {

  private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path script;
  private final Process process;
  private final Path log;
  private final int port;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(SCRAPE_TIMEOUT).build();

  private AgentProcess(Path script, Process process, Path log, int port) {
    this.script = script;
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts the agent anew where this one, which has ended, ran and listened. */
  AgentProcess again(String configuration, List<String> flags) {
    return start(script, log.resolveSibling(""), port, configuration, Map.of(), flags);
  }

  /** Starts the agent with a configuration file of this content and waits until it listens. */
  static AgentProcess start(String name, String configuration) {
    return start(name, configuration, Map.of());
  }

  /** Starts the agent with further variables in its environment. */
  static AgentProcess start(String name, String configuration, Map<String, String> environment) {
    return start(name, configuration, environment, List.of());
  }

  /** Starts the agent with further flags. */
  static AgentProcess start(
      String name, String configuration, Map<String, String> environment, List<String> flags) {
    return start(Repository.emptyRunFolder(name), configuration, environment, flags);
  }

  /** Starts the agent in a folder, which it may have run in before. */
  static AgentProcess start(
      Path folder, String configuration, Map<String, String> environment, List<String> flags) {
    return start(
        Repository.file("exporter/target/mq-exporter"),
        folder,
        Ports.free(),
        configuration,
        environment,
        flags);
  }

  /** Starts an agent that says that it is of another version. */
  static AgentProcess startOfVersion(
      String version, String name, String configuration, List<String> flags) throws IOException {
    Path built = Repository.file("exporter/target");
    Path home = Repository.emptyRunFolder(name + "-" + version);
    for (String file : List.of("mq-exporter", "java.options", "mq-exporter.jar")) {
      Files.copy(built.resolve(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createSymbolicLink(home.resolve("lib"), built.resolve("lib"));
    try (FileSystem jar = FileSystems.newFileSystem(home.resolve("mq-exporter.jar"))) {
      Path manifest = jar.getPath("META-INF", "MANIFEST.MF");
      Files.writeString(
          manifest,
          Files.readString(manifest)
              .replaceFirst(
                  "(?m)^Implementation-Version: .*$", "Implementation-Version: " + version));
    }
    return start(
        home.resolve("mq-exporter"),
        Repository.emptyRunFolder(name),
        Ports.free(),
        configuration,
        Map.of(),
        flags);
  }

  private static AgentProcess start(
      Path script,
      Path folder,
      int port,
      String configuration,
      Map<String, String> environment,
      List<String> flags) {
    Path file = folder.resolve("mq-exporter.yaml");
    Path log = folder.resolve("agent.log");
    var command =
        new ArrayList<>(
            List.of(
                // Started under nohup, the Java runtime would leave the signal ignored.
                "env",
                "--default-signal=HUP",
                script.toString(),
                "--web.listen-address=127.0.0.1:" + port));
    if (flags.stream().noneMatch(flag -> flag.startsWith("--config.file="))) {
      command.add("--config.file=" + file);
    }
    command.addAll(flags);
    try {
      Files.writeString(file, configuration);
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(log.toFile())
              .redirectOutput(folder.resolve("agent.out").toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      var agent = new AgentProcess(script, process, log, port);
      agent.awaitListening();
      return agent;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Scrapes once; a scrape that is not answered before Prometheus would give up is an error. */
  Exposition scrape() {
    return Exposition.parse(get("/metrics").body());
  }

  HttpResponse<String> get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(SCRAPE_TIMEOUT)
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns the log's lines that contain a text. */
  List<String> logLines(String text) {
    try {
      return Files.readAllLines(log).stream().filter(line -> line.contains(text)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGKILL. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns what the agent wrote to its standard output: a line that is cut comes last. */
  List<String> output() {
    try {
      return Files.readString(log.resolveSibling("agent.out")).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the log events on its standard output, but for one that is being written. */
  List<JsonNode> events() {
    var events = new ArrayList<JsonNode>();
    for (String line : output()) {
      try {
        events.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        // A kill has cut it: it comes once more.
      }
    }
    return events;
  }

  /** Returns the messages of these events. */
  List<String> messages() {
    return events().stream().map(event -> event.path("message").asText()).toList();
  }

  /** Sends SIGTERM and returns the exit code. */
  int terminate(Duration timeout) {
    process.destroy();
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the agent did not end within " + timeout);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitListening() {
    try {
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !process.isAlive() || Ports.isOpen(port));
    } catch (ConditionTimeoutException e) {
      process.destroyForcibly();
      throw e;
    }
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the agent does not listen:\n" + String.join("\n", new ArrayList<>(logLines(""))));
    }
  }
}
