package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged agent when the kernel refuses it something. */
class LogFaultsIT {

  private static String configuration(Path folder) {
    return """
    interval: 1s
    targets:
      - {name: none, interval: 1h, kafka: {bootstrap_servers: "127.0.0.1:1"}}
    logs:
      state_folder: %1$s/state
      sources:
        - {system: kafka, paths: '%1$s/log/*.log', level: trace}
      sinks:
        - stdout: {}
    """
        .formatted(folder);
  }

  /** Starts an agent, and waits until it knows what was there before. */
  static AgentProcess start(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("log"));
    AgentProcess agent = AgentProcess.start(folder, configuration(folder), Map.of(), List.of());
    await().until(() -> Files.exists(folder.resolve("state/journal")));
    return agent;
  }

  static void append(Path log, String message) {
    try {
      Files.writeString(
          log,
          "[2025-04-09 10:00:00,393] ERROR %s (kafka.Log)\n".formatted(message),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void withoutFreeDescriptorsItWaits() throws Exception {
    Path folder = Repository.emptyRunFolder("log-faults-descriptors");
    Path log = folder.resolve("log/first.log");
    try (AgentProcess agent = start(folder)) {
      append(log, message(0));
      awaitMessages(agent, 1);
      String limits = limits(agent);
      setLimit(agent, "3:" + limits.substring(limits.indexOf(':') + 1));
      append(folder.resolve("log/second.log"), message(1));
      awaitLine(agent, "Too many open files");
      append(log, message(2));
      setLimit(agent, limits);

      awaitMessages(agent, 3);
      assertThat(agent.logLines("second.log cannot be read: Too many open files"))
          .hasSizeLessThan(2);
    }
  }

  private static String limits(AgentProcess agent) {
    return prlimit(agent, "--nofile", "--raw", "--noheadings", "--output=SOFT,HARD")
        .strip()
        .replaceAll("\\s+", ":");
  }

  private static void setLimit(AgentProcess agent, String limits) {
    prlimit(agent, "--nofile=" + limits);
  }

  private static String prlimit(AgentProcess agent, String... arguments) {
    var command = new ArrayList<>(List.of("prlimit", "--pid=" + agent.handle().pid()));
    command.addAll(List.of(arguments));
    return Command.run(Patience.LONGEST, Map.of(), command);
  }

  /** A full disk, and one that fails. */
  @ParameterizedTest
  @CsvSource({"/dev/full, No space left on device", "/proc/version, Input/output error"})
  void whileTheStateCannotBeWrittenNothingIsSent(Path device, String reason) throws Exception {
    Path folder = Repository.emptyRunFolder("log-faults-state-" + device.getFileName());
    Path log = folder.resolve("log/server.log");
    try (AgentProcess agent = start(folder)) {
      append(log, message(0));
      awaitMessages(agent, 1);
      Path next = folder.resolve("state/journal.next");
      await().until(() -> isLinked(next, device));
      Files.writeString(
          folder.resolve("log/other.log"), "[2025-04-09 10:00:00,393] ERROR line-000001 (a.B)\n");
      awaitLine(agent, reason);
      assertThat(agent.logLines("forwarding stands still until it can")).hasSize(1);
      await().until(() -> agent.get("/").body().contains(reason));
      assertThat(agent.messages()).containsExactly(message(0));
      Files.delete(next);

      awaitMessages(agent, 2);
      assertThat(agent.logLines("the journal can be written again")).hasSize(1);
    }
  }

  /** The agent may be writing there at this moment. */
  private static boolean isLinked(Path link, Path to) throws IOException {
    try {
      Files.createSymbolicLink(link, to);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Test
  void aFileThatFailsDoesNotStopTheOthers() throws Exception {
    Path folder = Repository.emptyRunFolder("log-faults-read");
    try (AgentProcess agent = start(folder)) {
      // There is nothing at its beginning, which Linux says in the words of a broken disk.
      Files.createSymbolicLink(folder.resolve("log/broken.log"), Path.of("/proc/self/mem"));
      append(folder.resolve("log/server.log"), message(0));
      awaitMessages(agent, 1);
      awaitLine(agent, "broken.log cannot be read: Input/output error");
      append(folder.resolve("log/server.log"), message(1));

      awaitMessages(agent, 2);
      assertThat(agent.logLines("Input/output error")).hasSize(1);
    }
  }

  private static String message(int number) {
    return RotatingWriter.message(number);
  }

  private static void awaitLine(AgentProcess agent, String text) {
    await().until(() -> !agent.logLines(text).isEmpty());
  }

  private static void awaitMessages(AgentProcess agent, int count) {
    await()
        .untilAsserted(() ->
            assertThat(agent.messages())
                .containsExactlyInAnyOrderElementsOf(
                    Stream.iterate(0, i -> i + 1).limit(count).map(LogFaultsIT::message).toList()));
  }
}
