package io.mqexporter.logs.tail;

import static java.util.Objects.requireNonNull;

import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.journal.StateFolder;
import io.mqexporter.logs.parse.EventParser;
import io.mqexporter.logs.parse.EventSplitter;
import io.mqexporter.logs.parse.LogFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** One pattern of a source: how its files are read, and what was counted. */
final class PatternState {

  private static final int MAX_SAID = 10;

  final LogSource source;
  final PathPattern paths;
  final EventSplitter splitter;
  final EventParser parser;
  final EventFilter filter;

  final LongAdder bytesRead = new LongAdder();
  final LongAdder bytesAcknowledged = new LongAdder();
  final LongAdder truncations = new LongAdder();
  final LongAdder possibleLosses = new LongAdder();
  final LongAdder unparsed = new LongAdder();
  final Map<LogLevel, LongAdder> events = new EnumMap<>(LogLevel.class);

  volatile int files;
  volatile long lagBytes;
  volatile double lagSeconds;

  /** Whether it was said that lines of no known layout are there, and that times must be wrong. */
  boolean saidUnparsed;

  boolean saidZone;

  /** What could not be read, of a few of which it was said. */
  private final Set<Path> unreadable = new HashSet<>();

  PatternState(LogSource source, String path) {
    this.source = source;
    this.paths = new PathPattern(path, source.excludePaths());
    LogFormat format = LogFormat.valueOf(source.origin().system().toUpperCase(Locale.ROOT));
    this.splitter = new EventSplitter(format);
    this.parser = new EventParser(source.zone());
    this.filter = new EventFilter(source.filter());
    for (LogLevel level : LogLevel.values()) {
      events.put(level, new LongAdder());
    }
  }

  static List<PatternState> of(List<LogSource> sources) {
    return sources.stream()
        .flatMap(source -> source.paths().stream().map(path -> new PatternState(source, path)))
        .toList();
  }

  /** Returns what it is called in the agent's own log. */
  String name() {
    return paths.text();
  }

  void count(LogLevel level) {
    requireNonNull(events.get(level)).increment();
  }

  /** Counts an event of no known layout, and says so once. */
  void unparsed(Path file, Consumer<String> problems) {
    unparsed.increment();
    if (!saidUnparsed) {
      saidUnparsed = true;
      problems.accept(
          "%s: %s has lines of no known layout of %s: they are forwarded as plain text"
              .formatted(name(), file, source.origin().system()));
    }
  }

  /** Takes note that a file or folder cannot be read, and says so once, of the first few. */
  void unreadable(Path path, IOException e, Consumer<String> problems) {
    if (unreadable.size() < MAX_SAID && unreadable.add(path)) {
      problems.accept("%s cannot be read: %s".formatted(path, StateFolder.reason(e)));
    }
  }

  /** Takes note that a file or folder was read. */
  void readable(Path path) {
    if (!unreadable.isEmpty()) {
      unreadable.remove(path);
    }
  }

  /** Takes note of how far its files are behind. */
  void measured(int count, long bytes, Instant oldest, Instant now) {
    files = count;
    lagBytes = bytes;
    lagSeconds = oldest.isBefore(now) ? Duration.between(oldest, now).toNanos() / 1e9 : 0;
  }
}
