package io.mqexporter.bench;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A file server that sends the bytes of a scrape: nothing can be faster than that. */
final class StaticFile {

  private StaticFile() {}

  /** Compares scrapes of the agent with nginx sending the same bytes. */
  static void compareScrapes(HttpClient client, URI metrics, long series, Path folder)
      throws Exception {
    byte[] bytes = get(client, metrics);
    int port = Ports.free();
    Files.write(folder.resolve("metrics"), bytes);
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        user root;
        pid %1$s/nginx.pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          sendfile on;
          server {
            listen 127.0.0.1:%2$d;
            root %1$s;
          }
        }
        """
            .formatted(folder, port));
    URI file = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (ServerProcess nginx =
        ServerProcess.start(
            "nginx",
            folder,
            Map.of(),
            List.of("/usr/sbin/nginx", "-c", configuration.toString(), "-p", folder.toString()))) {
      nginx.awaitReady(Duration.ofSeconds(10), () -> Ports.isOpen(port));
      Comparison.print(
          "A scrape of %,d series, gzip, %,d bytes".formatted(series, bytes.length),
          "nginx, a file of the same bytes,",
          () -> get(client, file),
          () -> get(client, metrics));
    }
  }

  private static byte[] get(HttpClient client, URI uri) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofByteArray())
        .body();
  }
}
