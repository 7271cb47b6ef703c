package io.mqexporter.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Dockerfile makes the image that is tested. */
class DockerfileTest {

  @Test
  void itRunsTheSameAsTheSame() throws IOException {
    String dockerfile = Files.readString(Repository.file("Dockerfile"));

    assertThat(dockerfile)
        .contains("ENTRYPOINT [" + quoted(ImageTar.ENTRY_POINT) + "]")
        .contains("CMD [" + quoted(ImageTar.ARGUMENTS) + "]")
        .contains("USER %1$d:%1$d".formatted(ImageRoot.USER))
        .contains("FROM scratch");
    ImageTar.labels()
        .forEach((name, value) -> {
          // Version, revision and time are those of the build.
          if (!name.matches(".*[.](version|revision|created)")) {
            assertThat(dockerfile).contains(name + "=\"" + value + "\"");
          }
        });
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
  }
}
