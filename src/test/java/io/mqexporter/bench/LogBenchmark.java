package io.mqexporter.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mqexporter.brokers.Repository;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.forward.Forwarder;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.stdout.StdoutSink;
import io.mqexporter.logs.tail.Tailer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What it costs to find the errors in a large log, and to look after many quiet files. */
final class LogBenchmark {

  private static final long BYTES = Long.getLong("logs.bytes", 2L << 30);
  private static final int RUNS = Integer.getInteger("logs.runs", 3);
  private static final int QUIET_FILES = 10_000;
  private static final Duration WATCHED = Duration.ofSeconds(21);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private LogBenchmark() {}

  static void run() throws Exception {
    Path folder = Repository.emptyRunFolder("bench-logs");
    Path log = Files.createDirectories(folder.resolve("log")).resolve("server.log");
    int errors = writeLog(log);
    compareWithGrep(folder, log, errors);
    measureMemory(folder, log, errors);
    watchQuietFiles(folder.resolve("quiet"));
  }

  private static void compareWithGrep(Path folder, Path log, int errors) throws Exception {
    var theirs = new double[RUNS];
    var ours = new double[RUNS];
    // Once before that, so that the file is in memory and the code is compiled.
    for (int run = -1; run < RUNS; run++) {
      double grep = grep(log, errors);
      double forwarded = forward(folder, "state" + run, errors);
      if (run >= 0) {
        theirs[run] = grep;
        ours[run] = forwarded;
      }
    }
    Arrays.sort(theirs);
    Arrays.sort(ours);
    double grep = theirs[RUNS / 2];
    double forwarded = ours[RUNS / 2];
    System.out.printf(
        "The %,d errors of a Kafka log of %,d MB: grep -c %.2f s, forwarded to a stream %.2f s:"
            + " %.2f x its speed (medians of %d)%n",
        errors, Files.size(log) >> 20, grep, forwarded, grep / forwarded, RUNS);
  }

  private static int writeLog(Path log) throws IOException {
    int errors = 0;
    long written = 0;
    try (var out = new BufferedOutputStream(Files.newOutputStream(log), 1 << 20)) {
      for (int i = 0; written < BYTES; i++) {
        boolean isError = i % 100 == 99;
        errors += isError ? 1 : 0;
        byte[] line =
            ("[2025-04-09 10:00:00,"
                    + (100 + i % 900)
                    + (isError ? "] ERROR " : "] INFO ")
                    + "[GroupCoordinator 0]: Removed "
                    + i
                    + " offsets associated with deleted partitions: orders-"
                    + i % 64
                    + ". (kafka.coordinator.group.GroupCoordinator)\n")
                .getBytes(US_ASCII);
        out.write(line);
        written += line.length;
      }
      // An event is whole when the next one begins.
      out.write("[2025-04-09 10:00:01,000] INFO the last line (kafka.Log)\n".getBytes(US_ASCII));
    }
    return errors;
  }

  /** Returns how many seconds grep took. */
  private static double grep(Path log, int errors) throws IOException {
    long start = System.nanoTime();
    Process grep =
        new ProcessBuilder(
                "grep", "-c", "-E", "^\\[[0-9: ,-]*\\] (WARN|ERROR|FATAL) ", log.toString())
            .start();
    try (var reader = grep.inputReader()) {
      int found = Integer.parseInt(reader.readLine());
      if (found != errors) {
        throw new IllegalStateException(found + " lines (expected: " + errors + ")");
      }
    }
    return seconds(start);
  }

  /** Returns how many seconds it took until the last error was out. */
  private static double forward(Path folder, String state, int errors) throws Exception {
    var lines = new CountedLines(errors);
    var journal = new Journal(Files.createDirectories(folder.resolve(state)));
    Tailer tailer = tailer(folder.resolve("log"), Clock.systemUTC());
    long start = System.nanoTime();
    try (var forwarder = new Forwarder(tailer, journal, List.of(new StdoutSink(lines)))) {
      forwarder.start();
      if (!lines.all.await(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException(lines.all.getCount() + " events are missing");
      }
      return seconds(start);
    }
  }

  /** Counts the lines that are written. */
  private static final class CountedLines extends OutputStream {

    private final CountDownLatch all;

    private CountedLines(int expected) {
      all = new CountDownLatch(expected);
    }

    @Override
    public void write(int b) {
      if (b == '\n') {
        all.countDown();
      }
    }
  }

  private static void measureMemory(Path folder, Path log, int errors) throws IOException {
    Path home = Files.createDirectories(folder.resolve("agent"));
    Path output = home.resolve("agent.log");
    try (var agent = new LogAgent(home, "warn", "stdout: {}")) {
      double seconds = agent.forward(log, () -> lines(output) >= errors);
      System.out.printf(
          "An idle agent that is given this log has it on its standard output after %.1f s; its"
              + " memory grew by %d MB at most%n",
          seconds, agent.grownMegabytes());
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith("{")).count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void watchQuietFiles(Path folder) throws Exception {
    Files.createDirectories(folder);
    for (int i = 0; i < QUIET_FILES; i++) {
      Files.writeString(
          folder.resolve("broker-%05d.log".formatted(i)),
          "[2025-04-09 10:00:00,000] INFO m (a.B)\n");
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    var clock = new AdvancedClock();
    try (Tailer tailer = tailer(folder, clock)) {
      // Read, and quiet for so long that they are looked at as seldom as that becomes.
      poll(tailer);
      clock.ahead = Duration.ofHours(1);
      poll(tailer);
      poll(tailer);
      long cpu = threads.getCurrentThreadCpuTime();
      long end = System.nanoTime() + WATCHED.toNanos();
      while (System.nanoTime() < end) {
        poll(tailer);
        Thread.sleep(POLL_INTERVAL);
      }
      double share = (threads.getCurrentThreadCpuTime() - cpu) / (double) WATCHED.toNanos();
      System.out.printf("%,d quiet files: %.1f %% of a core%n", QUIET_FILES, share * 100);
    }
  }

  private static void poll(Tailer tailer) {
    tailer.acknowledge(tailer.poll());
  }

  /** The system's clock, put forward. */
  private static final class AdvancedClock extends Clock {

    private Duration ahead = Duration.ZERO;

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

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
