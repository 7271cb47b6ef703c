package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds what the agent makes of a real broker's log against what is written there. */
final class LogTruth {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LogTruth() {}

  /**
   * Asserts that each event of a log is forwarded, and that all of its lines are in events.
   *
   * @param folders where the files are
   * @param names the pattern of their names
   * @param head what the first line of an event begins with; lines in a row with the same text for
   *     it are one event if that holds for this broker
   * @param isRepeated whether it does
   * @return the events
   */
  static List<JsonNode> assertForwarded(
      String name,
      String system,
      List<Path> folders,
      String names,
      Pattern head,
      boolean isRepeated) {
    Path folder = Repository.emptyRunFolder(name);
    String configuration =
        """
        interval: 1s
        targets: [{name: none, interval: 1h, kafka: {bootstrap_servers: "127.0.0.1:1"}}]
        logs:
          state_folder: %s/state
          sources: [{system: %s, paths: [%s], level: trace, exclude_paths: []}]
          sinks: [{stdout: {}}]
        """
            .formatted(
                folder,
                system,
                folders.stream().map(f -> f + "/" + names).collect(Collectors.joining(", ")));
    try (AgentProcess agent = AgentProcess.start(folder, configuration, Map.of(), List.of())) {
      // The broker goes on writing: what counts is what is there now.
      Map<String, Set<Long>> written = written(folders, names, head, isRepeated);
      await()
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> assertThat(forwarded(agent.output(), head, written)).isEqualTo(written));
      assertThat(agent.scrape().values("mq_exporter_log_unparsed_events_total"))
          .isNotEmpty()
          .containsOnly(0.0);
      return agent.output().stream().map(LogTruth::json).toList();
    }
  }

  /** Returns where the events of each file begin, in bytes. */
  private static Map<String, Set<Long>> written(
      List<Path> folders, String names, Pattern head, boolean isRepeated) {
    var offsets = new HashMap<String, Set<Long>>();
    for (Path folder : folders) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
        for (Path file : files) {
          Set<Long> ofFile = written(file, head, isRepeated);
          if (!ofFile.isEmpty()) {
            offsets.put(file.toString(), ofFile);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return offsets;
  }

  private static Set<Long> written(Path file, Pattern head, boolean isRepeated) throws IOException {
    var offsets = new TreeSet<Long>();
    String last = "";
    long offset = 0;
    for (String line : Files.readString(file).split("\n", -1)) {
      Matcher beginning = head.matcher(line);
      if (beginning.lookingAt()) {
        if (!isRepeated || !beginning.group().equals(last)) {
          offsets.add(offset);
        }
        last = beginning.group();
      }
      offset += line.getBytes(UTF_8).length + 1;
    }
    return offsets;
  }

  /** Returns the same of the events that were forwarded, up to the last one that is expected. */
  private static Map<String, Set<Long>> forwarded(
      List<String> output, Pattern head, Map<String, Set<Long>> expected) {
    var offsets = new HashMap<String, Set<Long>>();
    for (String line : output) {
      JsonNode event = json(line);
      String message = event.path("message").asText();
      assertThat(message.lines()).noneMatch(text -> head.matcher(text).lookingAt());
      String file = event.path("log.file.path").asText();
      long offset = event.path("log.offset").asLong();
      long last = expected.getOrDefault(file, Set.of()).stream().reduce(-1L, Math::max);
      if (offset <= last) {
        offsets.computeIfAbsent(file, _ -> new TreeSet<>()).add(offset);
      }
    }
    return offsets;
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
