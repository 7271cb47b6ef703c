package io.mqexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  @TempDir private Path folder;

  @Test
  void aChangeIsTakenInOnceAndWhenItIsOver() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "1");
    var watch = new FileWatch(file);
    assertThat(watch.hasChanged()).isFalse();

    Files.writeString(file, "12");
    assertThat(watch.hasChanged()).isFalse();
    Files.writeString(file, "123");
    assertThat(watch.hasChanged()).isFalse();

    assertThat(watch.hasChanged()).isTrue();
    assertThat(watch.hasChanged()).isFalse();
  }

  @Test
  void aFileThatIsRemovedHasChangedAndOneThatComesBackToo() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "1");
    var watch = new FileWatch(file);

    Files.delete(file);
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();

    Files.writeString(file, "2");
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();
  }
}
