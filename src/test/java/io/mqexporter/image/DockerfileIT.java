package io.mqexporter.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Dockerfile, built by an engine, makes an image that runs like the one made without. */
@Tag("soak")
class DockerfileIT {

  private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(20);

  @Test
  @Timeout(1800)
  void anEngineMakesAnImageThatRuns() throws Exception {
    Path folder = Repository.emptyRunFolder("image-of-engine");
    Path file = folder.resolve("image.tar");
    String script = Repository.file("src/test/bin/build-dockerfile").toString();
    Command.run(BUILD_TIMEOUT, Map.of(), List.of(script, file.toString()));
    UnpackedImage image = UnpackedImage.of(file, folder);

    assertThat(image.command()).isEqualTo(ImageTar.ENTRY_POINT);
    assertThat(image.config().at("/config/User").asText())
        .isEqualTo("%1$d:%1$d".formatted(ImageRoot.USER));
    assertThat(Files.exists(image.root().resolve("bin"))).isFalse();
    try (RunningImage agent = RunningImage.start(image, folder, Optional.empty())) {
      agent.awaitFirstScrape();

      agent.assertThatItIsWell();
    }
  }
}
