package io.mqexporter.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Ports;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agent of an image, run as Kubernetes runs it: another user, a root that is read-only, and a
 * folder for what is temporary. Its three brokers are away.
 */
final class RunningImage implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(5);

  private static final String CONFIGURATION =
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
      """;

  /** Without its cache of classes this JVM would not start. */
  private static final String JAVA_OPTIONS = "-XX:AOTMode=on";

  private static final String EMULATOR = "/tmp/emulator";

  private static final String SCRIPT =
      """
      root=$1; emulator=$2; shift 2
      mount --bind "$root" "$root" && mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev" &&
      mount -t tmpfs -o mode=1777 tmpfs "$root/tmp" && mount -o remount,ro,bind "$root" || exit 1
      [ -z "$emulator" ] || cp "$emulator" "$root%s" || exit 1
      exec env -i PATH="$PATH" MALLOC_ARENA_MAX=2 JDK_JAVA_OPTIONS="%s" chroot --userspec=65532:65532 "$root" "$@"
      """
          .formatted(EMULATOR, JAVA_OPTIONS);

  private final ServerProcess process;
  private final int port;
  private final int patience;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningImage(ServerProcess process, int port, int patience) {
    this.process = process;
    this.port = port;
    this.patience = patience;
  }

  /**
   * Starts the entry point.
   *
   * @param folder where what the process says is written
   * @param emulator what runs it if its processor is not this machine's
   */
  static RunningImage start(UnpackedImage image, Path folder, Optional<Emulator> emulator)
      throws IOException {
    int port = Ports.free();
    Files.writeString(image.root().resolve("etc/mq-exporter/mq-exporter.yaml"), CONFIGURATION);
    for (String mountPoint : List.of("proc", "dev")) {
      Files.createDirectory(image.root().resolve(mountPoint));
    }
    var command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", SCRIPT, "sh"));
    command.add(image.root().toString());
    command.add(emulator.map(program -> program.program().toString()).orElse(""));
    emulator.ifPresent(_ -> command.add(EMULATOR));
    command.addAll(image.command());
    command.addAll(ImageTar.ARGUMENTS);
    command.add("--web.listen-address=127.0.0.1:" + port);
    return new RunningImage(
        ServerProcess.start("agent", folder, Map.of(), command),
        port,
        emulator.isPresent() ? Emulator.PATIENCE : 1);
  }

  /** Waits until a scrape is answered. */
  void awaitFirstScrape() {
    process.awaitReady(READY_TIMEOUT.multipliedBy(patience), () -> Ports.isOpen(port));
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  /** Fails unless it tells of all targets, as the user of the image. */
  void assertThatItIsWell() throws IOException {
    process.awaitReady(
        READY_TIMEOUT.multipliedBy(patience), () -> get("/-/ready").statusCode() == 200);

    assertThat(get("/metrics").body().lines().filter(line -> line.startsWith("messaging_up{")))
        .hasSize(3);
    assertThat(uid()).isEqualTo("65532");
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }

  private String uid() throws IOException {
    return Files.readString(Path.of("/proc/" + process.handle().pid() + "/status"))
        .replaceFirst("(?s).*\\nUid:\\s+(\\d+).*", "$1");
  }

  private HttpResponse<String> get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(SCRAPE_TIMEOUT.multipliedBy(patience))
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
