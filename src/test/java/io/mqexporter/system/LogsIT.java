package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqexporter.brokers.FluentPeer;
import io.mqexporter.brokers.FluentPeer.Demands;
import io.mqexporter.brokers.NodePeer;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged agent forwards logs that are rotated, and is killed meanwhile. */
class LogsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How often the agent is killed: a few times, or often in {@code make soak}. */
  private static final int ROUNDS = Integer.getInteger("logs.rounds", 8);

  private static String configuration(Path folder) {
    return """
    interval: 1s
    targets:
      - name: orders
        kafka: {bootstrap_servers: "127.0.0.1:1"}
        interval: 1h
    logs:
      state_folder: %1$s/state
      host: host-1
      sources:
        - target: orders
          paths: %1$s/log/*.log
          time_zone: UTC
          broker: broker-1
          pod: ${POD:-pod-1}
      sinks:
        - stdout: {}
    """
        .formatted(folder);
  }

  @Test
  @Timeout(3_600)
  void killedAtAnyInstantUnderRotationItLosesNothing() {
    Path folder = Repository.emptyRunFolder("logs-killed");
    String configuration = configuration(folder);
    var random = new Random(4);
    var output = new ArrayList<String>();
    try (var writer = new RotatingWriter(folder.resolve("log"), 17);
        var first = AgentProcess.start(folder, configuration, Map.of(), List.of())) {
      // What was rotated before an agent's first start is left alone.
      await().until(() -> Files.exists(folder.resolve("state/journal")));
      first.kill();
      for (int round = 0; round < ROUNDS; round++) {
        writer.start();
        try (AgentProcess agent = AgentProcess.start(folder, configuration, Map.of(), List.of())) {
          awaitOutput(agent);
          // Not before something was sent, and then at any instant.
          await().pollDelay(Duration.ofMillis(random.nextInt(700))).until(() -> true);
          agent.kill();
          output.addAll(agent.output());
        }
        writer.pause();
      }
      try (AgentProcess agent = AgentProcess.start(folder, configuration, Map.of(), List.of())) {
        await()
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> missing(writer, messages(output, agent.output()).keySet()).isEmpty());
        output.addAll(agent.output());
      }
      Map<String, Set<String>> idsByMessage = messages(output, List.of());
      assertThat(missing(writer, idsByMessage.keySet())).isEmpty();
      assertThat(idsByMessage.values()).allMatch(ids -> ids.size() == 1);
      assertThat(idsByMessage.keySet()).hasSize(writer.lines());
      System.out.printf(
          "%d rounds, %d lines, %d events: %d sent again, with the same ids; 0 lost%n",
          ROUNDS, writer.lines(), output.size(), output.size() - writer.lines());
    }
  }

  private static void awaitOutput(AgentProcess agent) {
    await().until(() -> !agent.output().isEmpty());
  }

  private static Set<String> missing(RotatingWriter writer, Set<String> messages) {
    var missing = new TreeSet<String>();
    for (int i = 0; i < writer.lines(); i++) {
      missing.add(RotatingWriter.message(i));
    }
    missing.removeAll(messages);
    return missing;
  }

  /** Returns the ids that each message was sent with. A line that the kill has cut is left out. */
  private static Map<String, Set<String>> messages(List<String> lines, List<String> more) {
    var ids = new HashMap<String, Set<String>>();
    for (List<String> part : List.of(lines, more)) {
      for (String line : part) {
        event(line)
            .ifPresent(event ->
                ids.computeIfAbsent(event.path("message").asText(), _ -> new HashSet<>())
                    .add(event.path("event.id").asText()));
      }
    }
    return ids;
  }

  /** What the agent was killed amid of must come once more. */
  private static Optional<JsonNode> event(String line) {
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  @Test
  void whatAnEventCarriesAndWhatMetricsSay() throws IOException {
    Path folder = Repository.emptyRunFolder("logs-event");
    Path log = Files.createDirectories(folder.resolve("log")).resolve("server.log");
    Files.writeString(
        log,
        """
        [2025-04-09 10:00:00,393] INFO not forwarded (kafka.Log)
        [2025-04-09 10:00:00,394] ERROR [KafkaServer id=1] failed (kafka.server.KafkaServer)
        java.io.IOException: x
        \tat a.B.c(B.java:1)
        [2025-04-09 10:00:00,395] INFO not forwarded (kafka.Log)
        """);
    // Left alone unless a pattern of excluded names says otherwise.
    append(log.resolveSibling("kafkaServer-gc.log"), "ERROR", "of garbage collection");
    append(log.resolveSibling("kafka-request.log"), "ERROR", "of a request");
    try (AgentProcess agent =
        AgentProcess.start(folder, configuration(folder), Map.of("POD", "kafka-0"), List.of())) {
      awaitOutput(agent);
      JsonNode event = JSON.readTree(agent.output().getFirst());

      assertThat(event.path("@timestamp").asText()).isEqualTo("2025-04-09T10:00:00.394Z");
      assertThat(event.path("log.level").asText()).isEqualTo("error");
      assertThat(event.path("message").asText()).isEqualTo("failed");
      assertThat(event.path("kafka.log.component").asText()).isEqualTo("KafkaServer id=1");
      assertThat(event.path("error.stack_trace").asText()).startsWith("java.io.IOException: x\n");
      assertThat(event.path("kubernetes.pod.name").asText()).isEqualTo("kafka-0");
      assertThat(event.path("host.name").asText()).isEqualTo("host-1");
      assertThat(event.path("log.file.path").asText()).isEqualTo(log.toString());
      await()
          .untilAsserted(() -> {
            Exposition metrics = agent.scrape();
            assertThat(metrics.value("messaging_log_events_total", "level=\"error\"")).hasValue(1);
            assertThat(
                    metrics.value(
                        "mq_exporter_log_lag_bytes", "pattern=\"" + folder + "/log/*.log\""))
                .isPresent();
            assertThat(
                    metrics.value(
                        "mq_exporter_log_sink_acknowledged_events_total", "sink=\"stdout\""))
                .hasValue(1);
            assertThat(metrics.values("mq_exporter_log_files")).containsExactly(1.0);
          });
    }
  }

  @Test
  void theSecondAgentOfAStateFolderEnds() throws Exception {
    Path folder = Repository.emptyRunFolder("logs-second");
    try (AgentProcess first =
        AgentProcess.start(folder, configuration(folder), Map.of(), List.of())) {
      Path stderr = folder.resolve("second.log");
      Process second =
          new ProcessBuilder(
                  Repository.file("exporter/target/mq-exporter").toString(),
                  "--config.file=" + folder.resolve("mq-exporter.yaml"),
                  "--web.listen-address=127.0.0.1:0")
              .redirectError(stderr.toFile())
              .start();
      assertThat(second.waitFor(Duration.ofSeconds(20))).isTrue();
      assertThat(second.exitValue()).isEqualTo(2);
      assertThat(stderr)
          .hasContent(
              "mq-exporter: logs.state_folder: %s/state: in use by another agent, process %d (expected: a folder for each agent)"
                  .formatted(folder, first.handle().pid()));
    }
  }

  @Test
  void aChangeOfLogsIsTakenInAndTheJournalIsKept() throws IOException {
    Path folder = Repository.emptyRunFolder("logs-reload");
    Path log = Files.createDirectories(folder.resolve("log")).resolve("server.log");
    append(log, "ERROR", "first");
    append(log, "WARN", "not from this level on");
    append(log, "INFO", "which ends the one before");
    String atFirst =
        configuration(folder).replace("time_zone: UTC", "time_zone: UTC\n      level: error");
    try (AgentProcess agent = AgentProcess.start(folder, atFirst, Map.of(), List.of());
        NodePeer peer = FluentPeer.start("logs-reload-fluent", Demands.NONE)) {
      awaitMessages(agent, "first");

      // Another level and another pattern: what was read is not read again.
      Path other = folder.resolve("other/controller.log");
      Files.createDirectories(folder.resolve("other"));
      append(other, "WARN", "in another folder");
      append(other, "INFO", "which ends the one before");
      write(
          folder,
          atFirst.replace("level: error", "level: warn").replace("log/*.log", "{log,other}/*.log"));
      awaitMessages(agent, "first", "in another folder");
      append(log, "WARN", "second");
      append(log, "INFO", "which ends the one before");
      awaitMessages(agent, "first", "second", "in another folder");

      // Another sink beside it begins where the first one is.
      String both =
          configuration(folder)
              + "    - fluent: {addresses: '127.0.0.1:%d', timeout: 1s}%n".formatted(peer.port());
      write(folder, both);
      awaitTarget(agent, "addresses");
      append(log, "ERROR", "third");
      append(log, "INFO", "which ends the one before");
      await().until(() -> messagesOf(peer).contains("third"));
      awaitMessages(agent, "first", "second", "in another folder", "third");
      assertThat(messagesOf(peer)).doesNotContain("first", "second");

      // Another folder: there nothing is known.
      write(folder, configuration(folder).replace("/state", "/state-2"));
      await().until(() -> Files.exists(folder.resolve("state-2/journal")));
      await().until(() -> agent.messages().stream().filter("first"::equals).count() == 2);

      // None at all, while a sink waits for its receiver: ending takes longer than an interval.
      write(
          folder,
          configuration(folder).replace("/state", "/state-2")
              + "    - fluent: {addresses: '127.0.0.1:1', timeout: 1s}\n");
      awaitTarget(agent, "addresses");
      append(log, "ERROR", "fourth");
      append(log, "INFO", "which ends the one before");
      await()
          .until(() ->
              agent.scrape().values("mq_exporter_log_sink_waiting_seconds").stream()
                  .anyMatch(seconds -> seconds > 0));
      write(folder, configuration(folder).replaceFirst("(?s)logs:.*", ""));
      await().until(() -> agent.scrape().values("mq_exporter_log_files").isEmpty());
      assertThat(agent.logLines("Exception")).isEmpty();
    }
  }

  private static void append(Path log, String level, String message) throws IOException {
    Files.writeString(
        log,
        "[2025-04-09 10:00:00,393] %s %s (kafka.Log)\n".formatted(level, message),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Replaces the configuration at once, as an editor does. */
  private static void write(Path folder, String configuration) throws IOException {
    Path next = Files.writeString(folder.resolve("next.yaml"), configuration);
    Files.move(next, folder.resolve("mq-exporter.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitTarget(AgentProcess agent, String text) {
    await().until(() -> agent.get("/config").body().contains(text));
  }

  private static void awaitMessages(AgentProcess agent, String... messages) {
    await().untilAsserted(() -> assertThat(agent.messages()).containsExactlyInAnyOrder(messages));
  }

  private static List<String> messagesOf(NodePeer peer) {
    return peer.entries().stream()
        .map(entry -> entry.path("record").path("message").asText())
        .toList();
  }
}
