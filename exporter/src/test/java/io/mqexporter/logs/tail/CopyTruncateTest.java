package io.mqexporter.logs.tail;

import static io.mqexporter.logs.tail.LogFolder.FINISHED;
import static io.mqexporter.logs.tail.LogFolder.PAUSE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are copied, cut off and written anew. */
class CopyTruncateTest {

  @AutoClose private final LogFolder log;

  CopyTruncateTest(@TempDir Path folder) {
    log = new LogFolder(folder);
  }

  @Test
  void theCopyHasWhatWasNotRead() {
    log.write("server.log", 3);
    log.poll();
    log.write("server.log", 4);
    log.copy("server.log", "server.log.1");
    log.truncate("server.log");
    log.write("server.log", 1);

    log.assertAllOnce();
    assertThat(log.counts().truncations()).isEqualTo(1);
    assertThat(log.counts().possibleLosses()).isEqualTo(1);
  }

  @Test
  void theCopyIsSeenBeforeTheFileIsCutOff() {
    log.write("server.log", 3);
    log.poll();
    log.copy("server.log", "server.log.1");
    log.later(PAUSE).later(PAUSE);
    log.write("server.log", 2);
    log.poll();
    log.delete("server.log.1");
    log.copy("server.log", "server.log.1");
    log.poll();
    log.truncate("server.log");
    log.poll();
    log.write("server.log", 1);

    log.assertAllOnce();
  }

  @Test
  void cutOffAndGrownBeyondWhereItWasReadTo() {
    log.write("server.log", 2);
    log.poll();
    log.copy("server.log", "server.log.1");
    log.truncate("server.log");
    log.write("server.log", 9);

    log.assertAllOnce();
    assertThat(log.counts().truncations()).isEqualTo(1);
  }

  @Test
  void writtenAnewToTheSameLength() {
    log.write("server.log", 2);
    log.later(PAUSE);
    log.truncate("server.log");
    log.write("server.log", 2);

    log.assertAllOnce();
  }

  @Test
  void idsDifferBeforeAndAfter() {
    log.write("server.log", 2);
    log.later(PAUSE);
    log.truncate("server.log");
    log.write("server.log", 2);
    log.later(PAUSE);

    assertThat(log.events.stream().map(event -> event.id())).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void aWriterThatGoesOnBehindTheEnd() throws Exception {
    log.write("server.log", 3);
    log.later(PAUSE);
    long end = log.file("server.log").toFile().length();
    log.truncate("server.log");
    try (var channel = FileChannel.open(log.file("server.log"), StandardOpenOption.WRITE)) {
      // As without O_APPEND: a hole of NUL bytes comes first.
      channel.write(ByteBuffer.wrap(LogFolder.line(99).getBytes(UTF_8)), end);
    }
    log.later(PAUSE);

    assertThat(log.messages()).endsWith("line-00002", "line-00099").hasSize(4);
    assertThat(log.events.getLast().marks()).isEmpty();
  }

  @Test
  void cutOffWhileTheAgentWasDown() {
    log.write("server.log", 3);
    log.poll();
    log.kill();
    log.write("server.log", 2);
    log.copy("server.log", "server.log.1");
    log.truncate("server.log");
    log.write("server.log", 5);

    log.assertAllOnce();
  }

  @Test
  void killedRightAfterItWasCutOff() {
    log.write("server.log", 3);
    log.later(PAUSE);
    log.copy("server.log", "server.log.1");
    log.truncate("server.log");
    log.write("server.log", 1);
    log.later(PAUSE);
    log.kill();
    log.write("server.log", 1);

    log.assertAllOnce();
    log.kill();
    log.assertAllOnce();
  }

  @Test
  void aCopyThatIsNoneBecauseItsRestDiffers() {
    // The same beginning, longer than what files are recognised by.
    String sameBeginning = LogFolder.line(77).repeat(100);
    log.append("server.log", sameBeginning);
    log.poll();
    log.move("server.log", "server.log.1");
    log.append("server.log", sameBeginning + LogFolder.line(78));
    log.later(PAUSE);
    log.move("server.log.1", "server.log.2");
    log.move("server.log", "server.log.1");
    log.later(PAUSE).later(FINISHED);

    assertThat(log.messages()).hasSize(201);
  }

  @Test
  void aBackupInTheSameFolderIsNotReadTwice() {
    log.write("server.log", 3);
    log.poll();
    log.copy("server.log", "server.log.backup");
    log.write("server.log", 1);

    log.assertAllOnce();
    log.kill();
    log.assertAllOnce();
  }

  @Test
  void withADamagedJournalAllIsReadAgain() {
    log.write("server.log", 2);
    log.poll();
    log.move("server.log", "server.log.1");
    log.write("server.log", 1);
    log.later(PAUSE);
    int before = log.events.size();
    log.damageJournal();
    log.later(PAUSE).later(FINISHED);

    assertThat(before).isEqualTo(3);
    assertThat(log.messages().subList(3, 6)).containsExactlyInAnyOrderElementsOf(log.written());
    assertThat(log.events.stream().map(event -> event.id()).distinct()).hasSize(3);
  }
}
