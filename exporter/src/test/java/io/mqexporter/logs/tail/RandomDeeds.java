package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a writer, logrotate, time and a killer may do to a log, in a random order. */
final class RandomDeeds implements AutoCloseable {

  private static final int KEPT = 4;

  private final LogFolder log;
  private final Random random;
  private final List<String> deeds = new ArrayList<>();

  RandomDeeds(Path folder, int seed) {
    log = new LogFolder(folder);
    random = new Random(seed);
    // What is there at the first start is left alone when it was rotated before.
    log.write("server.log", 1);
    log.poll();
  }

  void run(int count) {
    for (int i = 0; i < count; i++) {
      deed();
    }
    log.later(Duration.ofSeconds(6)).later(Duration.ofSeconds(31)).later(Duration.ofSeconds(6));
  }

  private void deed() {
    int choice = random.nextInt(12);
    switch (choice) {
      case 0, 1, 2, 3 -> {
        log.write("server.log", 1 + random.nextInt(20));
        deeds.add("write");
      }
      case 4, 5 -> {
        log.poll();
        deeds.add("poll");
      }
      case 6 -> {
        log.pollUnacknowledged();
        log.kill();
        deeds.add("kill");
      }
      case 7 -> {
        log.kill();
        deeds.add("restart");
      }
      case 8, 9 -> rotate();
      case 10 -> compress();
      default -> {
        log.later(Duration.ofSeconds(1 + random.nextInt(8)));
        deeds.add("time");
      }
    }
  }

  /** The oldest one is not deleted: what was never seen can be read by nobody. */
  private void rotate() {
    if (!exists("server.log")) {
      return;
    }
    for (int i = KEPT * 10; i > 0; i--) {
      shift(i, "");
      shift(i, ".gz");
    }
    log.move("server.log", "server.log.1");
    deeds.add("rotate");
  }

  private void shift(int number, String suffix) {
    if (exists("server.log." + number + suffix)) {
      log.move("server.log." + number + suffix, "server.log." + (number + 1) + suffix);
    }
  }

  private void compress() {
    for (int i = 1; i <= KEPT; i++) {
      if (exists("server.log." + i)) {
        log.compress("server.log." + i);
        deeds.add("compress " + i);
        return;
      }
    }
  }

  private boolean exists(String name) {
    return Files.exists(log.file(name));
  }

  List<String> deeds() {
    return deeds;
  }

  /** Returns the lines that were written and never read. */
  Set<String> missing() {
    var missing = new TreeSet<>(log.written());
    log.messages().forEach(missing::remove);
    return missing;
  }

  /** Returns the largest number of ids that one line has. */
  int idsOfOneLine() {
    return log.events.stream()
        .collect(
            Collectors.groupingBy(
                LogEvent::message, Collectors.mapping(LogEvent::id, Collectors.toSet())))
        .values()
        .stream()
        .mapToInt(ids -> ids.size())
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    log.close();
  }
}
