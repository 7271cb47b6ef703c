package io.mqexporter.logs.tail;

import static io.mqexporter.logs.tail.LogFolder.FINISHED;
import static io.mqexporter.logs.tail.LogFolder.PAUSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogMark;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that are not whole, not text, too long or late; and what is read again after a crash. */
class LinesTest {

  private static final String HEAD = "[2025-04-09 10:00:00,393] ERROR ";

  @AutoClose private final LogFolder log;

  LinesTest(@TempDir Path folder) {
    log = new LogFolder(folder);
  }

  @Test
  void anUnfinishedLineWaits() {
    log.append("server.log", HEAD + "first (a.B)\n" + HEAD + "sec");
    log.later(PAUSE).later(FINISHED);
    assertThat(log.messages()).containsExactly("first");

    log.append("server.log", "ond (a.B)\n");
    log.later(PAUSE).later(PAUSE);
    assertThat(log.messages()).containsExactly("first", "second");
    assertThat(log.events.getLast().marks()).isEmpty();
  }

  @Test
  void anUnfinishedLineOfAFileThatIsFinished() {
    log.append("server.log", HEAD + "first (a.B)\n" + HEAD + "sec");
    log.poll();
    log.move("server.log", "server.log.1");
    log.later(PAUSE).later(FINISHED);

    assertThat(log.messages()).containsExactly("first", "sec");
    assertThat(log.events.getLast().marks()).containsExactly(LogMark.PARTIAL);
  }

  @Test
  void aFileOfOneByte() {
    log.append("server.log", "x");
    log.later(PAUSE);
    log.move("server.log", "server.log.1");
    log.later(FINISHED);

    assertThat(log.messages()).containsExactly("x");
    assertThat(log.events.getFirst().marks())
        .containsExactlyInAnyOrder(LogMark.PARTIAL, LogMark.UNPARSED);
  }

  @Test
  void anEmptyFileThatIsWrittenLater() {
    log.append("server.log", "");
    log.later(PAUSE);
    log.write("server.log", 1);
    log.later(PAUSE);

    assertThat(log.messages()).isEqualTo(log.written());
  }

  @Test
  void lineEndsAsOnWindowsAndLoneOnes() {
    log.append("server.log", HEAD + "a\rb (a.B)\r\n" + HEAD + "c (a.B)\r\n\r\n");
    log.later(PAUSE);

    assertThat(log.messages()).containsExactly("a\rb", "c");
  }

  @Test
  void aMarkAtTheBeginningAndZeroBytes() {
    log.append("server.log", "\ufeff" + HEAD + "a\0b (a.B)\n");
    log.later(PAUSE);

    assertThat(log.messages()).containsExactly("a\0b");
    assertThat(log.events.getFirst().logger()).isEqualTo("a.B");
  }

  @Test
  void textThatIsNotUtf8IsMarked() {
    log.append("server.log", (HEAD + "磁盘 (a.B)\n").getBytes(Charset.forName("GBK")));
    log.append("server.log", HEAD + "磁盘 (a.B)\n");
    log.later(PAUSE);

    assertThat(log.events.getFirst().marks()).containsExactly(LogMark.INVALID_UTF8);
    assertThat(log.events.getFirst().level()).isEqualTo(LogLevel.ERROR);
    assertThat(log.events.getLast().message()).isEqualTo("磁盘");
    assertThat(log.events.getLast().marks()).isEmpty();
  }

  @Test
  void aLineThatIsLongerThanAnEventMayBe() {
    String text = "é".repeat(1_700_000);
    log.append("server.log", HEAD + text + " (a.B)\n");
    log.write("server.log", 1);
    log.later(PAUSE);

    assertThat(String.join("", log.messages())).isEqualTo(text + " (a.B)line-00000");
    assertThat(log.events).hasSize(5);
    assertThat(log.events.getFirst().marks()).containsExactly(LogMark.TRUNCATED);
    assertThat(log.events.get(1).marks())
        .containsExactlyInAnyOrder(LogMark.TRUNCATED, LogMark.CONTINUED);
    assertThat(log.events.get(1).level()).isEqualTo(LogLevel.ERROR);
    assertThat(log.events.getLast().marks()).isEmpty();
  }

  @Test
  void aTraceOfManyLines() {
    var trace = new StringBuilder(HEAD + "failed (a.B)\njava.lang.IllegalStateException: x\n");
    for (int i = 0; i < 100_000; i++) {
      trace.append("\tat a.B.c(B.java:").append(i).append(")\n");
    }
    log.append("server.log", trace.toString());
    log.write("server.log", 1);
    log.later(PAUSE);

    long frames =
        log.events.stream()
            .flatMap(event -> (event.message() + "\n" + event.stackTrace()).lines())
            .filter(line -> line.startsWith("\tat "))
            .count();
    assertThat(frames).isEqualTo(100_000);
    assertThat(log.messages()).endsWith("line-00000").hasSizeLessThan(6);
  }

