package io.mqexporter.system;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** nginx in front of the nodes of a cluster, which it gives one request each in turn. */
final class LoadBalancer implements AutoCloseable {

  private final int port = Ports.free();
  private final int sparingPort = Ports.free();
  private final ServerProcess nginx;

  private LoadBalancer(List<URI> nodes) throws IOException {
    Path folder = Repository.emptyRunFolder("load-balancer");
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
          proxy_temp_path %1$s/proxy;
          upstream nodes {
            %2$s
          }
          server {
            listen 127.0.0.1:%3$d;
            location / {
              proxy_pass http://nodes;
            }
          }
          server {
            listen 127.0.0.1:%4$d;
            location / {
              proxy_pass http://nodes;
            }
            location = /api/queues {
              if ($arg_page = "") {
                return 413;
              }
              proxy_pass http://nodes;
            }
          }
        }
        """
            .formatted(
                folder,
                nodes.stream()
                    .map(node -> "server " + node.getAuthority() + ";")
                    .collect(Collectors.joining(" ")),
                port,
                sparingPort));
    nginx =
        ServerProcess.start(
            "nginx",
            folder,
            Map.of(),
            List.of("/usr/sbin/nginx", "-c", configuration.toString(), "-p", folder.toString()));
    nginx.awaitReady(Duration.ofSeconds(10), () -> Ports.isOpen(port) && Ports.isOpen(sparingPort));
  }

  /** Starts one. */
  static LoadBalancer start(List<URI> nodes) throws IOException {
    return new LoadBalancer(nodes);
  }

  /** Returns its address. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Returns its address for those who are given the list of queues in pages only. */
  URI urlWithoutLongLists() {
    return URI.create("http://127.0.0.1:" + sparingPort);
  }

  @Override
  public void close() {
    nginx.close();
  }
}
