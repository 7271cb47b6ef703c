package io.mqexporter.image;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

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
      ImageRoot root = ImageRoot.create(architecture);
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

  /**
   * As Kubernetes runs it: another user, a root that is read-only, and a folder for what is
   * temporary.
   */
  @Test
  void itRunsWithoutAnEngineAsAnotherUserOnAReadOnlyRoot() throws Exception {
    UnpackedImage image = image(Architecture.ofThisMachine());
    int port = Ports.free();
    Files.writeString(
        image.root().resolve("etc/mq-exporter/mq-exporter.yaml"),
        """
        interval: 1m
        timeout: 3s
        targets:
          - name: kafka
            kafka: {bootstrap_servers: '127.0.0.1:1'}
          - name: rabbitmq
            rabbitmq: {url: 'http://127.0.0.1:1'}
          - name: rocketmq
            rocketmq: {name_servers: '127.0.0.1:1'}
        """);
    for (String mountPoint : List.of("proc", "dev")) {
      Files.createDirectory(image.root().resolve(mountPoint));
    }
    // Without its cache of classes this JVM would not start.
    String options = "-XX:AOTMode=on";
    String script =
        """
        mount --bind "$1" "$1" && mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" &&
        mount -t tmpfs tmpfs "$1/tmp" && mount -o remount,ro,bind "$1" || exit 1
        root=$1; shift
        exec env -i PATH="$PATH" MALLOC_ARENA_MAX=2 JDK_JAVA_OPTIONS="%s" chroot --userspec=65532:65532 "$root" "$@"
        """
            .formatted(options);
    var command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, "sh"));
    command.add(image.root().toString());
    command.addAll(image.command());
    command.addAll(ImageTar.ARGUMENTS);
    command.add("--web.listen-address=127.0.0.1:" + port);
    long start = System.nanoTime();
    try (var agent = ServerProcess.start("agent", folder, Map.of(), command);
        var client = HttpClient.newHttpClient()) {
      agent.awaitReady(READY_TIMEOUT, () -> Ports.isOpen(port));
      assertThat(get(client, port, "/metrics").statusCode()).isEqualTo(200);
      System.out.printf(
          "first scrape of the image after %d ms%n", (System.nanoTime() - start) / 1_000_000);
      agent.awaitReady(READY_TIMEOUT, () -> get(client, port, "/-/ready").statusCode() == 200);

      assertThat(
              get(client, port, "/metrics")
                  .body()
                  .lines()
                  .filter(line -> line.startsWith("messaging_up{")))
          .hasSize(3);
      assertThat(uid(agent.handle())).isEqualTo("65532");
    }
  }

  private UnpackedImage image(Architecture architecture) {
    return requireNonNull(images.get(architecture));
  }

  private static String uid(ProcessHandle process) throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/status"))
        .replaceFirst("(?s).*\\nUid:\\s+(\\d+).*", "$1");
  }

  private static HttpResponse<String> get(HttpClient client, int port, String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
