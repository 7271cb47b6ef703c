package io.mqexporter.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Repository;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The image for the processor that this machine is not, class cache included, in an emulator. */
@Tag("soak")
class EmulatedImageIT {

  @Test
  @Timeout(1500)
  void itRunsAsAnotherUserOnAReadOnlyRoot() throws Exception {
    Architecture architecture =
        Arrays.stream(Architecture.values())
            .filter(one -> one != Architecture.ofThisMachine())
            .findFirst()
            .orElseThrow();
    Optional<Emulator> emulator = Emulator.of(architecture);
    assertThat(emulator).as("Debian's qemu-user-static").isPresent();
    Path folder = Repository.emptyRunFolder("image-emulated");
    Path file =
        ImageTar.write(ImageRoot.create(architecture, emulator), folder.resolve("image.tar"));

    try (RunningImage agent =
        RunningImage.start(UnpackedImage.of(file, folder), folder, emulator)) {
      agent.awaitFirstScrape();

      agent.assertThatItIsWell();
    }
  }
}
