package io.mqexporter.logs.tail;

import static io.mqexporter.logs.tail.LogFolder.FINISHED;
import static io.mqexporter.logs.tail.LogFolder.PAUSE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogMark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are like others, are replaced while nobody looks, or are compressed in odd ways. */
class OddFilesTest {

  @AutoClose private final LogFolder log;

  OddFilesTest(@TempDir Path folder) {
    log = new LogFolder(folder);
  }

  @Test
  void twoPatternsOfOneFile(@TempDir Path other) {
    try (var twice = new LogFolder(other, "kafka", "*.log", "server*")) {
      twice.write("server.log", 3);

      twice.assertAllOnce();
    }
  }

  @Test
  void twoFilesThatBeginAlike() {
    String alike = LogFolder.line(77).repeat(200);
    log.append("first.log", alike);
    log.append("second.log", alike);
    log.poll();
    log.append("first.log", LogFolder.line(1));
    log.append("second.log", LogFolder.line(2));
    log.later(PAUSE).later(FINISHED);

    assertThat(log.messages()).hasSize(402).contains("line-00001", "line-00002");
    assertThat(log.events.stream().map(event -> event.id())).doesNotHaveDuplicates();
  }

  @Test
  void replacedWhileTheAgentWasDown() {
    for (int i = 0; i < 10; i++) {
      log.write("server.log", 2);
      log.later(PAUSE);
      log.kill();
      // Its number is given to the next one at once.
      log.delete("server.log");
    }
    log.write("server.log", 1);

    log.assertAllOnce();
  }

  @Test
  void rotatedAndCompressedWhileABacklogIsRead() {
    log.write("server.log", 9_000);
    log.pollUnacknowledged();
    log.move("server.log", "server.log.1");
    log.write("server.log", 3_000);
    log.pollUnacknowledged();
    log.compress("server.log.1");
    log.move("server.log", "server.log.2");

    log.assertAllOnce();
  }

  @Test
  void aTraceWhoseRestIsInTheNextFile() {
    log.append(
        "server.log",
        "[2025-04-09 10:00:00,393] ERROR failed (a.B)\njava.lang.Error: x\n\tat a.B.c(B.java:1)\n");
    log.poll();
    log.move("server.log", "server.log.1");
    log.append("server.log", "\tat a.B.d(B.java:2)\n" + LogFolder.line(1));
    log.later(PAUSE).later(FINISHED);

    assertThat(log.messages())
        .containsExactlyInAnyOrder("failed", "\tat a.B.d(B.java:2)", "line-00001");
    // Nothing in its file tells what it belongs to.
    assertThat(log.events)
        .filteredOn(event -> event.message().startsWith("\tat"))
        .allSatisfy(event -> {
          assertThat(event.level()).isEqualTo(LogLevel.UNKNOWN);
          assertThat(event.marks()).contains(LogMark.UNPARSED);
        });
  }

  @Test
  void aCompressedFileOfSeveralParts() throws IOException {
    log.write("server.log", 1);
    log.poll();
    log.kill();
    log.append("server.log", LogFolder.line(101));
    byte[] known = Files.readAllBytes(log.file("server.log"));
    log.delete("server.log");
    log.append("server.log.1.gz", compressed(known));
    log.append("server.log.1.gz", compressed(LogFolder.line(102)));
    log.later(PAUSE).later(FINISHED);

    assertThat(log.messages()).containsExactly("line-00000", "line-00101", "line-00102");
  }

  @Test
  void aCompressedFileThatBreaksOffIsReadAsFarAsItGoesAndTheOthersAreRead() throws IOException {
    log.write("server.log", 1);
    log.poll();
    byte[] whole = compressed(LogFolder.line(7).repeat(3_000));
    log.append("server.log.1.gz", Arrays.copyOf(whole, whole.length / 2));
    log.append("server.log.2.gz", "no such thing");
    log.later(PAUSE).later(FINISHED);
    log.write("server.log", 1);
    log.later(PAUSE).later(FINISHED);

    assertThat(log.messages()).contains("line-00000", "line-00001");
    assertThat(log.problems).isNotEmpty().allMatch(problem -> problem.contains("cannot be read"));
    // The rest of it arrives after all.
    log.append("server.log.1.gz", Arrays.copyOfRange(whole, whole.length / 2, whole.length));
    log.later(PAUSE).later(FINISHED);
    assertThat(log.messages()).filteredOn("line-00007"::equals).hasSize(3_000);
  }

