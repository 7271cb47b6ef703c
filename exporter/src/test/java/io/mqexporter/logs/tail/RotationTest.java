package io.mqexporter.logs.tail;

import static io.mqexporter.logs.tail.LogFolder.FINISHED;
import static io.mqexporter.logs.tail.LogFolder.PAUSE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a file's name, each of its lines is read once, and in order. */
class RotationTest {

  @AutoClose private final LogFolder log;

  RotationTest(@TempDir Path folder) {
    log = new LogFolder(folder);
  }

  @Test
  void readsWhatIsAppended() {
    log.write("server.log", 3);
    log.poll();
    log.write("server.log", 2);

    log.assertAllOnce();
  }

  @Test
  void keepsTheOrderWithinAFile() {
    for (int i = 0; i < 5; i++) {
      log.write("server.log", 700);
      log.poll();
    }
    log.later(PAUSE);

    assertThat(log.messages()).isEqualTo(log.written());
  }

  @Test
  void readsOnWhenAFileIsRenamedWhileItIsWritten() {
    log.write("server.log", 3);
    log.poll();
    log.move("server.log", "server.log.1");
    log.write("server.log.1", 2);
    log.poll();
    log.write("server.log", 2);

    log.assertAllOnce();
  }

  @Test
  void aChainOfRenamesThatIsFasterThanPolling() {
    log.write("server.log", 3);
    log.poll();
    for (int i = 0; i < 3; i++) {
      log.write("server.log", 2);
      if (Files.exists(log.file("server.log.2"))) {
        log.move("server.log.2", "server.log.3");
      }
      if (Files.exists(log.file("server.log.1"))) {
        log.move("server.log.1", "server.log.2");
      }
      log.move("server.log", "server.log.1");
    }
    log.write("server.log", 2);

    log.assertAllOnce();
  }

  @Test
  void aFileThatWasNeverSeenUnderItsOwnName() {
    log.write("other.log", 1);
    log.poll();
    log.write("server.log", 2);
    log.move("server.log", "server.log.1");

    log.assertAllOnce();
  }

  @Test
  void namesByTheHour() {
    log.write("server.log", 3);
    log.poll();
    log.move("server.log", "server.log.2025-04-09-10");
    log.write("server.log", 2);
    log.poll();
    log.move("server.log", "server.log.2025-04-09-11");
    log.write("server.log", 1);

    log.assertAllOnce();
  }

  @Test
  void aFileIsDeletedWhileLinesOfItAreUnread() throws Exception {
    log.write("server.log", 1);
    log.poll();
    log.write("server.log", 3);
    // The tailer has it open.
    log.delete("server.log");
    log.write("server.log", 2);

    log.assertAllOnce();
  }

  @Test
  void deletedAndCreatedAnewUnderTheSameNumber() {
    for (int i = 0; i < 20; i++) {
      log.write("server.log", 1);
      log.poll();
      log.delete("server.log");
    }

    log.assertAllOnce();
  }

  @Test
  void compressedAfterItWasRead() {
    log.write("server.log", 3);
    log.poll();
    log.move("server.log", "server.log.1");
    log.write("server.log", 1);
    log.later(PAUSE);
    log.compress("server.log.1");

    log.assertAllOnce();
    log.kill();
    log.assertAllOnce();
  }

  @Test
  void compressedNamesShift() {
    log.write("server.log", 3);
    log.poll();
    log.move("server.log", "server.log.1");
    log.compress("server.log.1");
    log.write("server.log", 2);
    log.later(PAUSE);
    log.move("server.log.1.gz", "server.log.2.gz");
    log.move("server.log", "server.log.1");
    log.compress("server.log.1");
    log.write("server.log", 1);

    log.assertAllOnce();
    log.kill();
    log.assertAllOnce();
  }

  @Test
  void renamedAndCompressedWhileTheAgentWasDown() {
    log.write("server.log", 3);
    log.poll();
    log.kill();
    log.write("server.log", 4);
    log.move("server.log", "server.log.1");
    log.compress("server.log.1");
    log.write("server.log", 2);

    log.assertAllOnce();
  }

  @Test
  void rotatedTwiceWhileTheAgentWasDown() {
    log.write("server.log", 3);
    log.poll();
    log.kill();
    log.write("server.log", 1);
    log.move("server.log", "server.log.2");
    log.write("server.log", 2);
    log.move("server.log", "server.log.1");
    log.write("server.log", 2);

    log.assertAllOnce();
  }

  @Test
  void otherDaysOfRocketMq() throws Exception {
    Files.createDirectories(log.folder.resolve("otherdays"));
    log.write("broker.log", 3);
    log.poll();
    log.kill();
    log.write("broker.log", 3);
    log.move("broker.log", "otherdays/broker.1.log");
    log.compress("otherdays/broker.1.log");
    log.write("broker.log", 1);

    log.assertAllOnce();
  }

  @Test
  void whatWasRotatedBeforeTheAgentCameIsLeftAlone() {
    log.write("server.log", 2);
    log.move("server.log", "server.log.1");
    log.write("server.log", 1);
    log.later(PAUSE).later(FINISHED);

    assertThat(log.messages()).containsExactly("line-00002");
    log.kill();
    log.later(PAUSE).later(FINISHED);
    assertThat(log.messages()).containsExactly("line-00002");
  }

  @Test
  void movedAwayAndBack() {
    log.write("server.log", 2);
    log.poll();
    log.move("server.log", "elsewhere");
    log.later(PAUSE);
    log.move("elsewhere", "server.log");
    log.write("server.log", 1);

    log.assertAllOnce();
  }

  @Test
  void twoNamesOfOneFile() throws Exception {
    log.write("server.log", 2);
    Files.createLink(log.file("second.log"), log.file("server.log"));
    Files.createSymbolicLink(log.file("third.log"), log.file("server.log"));
    Files.createSymbolicLink(log.file("broken.log"), log.file("nowhere"));

    log.assertAllOnce();
    assertThat(log.problems).isEmpty();
  }

  @Test
  void aLinkThatPointsElsewhereLater() throws Exception {
    Files.createDirectories(log.folder.resolve("pods"));
    log.write("pods/0", 2);
    Files.createSymbolicLink(log.file("server.log"), log.file("pods/0"));
    log.poll();
    log.write("pods/1", 2);
    Files.delete(log.file("server.log"));
    Files.createSymbolicLink(log.file("server.log"), log.file("pods/1"));

    log.assertAllOnce();
  }

  @Test
  void theFolderIsDeletedAndCreatedAgain() throws Exception {
    log.write("server.log", 2);
    log.poll();
    log.delete("server.log");
    Files.delete(log.folder);
    log.poll();
    Files.createDirectories(log.folder);
    log.write("server.log", 2);

    log.assertAllOnce();
  }
}
