package io.mqexporter.logs.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.journal.FilePosition;
import io.mqexporter.logs.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A folder with a Kafka broker's log, and a tailer that can be killed and started again. */
final class LogFolder extends Clock implements AutoCloseable {

  /** After such a pause of its writer an event is whole. */
  static final Duration PAUSE = Duration.ofSeconds(6);

  /** After such a silence a file without its name is finished. */
  static final Duration FINISHED = Duration.ofSeconds(31);

  final Path folder;
  final List<LogEvent> events = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  private final List<Batch> unacknowledged = new ArrayList<>();

  private final LogSource source;
  private Duration ahead = Duration.ZERO;
  private Tailer tailer;
  private List<FilePosition> journal = List.of();
  private int next;

  LogFolder(Path folder) {
    this(folder, "kafka", "*.log");
  }

  LogFolder(Path folder, String system, String... patterns) {
    this.folder = folder;
    this.source =
        new LogSource(
            new LogOrigin(system, "orders", "", "", "", "", "", ""),
            List.of(patterns).stream().map(pattern -> folder + "/" + pattern).toList(),
            List.of(),
            ZoneOffset.UTC,
            false,
            new LogSource.Filter(LogLevel.TRACE, LogSource.Choice.ALL, LogSource.Choice.ALL, 0));
    this.tailer = tailer(new Journal.Content.None());
  }

  private Tailer tailer(Journal.Content content) {
    return new Tailer(List.of(source), content, "host", this, problems::add);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Appends numbered lines. */
  void write(String name, int lines) {
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(line(next++));
    }
    append(name, text.toString());
  }

  static String line(int number) {
    return "[2025-04-09 10:00:00,393] ERROR line-%05d (kafka.Log)\n".formatted(number);
  }

  void append(String name, String text) {
    append(name, text.getBytes(UTF_8));
  }

  void append(String name, byte[] bytes) {
    run(() -> Files.write(file(name), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  void move(String from, String to) {
    run(() -> Files.move(file(from), file(to), StandardCopyOption.REPLACE_EXISTING));
  }

  void copy(String from, String to) {
    run(() -> Files.copy(file(from), file(to)));
  }

  void truncate(String name) {
    run(() -> Files.write(file(name), new byte[0], StandardOpenOption.TRUNCATE_EXISTING));
  }

  void delete(String name) {
    run(() -> Files.delete(file(name)));
  }

  /** Compresses a file as logrotate does: beside it, and then it is deleted. */
  void compress(String name) {
    run(() -> {
      try (var gzip = new GZIPOutputStream(Files.newOutputStream(file(name + ".gz")))) {
        Files.copy(file(name), gzip);
      }
      Files.delete(file(name));
    });
  }

  /** Polls until nothing more is there to be read at once, and acknowledges each time. */
  LogFolder poll() {
    while (pollOnce().hasMore()) {
      // The next poll reads it.
    }
    return this;
  }

  /** Polls once, and acknowledges what is unacknowledged. */
  Batch pollOnce() {
    Batch batch = tailer.poll();
    events.addAll(batch.events());
    unacknowledged.add(batch);
    unacknowledged.forEach(tailer::acknowledge);
    unacknowledged.clear();
    journal = tailer.positions();
    return batch;
  }

  /** Returns how many of the files are open, as Linux tells. */
  long openFiles() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(this::isOneOfTheFiles).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOneOfTheFiles(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(folder);
    } catch (IOException e) {
      // It was closed meanwhile.
      return false;
    }
  }

  /** Polls once without an acknowledgement. */
  Batch pollUnacknowledged() {
    Batch batch = tailer.poll();
    unacknowledged.add(batch);
    events.addAll(batch.events());
    if (batch.isToBeAnnounced()) {
      journal = tailer.positions();
    }
    return batch;
  }

  /** Polls, lets time pass, and polls again. */
  LogFolder later(Duration time) {
    poll();
    // A file that was quiet is not looked at at once.
    ahead = ahead.plusSeconds(1);
    poll();
    ahead = ahead.plus(time);
    return poll().poll();
  }

  /** Lets time pass and polls once without an acknowledgement. */
  void pauseUnacknowledged(Duration time) {
    ahead = ahead.plus(time);
    pollUnacknowledged();
  }

  /** Puts the clock forward or back. */
  void jump(Duration time) {
    ahead = ahead.plus(time);
  }

  /** Ends the tailer as kill -9 does, and starts another from what the journal has. */
  void kill() {
    tailer.close();
    unacknowledged.clear();
    tailer = tailer(new Journal.Content.Positions(journal));
  }

  /** Ends the tailer, while nothing is forgotten but the journal. */
  void damageJournal() {
    tailer.close();
    unacknowledged.clear();
    tailer = tailer(new Journal.Content.Damaged("damaged"));
  }

  /** Asserts that all numbered lines so far were read once. */
  void assertAllOnce() {
    later(PAUSE).later(FINISHED);
    assertThat(messages()).containsExactlyInAnyOrderElementsOf(written());
  }

  PatternCounts counts() {
    return tailer.counts().getFirst();
  }

  List<FilePosition> journal() {
    return journal;
  }

  List<String> messages() {
    return events.stream().map(LogEvent::message).toList();
  }

  /** Returns the messages of all numbered lines that were written so far. */
  List<String> written() {
    var messages = new ArrayList<String>();
    for (int i = 0; i < next; i++) {
      messages.add("line-%05d".formatted(i));
    }
    return messages;
  }

  @Override
  public void close() {
    tailer.close();
  }

  /** Something that files are done to. */
  interface FileAction {
    void run() throws IOException;
  }

  static void run(FileAction action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
