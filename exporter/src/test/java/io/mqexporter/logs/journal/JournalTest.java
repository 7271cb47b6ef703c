package io.mqexporter.logs.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal is whole or not there, and one agent has it. */
class JournalTest {

  private static final FilePosition POSITION =
      new FilePosition(
          "key",
          "/var/log/my kafka/sérver.log",
          new FileIdentity("(dev=801,ino=17)", 1_700_000_000_123_456_789L),
          3,
          new Excerpt(256, -1),
          1L << 40,
          new Excerpt(64, 17),
          List.of(1L << 41, 1L << 42),
          Instant.ofEpochMilli(1_700_000_000_123L));

  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsRead() throws IOException {
    var journal = new Journal(folder);
    assertThat(journal.read()).isEqualTo(new Journal.Content.None());

    journal.write(List.of(POSITION, POSITION));

    assertThat(journal.read())
        .isEqualTo(new Journal.Content.Positions(List.of(POSITION, POSITION)));
  }

  @Test
  void anEmptyOneIsNotTheSameAsNone() throws IOException {
    var journal = new Journal(folder);
    journal.write(List.of());

    assertThat(journal.read()).isEqualTo(new Journal.Content.Positions(List.of()));
  }

  @Test
  void everyChangedByteIsSeen() throws IOException {
    var journal = new Journal(folder);
    journal.write(List.of(POSITION));
    byte[] good = Files.readAllBytes(journal.file());
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x04;
      Files.write(journal.file(), bad);
      try {
        assertThat(journal.read()).as("byte %d", i).isInstanceOf(Journal.Content.Damaged.class);
        assertThat(journal.file()).doesNotExist();
      } catch (IOException e) {
        assertThat(e).as("byte %d", i).hasMessageContaining("of a later release");
      }
    }
  }

  @Test
  void everyTornEndIsSeen() throws IOException {
    var journal = new Journal(folder);
    journal.write(List.of(POSITION));
    byte[] good = Files.readAllBytes(journal.file());
    for (int length = 0; length < good.length; length++) {
      Files.write(journal.file(), Arrays.copyOf(good, length));
      assertThat(journal.read()).as("%d bytes", length).isInstanceOf(Journal.Content.Damaged.class);
    }
  }

  @Test
  void whatACrashLeftBesideItIsIgnored() throws IOException {
    var journal = new Journal(folder);
    journal.write(List.of(POSITION));
    Files.writeString(folder.resolve("journal.next"), "mq-exporter-journal 1 ");

    assertThat(journal.read()).isEqualTo(new Journal.Content.Positions(List.of(POSITION)));
    journal.write(List.of());
    assertThat(journal.read()).isEqualTo(new Journal.Content.Positions(List.of()));
  }

  @Test
  void aLaterReleasesJournalIsNotTouched() throws IOException {
    var journal = new Journal(folder);
    Files.writeString(journal.file(), "mq-exporter-journal 2 00000000\nother words\n");

    assertThatThrownBy(journal::read)
        .hasMessage(
            journal.file() + ": version 2 (expected: 1; it is of a later release of mq-exporter)");
    assertThat(journal.file()).exists();
  }

  @Test
  void oneAgentAFolder() throws IOException {
    try (StateFolder first = StateFolder.open(folder)) {
      assertThat(first.journal().file()).isEqualTo(folder.resolve("journal"));
      assertThatThrownBy(() -> StateFolder.open(folder))
          .hasMessage(
              "%s: in use by another agent, process %d (expected: a folder for each agent)"
                  .formatted(folder, ProcessHandle.current().pid()));
    }
    StateFolder.open(folder).close();
  }

  @Test
  void aFolderThatCannotBeThere() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> StateFolder.open(file.resolve("state")))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("(expected: a folder that can be written to)");
  }
}
