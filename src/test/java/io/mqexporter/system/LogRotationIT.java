package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged agent beside real programs that rotate logs. */
class LogRotationIT {

  private static final Duration OFTEN = Duration.ofMillis(500);
  private static final Pattern MESSAGE = Pattern.compile("line-\\d{6}");
  private static final int ROTATIONS = 4;

  /** How Kafka writes the first line of an event, after the bracket. */
  private static final Pattern KAFKA_HEAD =
      Pattern.compile("(?m)^\\[(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d),(\\d{3})] [A-Z]+ ");

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
    try (AgentProcess agent = LogFaultsIT.start(folder)) {
      Thread writer = Thread.ofPlatform().start(() -> writeUntil(log, stopped));
      for (int i = 0; i < ROTATIONS; i++) {
        int seen = agent.output().size();
        await().until(() -> agent.output().size() > seen);
        Command.run(
            Patience.LONGEST,
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
          .pollInterval(OFTEN)
          .untilAsserted(() -> assertThat(agent.messages()).containsAll(written));
      assertThat(agent.messages()).doesNotHaveDuplicates();
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
      LogFaultsIT.append(log, RotatingWriter.message(lines++));
      await().pollDelay(Duration.ofMillis(2)).until(() -> true);
    }
    stopped.set(lines + 1);
  }

  @Test
  void whatKafkaRollsOverIsReadToItsEnd() throws Exception {
    Path folder = Repository.emptyRunFolder("log-faults-kafka");
    Path logs = folder.resolve("log");
    try (AgentProcess agent = LogFaultsIT.start(folder)) {
      try (KafkaBroker broker =
              KafkaBroker.startLogging(
                  "log-faults-kafka-broker", logs.resolve("server.log"), "yyyy-MM-dd-HH-mm-ss");
          Admin admin = broker.admin()) {
        int topics = 0;
        while (heads(logs).size() < 1_200 || filesIn(logs) <= ROTATIONS) {
          String topic = "topic-" + topics++;
          admin.createTopics(List.of(new NewTopic(topic, 60, (short) 1))).all().get();
          admin.deleteTopics(List.of(topic)).all().get();
        }
      }
      List<String> written = heads(logs);
      await().pollInterval(OFTEN).untilAsserted(() -> assertThat(times(agent)).isEqualTo(written));

      assertThat(agent.events())
          .allSatisfy(event -> {
            assertThat(event.path("log.logger").asText()).isNotEmpty();
            assertThat(KAFKA_HEAD.matcher(event.path("message").asText()).find()).isFalse();
          });
      assertThat(agent.logLines("cannot be read")).isEmpty();
      assertThat(agent.events().stream().map(event -> event.path("event.id").asText()))
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

  private static long filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static List<String> times(AgentProcess agent) {
    return agent.events().stream()
        .map(event -> event.path("@timestamp").asText())
        .map(time -> time.length() == 20 ? time.replace("Z", ".000Z") : time)
        .sorted()
        .toList();
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