  @Test
  void aTraceWhoseWriterPauses() {
    log.append("server.log", HEAD + "failed (a.B)\njava.lang.Error: x\n\tat a.B.c(B.java:1)\n");
    log.later(PAUSE);
    log.append("server.log", "\tat a.B.d(B.java:2)\n");
    log.later(PAUSE);

    assertThat(log.events).hasSize(2);
    assertThat(log.events.getLast().marks()).containsExactly(LogMark.CONTINUED);
    assertThat(log.events.getLast().timestamp()).isEqualTo(log.events.getFirst().timestamp());
    assertThat(log.events.getLast().message()).isEqualTo("\tat a.B.d(B.java:2)");
  }

  @Test
  void anEventThatWasEndedByAPauseEndsThereAgainAfterACrash() {
    log.append("server.log", HEAD + "failed (a.B)\n\tat a.B.c(B.java:1)\n");
    log.poll();
    log.later(Duration.ofSeconds(1));
    log.pauseUnacknowledged(PAUSE);
    log.append("server.log", "\tat a.B.d(B.java:2)\n");
    log.kill();
    log.later(PAUSE);

    assertThat(log.events).hasSize(3);
    LogEvent first = log.events.getFirst();
    assertThat(log.events.get(1)).isEqualTo(first);
    assertThat(log.events.getLast().message()).isEqualTo("\tat a.B.d(B.java:2)");
  }

  @Test
  void eventsThatWereEndedByPausesEndThereAgainOneByOne() {
    log.append("server.log", HEAD + "failed (a.B)\n\tat a.B.c(B.java:1)\n");
    log.poll();
    log.later(Duration.ofSeconds(1));
    for (int line = 2; line < 5; line++) {
      log.pauseUnacknowledged(PAUSE);
      log.append("server.log", "\tat a.B.d(B.java:" + line + ")\n");
      // It is looked at again when the writer has been silent for a moment.
      log.pauseUnacknowledged(Duration.ofSeconds(1));
    }
    List<LogEvent> before = List.copyOf(log.events);
    log.kill();
    log.later(PAUSE);

    assertThat(before).hasSize(3);
    assertThat(log.events.subList(3, 6)).isEqualTo(before);
    assertThat(log.events).hasSize(7);
    assertThat(log.events.getLast().message()).isEqualTo("\tat a.B.d(B.java:4)");
  }

  @Test
  void whatWasNotAcknowledgedIsReadAgainWithTheSameIds() {
    log.write("server.log", 5);
    log.pollUnacknowledged();
    log.kill();
    log.write("server.log", 2);
    log.later(PAUSE);

    assertThat(log.events).hasSize(4 + 7);
    assertThat(log.events.subList(0, 4)).isEqualTo(log.events.subList(4, 8));
    assertThat(log.messages().subList(4, 11)).isEqualTo(log.written());
  }

  @Test
  void aBacklogIsReadInPieces() {
    log.write("server.log", 10_000);
    Batch batch = log.pollUnacknowledged();

    assertThat(batch.events()).hasSize(Batch.MAX_EVENTS);
    assertThat(batch.hasMore()).isTrue();
    log.later(PAUSE);
    assertThat(log.messages()).isEqualTo(log.written());
  }

  @Test
  void plainTextIsForwardedLineByLineAndSaidOnce() {
    log.append("server.log", "one\n  more of it\ntwo\n\nthree\n");
    log.later(PAUSE);

    assertThat(log.messages()).containsExactly("one\n  more of it", "two", "three");
    assertThat(log.events).allMatch(event -> event.level() == LogLevel.UNKNOWN);
    assertThat(log.events).allMatch(event -> event.marks().contains(LogMark.UNPARSED));
    assertThat(log.problems).hasSize(1);
    assertThat(log.problems.getFirst()).contains("no known layout of kafka");
  }

  @Test
  void whateverBytesThereAreAllAreReadAndNoneTwice() {
    var random = new Random(7);
    for (int round = 0; round < 30; round++) {
      var bytes = new byte[random.nextInt(3_000)];
      random.nextBytes(bytes);
      log.append("server.log", bytes);
      log.append("server.log", round % 2 == 0 ? "\n" : "\n" + HEAD + "known (a.B)\n");
      if (round % 5 == 0) {
        log.later(PAUSE);
      } else {
        log.poll();
      }
    }
    log.later(PAUSE);

    assertThat(log.events.stream().map(LogEvent::id)).doesNotHaveDuplicates();
    assertThat(log.messages().stream().filter(message -> message.startsWith("known"))).hasSize(15);
    assertThat(log.counts().lagBytes()).isZero();
  }

  @Test
  void randomDeedsLoseNothing() {
    for (int seed = 0; seed < 40; seed++) {
      Path folder = log.folder.resolve("seed-" + seed);
      LogFolder.run(() -> Files.createDirectories(folder));
      try (var random = new RandomDeeds(folder, seed)) {
        random.run(60);
        assertThat(random.missing()).as("seed %d: %s", seed, random.deeds()).isEmpty();
        assertThat(random.idsOfOneLine()).as("seed %d: %s", seed, random.deeds()).isEqualTo(1);
      }
    }
  }
}
