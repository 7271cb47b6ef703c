package io.mqexporter.logs.forward;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.journal.FilePosition;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.tail.Batch;
import io.mqexporter.logs.tail.Tailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What moves a position on, and what does not. */
@Timeout(60)
class ForwarderTest {

  @TempDir private Path temporary;

  private Forwarder start(LogSink... sinks) throws IOException {
    var journal = new Journal(Files.createDirectories(temporary.resolve("state")));
    var source =
        new LogSource(
            new LogOrigin("kafka", "orders", "", "", "", "", "", ""),
            List.of(temporary + "/*.log"),
            List.of(),
            ZoneOffset.UTC,
            false,
            LogSource.Filter.DEFAULT);
    var tailer =
        new Tailer(List.of(source), journal.read(), "host", Clock.systemUTC(), problem -> {});
    var forwarder = new Forwarder(tailer, journal, List.of(sinks));
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
  void aSinkThatIsAwayDoesNotStopTheOthers() throws Exception {
    var quick = new KeptEvents("quick", 9);
    var away = new KeptEvents("away", 0);
    write("ERROR", "one", "two");
    try (var forwarder = start(quick, away)) {
      for (String next : List.of("three", "four", "five")) {
        int before = quick.messages().size();
        write("ERROR", next);
        await().until(() -> quick.messages().size() > before);
      }
      assertThat(away.messages()).startsWith("one").hasSizeLessThan(quick.messages().size());
      assertThat(acknowledged()).isZero();
      assertThat(forwarder.sinks()).extracting(SinkCounts::acknowledged).contains(0L);

      away.allow(9);
      await().until(() -> away.messages().equals(quick.messages()));
      await().until(() -> acknowledged() > 0);
    }
  }

  @Test
  void howFarASinkIsAheadIsBounded() throws Exception {
    var quick = new KeptEvents("quick", 1_000);
    var away = new KeptEvents("away", 0);
    String text = "x".repeat(10_000);
    int lines = 6_000;
    Files.writeString(
        temporary.resolve("server.log"),
        "[2025-04-09 10:00:00,393] ERROR %s (a.B)\n".formatted(text).repeat(lines + 1));
    try (var forwarder = start(quick, away)) {
      await().until(() -> quick.characters() > Window.MAX_BYTES * 3 / 4);
      // It has stopped when two looks find the same.
      await()
          .pollInterval(Duration.ofMillis(600))
          .until(() -> forwarder.patterns().getFirst().bytesRead(), new SameTwice<>()::test);
      assertThat(quick.characters()).isLessThan(Window.MAX_BYTES + 2L * Batch.MAX_BYTES);

      away.allow(1_000);
      await().atMost(Duration.ofSeconds(30)).until(() -> away.messages().size() == lines + 1);
      await().until(() -> quick.messages().size() == lines + 1);
    }
  }

  /** Whether something is the same as at the look before. */
  private static final class SameTwice<T> {

    private Optional<T> before = Optional.empty();

    private boolean test(T now) {
      boolean isSame = before.equals(Optional.of(now));
      before = Optional.of(now);
      return isSame;
    }
  }

  @Test
  void aSinkIsReplacedAndTheOthersGoOn() throws Exception {
    var other = new KeptEvents("other", 9);
    var former = new KeptEvents("store", 0);
    var next = new KeptEvents("store", 9);
    var added = new KeptEvents("added", 9);
    write("ERROR", "one", "two");
    try (var forwarder = start(other, former)) {
      await().until(() -> !former.messages().isEmpty());
      write("ERROR", "three");
      await().until(() -> other.messages().size() == 2);

      forwarder.use(List.of(other, next));
      await().until(() -> next.messages().equals(List.of("one", "two")));
      await().until(() -> acknowledged() > 0);
      assertThat(former.isClosed()).isTrue();
      assertThat(other.isClosed()).isFalse();

      forwarder.use(List.of(next, added));
      assertThat(other.isClosed()).isTrue();
      write("ERROR", "four");
      await().until(() -> added.messages().equals(List.of("three")));
      await().until(() -> next.messages().size() == 3);
      assertThat(other.messages()).containsExactly("one", "two");
    }
  }

  /** A sink that takes two deliveries at once, and ends each only when told to. */
  private static final class TwoAtOnce implements LogSink {

    private final Map<String, CountDownLatch> underWay = new ConcurrentHashMap<>();

    @Override
    public String name() {
      return "two";
    }

    @Override
    public int deliveriesAtOnce() {
      return 2;
    }

    @Override
    public Delivered deliver(List<LogEvent> events) throws InterruptedException {
      underWay.computeIfAbsent(messages(events), _ -> new CountDownLatch(1)).await();
      return new Delivered(events.size(), 0, 0);
    }

    private static String messages(List<LogEvent> events) {
      return events.stream().map(LogEvent::message).collect(Collectors.joining(" "));
    }

    private void end(String messages) {
      requireNonNull(underWay.get(messages)).countDown();
    }

    @Override
    public void close() {}
  }

  @Test
  void whatEndsFirstWaitsForWhatStandsBeforeIt() throws Exception {
    var sink = new TwoAtOnce();
    write("ERROR", "one", "two");
    try (var forwarder = start(sink)) {
      await().until(() -> sink.underWay.containsKey("one"));
      write("ERROR", "three");
      await().until(() -> sink.underWay.containsKey("two"));
      write("ERROR", "four");

      sink.end("two");
      await().until(() -> sink.underWay.containsKey("three"));
      assertThat(acknowledged()).isZero();
      sink.end("one");
      await().until(() -> acknowledged() > 0);
      assertThat(forwarder.sinks().getFirst().acknowledged()).isEqualTo(2);
      sink.end("three");
    }
  }

  @Test
  void aSinkThatIsReplacedPassesOnAllThatItHasNotAcknowledged() throws Exception {
    var former = new TwoAtOnce();
    var next = new KeptEvents("two", 9);
    write("ERROR", "one", "two");
    try (var forwarder = start(former)) {
      await().until(() -> former.underWay.containsKey("one"));
      write("ERROR", "three");
      await().until(() -> former.underWay.containsKey("two"));

      former.end("two");
      await().until(() -> forwarder.sinks().getFirst().acknowledged() == 1);
      forwarder.use(List.of(next));
      await().until(() -> next.messages().equals(List.of("one", "two")));
    }
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
              new LogCollector(() -> forwarder)
                  .collect(Deadline.after(Duration.ofSeconds(1)))
                  .missing())
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
                      new LogCollector(() -> forwarder)
                          .collect(Deadline.after(Duration.ofSeconds(1)))
                          .missing())
                  .containsExactly(new Missing(temporary + "/*.log", "no file of that name")));
    }
  }
}
