package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged agent beside what real programs and a real kernel do to logs. */
@Timeout(120)
class LogFaultsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration OFTEN = Duration.ofMillis(500);
  private static final Pattern MESSAGE = Pattern.compile("line-\\d{6}");
  private static final int ROTATIONS = 4;

  /** How Kafka writes the first line of an event, after the bracket. */
  private static final Pattern KAFKA_HEAD =
      Pattern.compile("(?m)^\\[(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d),(\\d{3})] [A-Z]+ ");

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
  private static AgentProcess start(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("log"));
    AgentProcess agent = AgentProcess.start(folder, configuration(folder), Map.of(), List.of());
    await().until(() -> Files.exists(folder.resolve("state/journal")));
    return agent;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create",
        "create\ncompress\ndelaycompress",
        "copytruncate",
        "copytruncate\ncompress"
      })
  void whatLogrotateDoesToALogCostsNoLine(String how) throws Exception {
    Path folder = Repository.emptyRunFolder("log-faults-" + how.replace('\n', '-'));
    Path log = folder.resolve("log/server.log");
    Path rules =
        Files.writeString(
            folder.resolve("logrotate.conf"),
            "%s {\nrotate 50\nmissingok\n%s\n}\n".formatted(log, how));
    var stopped = new AtomicInteger();
    try (AgentProcess agent = start(folder)) {
      Thread writer = Thread.ofPlatform().start(() -> writeUntil(log, stopped));
      for (int i = 0; i < ROTATIONS; i++) {
        int seen = agent.output().size();
        await().atMost(PATIENCE).until(() -> agent.output().size() > seen);
        Command.run(
            PATIENCE,
            Map.of(),
            List.of(
                "/usr/sbin/logrotate",
                "--force",
                "--state",
                folder.resolve("logrotate.state").toString(),
                rules.toString()));
      }
      stopped.set(1);
      writer.join();

      Set<String> written = messagesIn(folder.resolve("log"));
      await()
          .atMost(PATIENCE)
          .pollInterval(OFTEN)
          .untilAsserted(() -> assertThat(messages(agent)).containsAll(written));
      assertThat(messages(agent)).doesNotHaveDuplicates();
      double losses = sum(agent, "mq_exporter_log_possible_losses_total");
      // What is written between the copy and the cut is nowhere: nobody can know of it.
      assertThat(losses > 0).isEqualTo(how.startsWith("copytruncate"));
      if (losses == 0) {
        assertThat(written).hasSize(stopped.get() - 1);
      }
    }
  }

  /** Writes as a shell does: each line to the file that has the name at that time. */
  private static void writeUntil(Path log, AtomicInteger stopped) {
    int lines = 0;
    while (stopped.get() == 0) {
      append(log, message(lines++));
      await().pollDelay(Duration.ofMillis(2)).until(() -> true);
    }
    stopped.set(lines + 1);
  }

  private static void append(Path log, String message) {
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
  void whatKafkaRollsOverIsReadToItsEnd() throws Exception {
    Path folder = Repository.emptyRunFolder("log-faults-kafka");
    Path logs = folder.resolve("log");
    try (AgentProcess agent = start(folder)) {
      try (KafkaBroker broker =
              KafkaBroker.startLogging(
                  "log-faults-kafka-broker", logs.resolve("server.log"), "yyyy-MM-dd-HH-mm-ss");
          Admin admin = broker.admin()) {
        int topics = 0;
        while (heads(logs).size() < 1_200) {
          String topic = "topic-" + topics++;
          admin.createTopics(List.of(new NewTopic(topic, 5, (short) 1))).all().get();
          admin.deleteTopics(List.of(topic)).all().get();
        }
      }
      List<String> written = heads(logs);
      await()
          .atMost(PATIENCE)
          .pollInterval(OFTEN)
          .untilAsserted(() -> assertThat(times(agent)).isEqualTo(written));

      try (Stream<Path> files = Files.list(logs)) {
        assertThat(files.count()).as("rolled over").isGreaterThan(3);
      }
      assertThat(events(agent))
          .allSatisfy(event -> {
            assertThat(event.path("log.logger").asText()).isNotEmpty();
            assertThat(KAFKA_HEAD.matcher(event.path("message").asText()).find()).isFalse();
          });
      assertThat(events(agent).stream().map(event -> event.path("event.id").asText()))
          .doesNotHaveDuplicates();
      assertThat(sum(agent, "mq_exporter_log_unparsed_events_total")).isZero();
    }
  }

  /** Returns the times of all events of a log, sorted. */
  private static List<String> heads(Path folder) throws IOException {
    var heads = new ArrayList<String>();
    for (String text : texts(folder)) {
      KAFKA_HEAD
          .matcher(text)
          .results()
          .forEach(head ->
              heads.add("%sT%s.%sZ".formatted(head.group(1), head.group(2), head.group(3))));
    }
    heads.sort(null);
    return heads;
  }

  private static List<String> times(AgentProcess agent) {
    return events(agent).stream()
        .map(event -> event.path("@timestamp").asText())
        .map(time -> time.length() == 20 ? time.replace("Z", ".000Z") : time)
        .sorted()
        .toList();
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
    return Command.run(PATIENCE, Map.of(), command);
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
      assertThat(agent.get("/").body()).contains(reason);
      assertThat(messages(agent)).containsExactly(message(0));
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
    await().atMost(PATIENCE).until(() -> !agent.logLines(text).isEmpty());
  }

  private static void awaitMessages(AgentProcess agent, int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(messages(agent))
                .containsExactlyInAnyOrderElementsOf(
                    Stream.iterate(0, i -> i + 1).limit(count).map(LogFaultsIT::message).toList()));
  }

  private static List<String> messages(AgentProcess agent) {
    return events(agent).stream().map(event -> event.path("message").asText()).toList();
  }

  /** Returns the events on standard output; a line that is being written is left out. */
  private static List<JsonNode> events(AgentProcess agent) {
    var events = new ArrayList<JsonNode>();
    for (String line : agent.output()) {
      try {
        events.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        break;
      }
    }
    return events;
  }

  private static Set<String> messagesIn(Path folder) throws IOException {
    var messages = new TreeSet<String>();
    for (String text : texts(folder)) {
      MESSAGE.matcher(text).results().forEach(message -> messages.add(message.group()));
    }
    return messages;
  }

  private static List<String> texts(Path folder) throws IOException {
    var texts = new ArrayList<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file);
            InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
          texts.add(new String(content.readAllBytes(), UTF_8));
        }
      }
    }
    return texts;
  }

  private static double sum(AgentProcess agent, String family) {
    return agent.scrape().values(family).stream().mapToDouble(value -> value).sum();
  }
}
