package io.mqexporter.bench;

import io.mqexporter.brokers.Repository;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.tail.Batch;
import io.mqexporter.logs.tail.Tailer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** What it costs to find the errors in a large log, and to look after many quiet files. */
final class LogBenchmark {

  private static final long BYTES = Long.getLong("log.bytes", 2L << 30);
  private static final int QUIET_FILES = 10_000;
  private static final Duration WATCHED = Duration.ofSeconds(20);

  private LogBenchmark() {}

  static void run() throws Exception {
    Path folder = Repository.emptyRunFolder("bench-logs");
    Path log = folder.resolve("server.log");
    int errors = writeLog(log);
    Comparison.print(
        "The %,d errors of a Kafka log of %,d MB".formatted(errors, Files.size(log) >> 20),
        "grep -c",
        () -> expect(errors, grep(log)),
        () -> expect(errors, tail(folder)),
        1,
        5);
    Files.delete(log);
    watchQuietFiles(folder);
  }

  private static int writeLog(Path log) throws IOException {
    int errors = 0;
    long written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(log)) {
      for (int i = 0; written < BYTES; i++) {
        boolean isError = i % 100 == 99;
        errors += isError ? 1 : 0;
        String line =
            "[2025-04-09 10:00:00,%03d] %s [GroupCoordinator 0]: Removed %d offsets associated with deleted partitions: orders-%d. (kafka.coordinator.group.GroupCoordinator)\n"
                .formatted(i % 1000, isError ? "ERROR" : "INFO", i, i % 64);
        out.write(line);
        written += line.length();
      }
      // An event is whole when the next one begins.
      out.write("[2025-04-09 10:00:01,000] INFO the last line (kafka.Log)\n");
    }
    return errors;
  }

  private static int grep(Path log) throws IOException {
    Process grep =
        new ProcessBuilder(
                "grep", "-c", "-E", "^\\[[0-9: ,-]*\\] (WARN|ERROR|FATAL) ", log.toString())
            .start();
    try (var reader = grep.inputReader()) {
      return Integer.parseInt(reader.readLine());
    }
  }

  private static int tail(Path folder) {
    int events = 0;
    try (Tailer tailer = tailer(folder, Clock.systemUTC())) {
      Batch batch;
      do {
        batch = tailer.poll();
        events += batch.events().size();
        tailer.acknowledge();
      } while (batch.hasMore());
    }
    return events;
  }

  private static void expect(int errors, int found) {
    if (found != errors) {
      throw new IllegalStateException(found + " events (expected: " + errors + ")");
    }
  }

  private static void watchQuietFiles(Path folder) throws Exception {
    for (int i = 0; i < QUIET_FILES; i++) {
      Files.writeString(
          folder.resolve("broker-%05d.log".formatted(i)),
          "[2025-04-09 10:00:00,000] INFO m (a.B)\n");
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Tailer tailer = tailer(folder, Clock.systemUTC())) {
      settle(tailer);
      long cpu = threads.getCurrentThreadCpuTime();
      long end = System.nanoTime() + WATCHED.toNanos();
      while (System.nanoTime() < end) {
        tailer.poll();
        tailer.acknowledge();
        Thread.sleep(500);
      }
      double share = (threads.getCurrentThreadCpuTime() - cpu) / (double) WATCHED.toNanos();
      System.out.printf("%,d quiet files: %.1f %% of a core%n", QUIET_FILES, share * 100);
    }
  }

  /** Until all files are read, and were quiet for so long that they are looked at seldom. */
  private static void settle(Tailer tailer) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      tailer.poll();
      tailer.acknowledge();
      Thread.sleep(500);
    }
  }

  private static Tailer tailer(Path folder, Clock clock) {
    var source =
        new LogSource(
            new LogOrigin("kafka", "bench", "", "", "", "", "", ""),
            List.of(folder + "/*.log"),
            List.of(),
            ZoneOffset.UTC,
            false,
            LogSource.Filter.DEFAULT);
    return new Tailer(
        List.of(source), new Journal.Content.None(), "bench", clock, System.err::println);
  }
}