  @Test
  void ofManyCompressedFilesNoMoreIsOpenThanIsRead() throws IOException {
    log.write("server.log", 1);
    log.later(PAUSE);
    int files = 40;
    int lines = 300;
    for (int i = 0; i < files; i++) {
      String text =
          IntStream.range(i * lines, (i + 1) * lines)
              .mapToObj(number -> LogFolder.line(10_000 + number))
              .collect(Collectors.joining());
      log.append("server.log." + i + ".gz", compressed(text));
    }
    log.jump(PAUSE);
    log.pollOnce();
    // So quiet that those that are read need not be looked at for a while.
    log.jump(Duration.ofHours(1));
    long most = 0;
    boolean hasMore = true;
    while (hasMore) {
      hasMore = log.pollOnce().hasMore();
      most = Math.max(most, log.openFiles());
    }

    assertThat(log.messages()).doesNotHaveDuplicates().hasSize(files * lines + 1);
    // The log itself, and the one in which the batch was full.
    assertThat(most).isLessThanOrEqualTo(2);
  }

  @Test
  void ofManyLargeCompressedFilesWithoutErrorsNoMoreIsOpenThanIsRead() throws IOException {
    log.write("server.log", 1);
    log.later(PAUSE);
    // More than is read of a file in one turn, and no event in it that would fill a batch.
    byte[] large = compressed("\0".repeat(20 << 20));
    int files = 5;
    for (int i = 0; i < files; i++) {
      log.append("server.log." + i + ".gz", compressed(LogFolder.line(10_000 + i)));
      log.append("server.log." + i + ".gz", large);
    }
    log.jump(PAUSE);
    long most = 0;
    boolean hasMore = true;
    while (hasMore) {
      hasMore = log.pollOnce().hasMore();
      most = Math.max(most, log.openFiles());
    }

    assertThat(log.messages()).doesNotHaveDuplicates().hasSize(files + 1);
    assertThat(most).isLessThanOrEqualTo(2);
  }

  @Test
  void aStormInOneFileDelaysNoOther() {
    log.write("broker-1.log", 20 * Batch.MAX_EVENTS);
    log.write("broker-2.log", 1);
    log.write("broker-0.log", 1);
    log.pollOnce();
    log.jump(PAUSE);
    log.pollOnce();

    assertThat(log.messages())
        .hasSizeLessThan(3 * Batch.MAX_EVENTS)
        .contains("line-%05d".formatted(20 * Batch.MAX_EVENTS))
        .contains("line-%05d".formatted(20 * Batch.MAX_EVENTS + 1));
  }

  private static byte[] compressed(String text) throws IOException {
    return compressed(text.getBytes(UTF_8));
  }

  private static byte[] compressed(byte[] bytes) throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  @Test
  void aClockThatJumps() {
    log.write("server.log", 2);
    log.poll();
    log.jump(Duration.ofDays(400));
    log.write("server.log", 2);
    log.poll();
    log.jump(Duration.ofDays(-800));
    log.write("server.log", 2);
    log.move("server.log", "server.log.1");
    log.write("server.log", 1);

    log.assertAllOnce();
  }

  @Test
  void aClockSetBackKeepsNoQuietFileFromBeingRead() {
    log.write("server.log", 1);
    log.later(Duration.ofHours(2));
    log.jump(Duration.ofHours(-1));
    log.write("server.log", 1);

    assertThat(log.later(PAUSE).messages()).containsExactlyElementsOf(log.written());
  }

  @Test
  void manyFilesThatRestAreReadWhenTheyGrow() {
    int files = 1_100;
    for (int i = 0; i < files; i++) {
      log.write("broker-%d.log".formatted(i), 1);
    }
    log.later(Duration.ofHours(2)).later(Duration.ofHours(2));
    assertThat(log.counts().files()).isEqualTo(files);
    assertThat(log.messages()).hasSize(files);

    for (int i = 0; i < files; i += 100) {
      log.write("broker-%d.log".formatted(i), 2);
    }
    log.delete("broker-1.log");
    log.move("broker-2.log", "broker-2.log.1");
    log.write("broker-2.log", 1);
    assertThat(log.later(PAUSE).counts().files()).isEqualTo(files);
    log.assertAllOnce();
    log.jump(Duration.ofHours(-1));
    log.write("broker-0.log", 1);
    assertThat(log.later(PAUSE).messages()).containsExactlyInAnyOrderElementsOf(log.written());
  }
}
