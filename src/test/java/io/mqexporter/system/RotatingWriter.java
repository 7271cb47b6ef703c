package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** Writes numbered lines of a Kafka broker, and rotates the file often and in several ways. */
final class RotatingWriter implements AutoCloseable {

  private static final long LINE_EVERY_NANOS = 1_000_000;
  private static final int ROTATED_AFTER = 150;

  private final Path log;
  private final Random random;
  private final AtomicInteger lines = new AtomicInteger();
  private volatile boolean running;
  private Thread thread = Thread.ofVirtual().unstarted(() -> {});
  private volatile String failure = "";
  private int rotations;

  RotatingWriter(Path folder, int seed) {
    random = new Random(seed);
    try {
      log = Files.createDirectories(folder).resolve("server.log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String message(int number) {
    return "line-%06d".formatted(number);
  }

  void start() {
    running = true;
    thread = Thread.ofPlatform().name("writer").start(this::run);
  }

  /** Stops for the moment; all lines so far are in the file. */
  void pause() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (!failure.isEmpty()) {
      throw new IllegalStateException(failure);
    }
  }

  /** Returns how many lines were written. */
  int lines() {
    return lines.get();
  }

  @Override
  public void close() {
    pause();
  }

  private void run() {
    try {
      while (running) {
        try (OutputStream out =
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
          int until = ROTATED_AFTER / 2 + random.nextInt(ROTATED_AFTER);
          for (int i = 0; i < until && running; i++) {
            String line =
                "[2025-04-09 10:00:00,393] ERROR %s (kafka.Log)\n".formatted(message(lines.get()));
            out.write(line.getBytes(US_ASCII));
            lines.incrementAndGet();
            LockSupport.parkNanos(LINE_EVERY_NANOS);
          }
        }
        if (running) {
          rotate();
        }
      }
    } catch (IOException e) {
      failure = "the writer failed: " + e;
    }
  }

  /** Nothing is deleted: nobody can read what was deleted before it was seen. */
  private void rotate() throws IOException {
    rotations++;
    Path rotated =
        switch (rotations % 3) {
          case 0 -> log.resolveSibling("server.log.2025-04-09-" + rotations);
          default -> shifted();
        };
    Files.move(log, rotated);
    if (rotations % 4 == 0) {
      compress(rotated);
    }
  }

  private Path shifted() throws IOException {
    int last = 1;
    while (Files.exists(numbered(last, "")) || Files.exists(numbered(last, ".gz"))) {
      last++;
    }
    for (int i = last; i > 1; i--) {
      for (String suffix : List.of("", ".gz")) {
        if (Files.exists(numbered(i - 1, suffix))) {
          Files.move(numbered(i - 1, suffix), numbered(i, suffix));
        }
      }
    }
    return numbered(1, "");
  }

  private Path numbered(int number, String suffix) {
    return log.resolveSibling("server.log." + number + suffix);
  }

  private static void compress(Path file) throws IOException {
    Path compressed = file.resolveSibling(file.getFileName() + ".gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(file, out);
    }
    Files.delete(file);
  }
}
