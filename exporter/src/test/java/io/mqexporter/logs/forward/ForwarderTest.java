package io.mqexporter.logs.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.journal.FilePosition;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.journal.StateFolder;
import io.mqexporter.logs.tail.Tailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What moves a position on, and what does not. */
@Timeout(60)
class ForwarderTest {

  @TempDir private Path temporary;

  private Forwarder start(LogSink... sinks) throws IOException {
    StateFolder folder = StateFolder.open(temporary.resolve("state"));
    var source =
        new LogSource(
            new LogOrigin("kafka", "orders", "", "", "", "", "", ""),
            List.of(temporary + "/*.log"),
            List.of(),
            ZoneOffset.UTC,
            false,
            LogSource.Filter.DEFAULT);
    var tailer =
        new Tailer(
            List.of(source), folder.journal().read(), "host", Clock.systemUTC(), problem -> {});
    var forwarder = new Forwarder(tailer, folder, List.of(sinks));
    forwarder.start();
    return forwarder;
  }

  private void write(String level, String... messages) throws IOException {
    for (String message : messages) {
      Files.writeString(
          temporary.resolve("server.log"),
          "[2025-04-09 10:00:00,393] %s %s (a.B)\n".formatted(level, message),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private long acknowledged() throws IOException {
    Journal.Content content = new Journal(temporary.resolve("state")).read();
    return content instanceof Journal.Content.Positions(var positions)
        ? positions.stream().mapToLong(FilePosition::offset).sum()
        : -1;
  }

  @Test
  void aPositionMovesOnWhenTheLastSinkHasAcknowledged() throws Exception {
    var quick = new KeptEvents("quick", 9);
    var slow = new KeptEvents("slow", 0);
    write("ERROR", "one", "two");
    try (var _ = start(quick, slow)) {
      await().until(() -> slow.messages().equals(List.of("one")));
      await().until(() -> quick.messages().equals(List.of("one")));
      assertThat(acknowledged()).isZero();

      write("ERROR", "three");
      slow.allow(1);
      await().until(() -> acknowledged() > 0);
      await().until(() -> slow.messages().equals(List.of("one", "two")));
    }
    assertThat(quick.isClosed()).isTrue();
    assertThat(slow.isClosed()).isTrue();
  }

  @Test
  void whatWasNotAcknowledgedIsSentByTheNextAgent() throws Exception {
    var first = new KeptEvents("first", 0);
    write("ERROR", "one", "two");
    try (var _ = start(first)) {
      await().until(() -> !first.messages().isEmpty());
    }
    var second = new KeptEvents("second", 9);
    write("ERROR", "three");
    try (var _ = start(second)) {
      await().until(() -> second.messages().equals(List.of("one", "two")));
    }
  }

  @Test
  void whatIsFilteredOutMovesThePositionToo() throws Exception {
    var sink = new KeptEvents("sink", 9);
    write("INFO", "one", "two", "three");
    try (var forwarder = start(sink)) {
      await().until(() -> acknowledged() > 0);
      assertThat(sink.messages()).isEmpty();
      assertThat(forwarder.patterns().getFirst().events().values()).contains(2L);
    }
  }

  @Test
  void nothingIsSentWhileTheJournalCannotBeWritten() throws Exception {
    var sink = new KeptEvents("sink", 9);
    write("ERROR", "one", "two");
    // As when the disk is full or read-only, for every user.
    Path obstacle = Files.createDirectories(temporary.resolve("state/journal.next"));
    try (var forwarder = start(sink)) {
      await().until(() -> !forwarder.journalProblem().isEmpty());
      assertThat(
              new LogCollector(forwarder).collect(Deadline.after(Duration.ofSeconds(1))).missing())
          .contains(new Missing("journal", forwarder.journalProblem()));
      assertThat(sink.messages()).isEmpty();

      Files.delete(obstacle);
      await().until(() -> sink.messages().equals(List.of("one")));
      await().until(() -> forwarder.journalProblem().isEmpty());
    }
  }

  @Test
  void whatIsRotatedAfterTheFirstStartIsRead() throws Exception {
    try (var _ = start(new KeptEvents("sink", 9))) {
      await().until(() -> acknowledged() == 0);
    }
    write("ERROR", "one", "two");
    Files.move(temporary.resolve("server.log"), temporary.resolve("server.log.1"));
    var sink = new KeptEvents("sink", 9);
    try (var _ = start(sink)) {
      await().until(() -> sink.messages().equals(List.of("one")));
    }
  }

  @Test
  void aPatternWithoutFilesIsMissing() throws Exception {
    try (var forwarder = start(new KeptEvents("sink", 9))) {
      await()
          .untilAsserted(() ->
              assertThat(
                      new LogCollector(forwarder)
                          .collect(Deadline.after(Duration.ofSeconds(1)))
                          .missing())
                  .containsExactly(new Missing(temporary + "/*.log", "no file of that name")));
    }
  }
}
