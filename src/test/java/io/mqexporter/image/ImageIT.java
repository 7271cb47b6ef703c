package io.mqexporter.image;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The images that {@code make image} writes, unpacked as an engine does and run without one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class ImageIT {

  private static final int MOST_BYTES = 130_000_000;

  /** The numbers that ELF gives processors. */
  private static final Map<Architecture, Integer> MACHINES =
      Map.of(Architecture.AMD64, 62, Architecture.ARM64, 183);

  private final Map<Architecture, ImageRoot> roots = new EnumMap<>(Architecture.class);
  private final Map<Architecture, Path> files = new EnumMap<>(Architecture.class);
  private final Map<Architecture, UnpackedImage> images = new EnumMap<>(Architecture.class);
  private Path folder = Path.of("");

  @BeforeAll
  void buildAndUnpack() throws IOException, InterruptedException {
    folder = Repository.emptyRunFolder("image-unpacked");
    for (Architecture architecture : Architecture.values()) {
      Path unpacked = Files.createDirectory(folder.resolve(architecture.label()));
      Path file = unpacked.resolve("image.tar");
      ImageRoot root = ImageRoot.create(architecture, Optional.empty());
      roots.put(architecture, root);
      files.put(architecture, ImageTar.write(root, file));
      images.put(architecture, UnpackedImage.of(file, unpacked));
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsSmallAndOfOneProcessor(Architecture architecture) throws IOException {
    UnpackedImage image = image(architecture);
    int programs = 0;
    for (Path file : image.files()) {
      int machine = UnpackedImage.machine(file);
      assertThat(machine).as(file.toString()).isIn(0, MACHINES.get(architecture));
      programs += machine == 0 ? 0 : 1;
    }

    assertThat(programs).isGreaterThan(15);
    assertThat(Files.size(files.get(architecture))).isLessThan(MOST_BYTES);
    assertThat(image.config().get("architecture").asText()).isEqualTo(architecture.label());
  }

  @ParameterizedTest
  @EnumSource
  void itHasWhatWasBuiltLast(Architecture architecture) {
    assertThat(image(architecture).root().resolve("opt/mq-exporter/mq-exporter.jar"))
        .hasSameBinaryContentAs(Repository.file("exporter/target/mq-exporter.jar"));
  }

  @ParameterizedTest
  @EnumSource
  void nobodyCanChangeItAndThereIsNoShell(Architecture architecture) throws IOException {
    for (Path file : image(architecture).files()) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);

      assertThat(permissions)
          .as(file.toString())
          .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)
          .contains(PosixFilePermission.OTHERS_READ);
      assertThat(file.getFileName().toString())
          .isNotIn("sh", "bash", "dash", "busybox", "mq-exporter");
    }
  }

  @ParameterizedTest
  @EnumSource
  void itSaysWhatItIs(Architecture architecture) throws IOException {
    UnpackedImage image = image(architecture);

    assertThat(image.config().at("/config/User").asText()).isEqualTo("65532:65532");
    assertThat(image.command()).isEqualTo(ImageTar.ENTRY_POINT);
    ImageTar.labels()
        .forEach((name, value) ->
            assertThat(image.config().at("/config/Labels").path(name).asText())
                .as(name)
                .isEqualTo(value));
    assertThat(Files.readString(image.root().resolve("opt/mq-exporter/sbom.cdx.json")))
        .contains("\"bomFormat\" : \"CycloneDX\"")
        .contains("pkg:maven/org.apache.kafka/kafka-clients@")
        .contains("pkg:deb/debian/libc6@", "pkg:generic/openjdk@25");
  }

  @Test
  void theSameInputMakesTheSameImage() throws IOException, InterruptedException {
    Path again =
        ImageTar.write(requireNonNull(roots.get(Architecture.ARM64)), folder.resolve("again.tar"));

    assertThat(again).hasSameBinaryContentAs(files.get(Architecture.ARM64));
  }

  @Test
  void itRunsWithoutAnEngineAsAnotherUserOnAReadOnlyRoot() throws Exception {
    long start = System.nanoTime();
    try (RunningImage agent =
        RunningImage.start(image(Architecture.ofThisMachine()), folder, Optional.empty())) {
      agent.awaitFirstScrape();
      System.out.printf(
          "first scrape of the image after %d ms%n", (System.nanoTime() - start) / 1_000_000);

      agent.assertThatItIsWell();
    }
  }

  private UnpackedImage image(Architecture architecture) {
    return requireNonNull(images.get(architecture));
  }
}
