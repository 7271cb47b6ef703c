package io.mqexporter.logs.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.logs.sink.DeadLetters.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

  private static final Clock CLOCK = Clock.fixed(TestEvents.TIME, ZoneOffset.UTC);

  @TempDir private Path folder;

  @Test
  void eachIsALineThatOthersMayNotRead() throws IOException {
    Path file = folder.resolve("dead-letters.jsonl");
    var deadLetters = new DeadLetters(file, 10_000, CLOCK);
    deadLetters.append(letter("no date"));
    deadLetters.append(letter("x".repeat(3_000)));

    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(file)
        .content()
        .startsWith(
            "{\"time\":\"2026-11-24T10:31:36.123Z\",\"sink\":\"elasticsearch\",\"reason\":\"no date\","
                + "\"index\":\"logs\",\"id\":\"id-1\",\"document\":{\"@timestamp\":")
        .doesNotContain("x".repeat(1_001));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).endsWith("---");
  }

  @Test
  void aFullFileTakesNoMoreAndStaysAsItIs() throws IOException {
    Path file = folder.resolve("dead-letters.jsonl");
    var deadLetters = new DeadLetters(file, 1_000, CLOCK);
    deadLetters.append(letter("first"));
    String before = Files.readString(file);

    assertThatThrownBy(() -> deadLetters.append(letter("second")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bytes of dead letters (expected: at most 1000;");
    assertThat(file).hasContent(before);
  }

  @Test
  void aDiskThatIsFullIsSaid() {
    var deadLetters = new DeadLetters(Path.of("/dev/full"), 10_000, CLOCK);

    assertThatThrownBy(() -> deadLetters.append(letter("any")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("/dev/full: dead letters cannot be written: ");
  }

  private static DeadLetter letter(String reason) {
    LogDocument document = LogDocument.of(TestEvents.event("id-1", "line", 0));
    return new DeadLetter("elasticsearch", "logs", "id-1", reason, document);
  }
}
