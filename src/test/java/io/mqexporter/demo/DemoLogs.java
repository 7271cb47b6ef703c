package io.mqexporter.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mqexporter.brokers.SearchNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The brokers' logs in the demo: where they are, where they go, and the errors in them. */
final class DemoLogs implements AutoCloseable {

  private static final int PROVOKED_EVERY_SECONDS = 20;

  private final SearchNode node;

  /**
   * The log of one broker.
   *
   * @param target the name of its target
   * @param paths its files
   * @param port where the broker listens
   */
  record Source(String target, Path paths, int port) {}

  private DemoLogs(SearchNode node) {
    this.node = node;
  }

  /** Starts what receives the events. */
  static DemoLogs start() {
    return new DemoLogs(SearchNode.openSearch("demo-opensearch"));
  }

  /** Returns the agent's configuration of logs. */
  String configuration(List<Source> sources, Path stateFolder) {
    String lines =
        sources.stream()
            .map(source ->
                "    - {target: %s, paths: '%s'}%n".formatted(source.target(), source.paths()))
            .collect(Collectors.joining());
    return """
    logs:
      state_folder: %s
      sources:
    %s  sinks:
        - elasticsearch: {url: '%s', template: install}
    """
        .formatted(stateFolder, lines, node.url());
  }

  /** Returns how many events there are. */
  long count() {
    return node.count("logs-mq.*");
  }

  /** Returns an address that shows the last errors. */
  String query() {
    return node.url()
        + "/logs-mq.*/_search?pretty&size=3&sort=@timestamp:desc&_source=@timestamp,log.level,labels.messaging_cluster,message";
  }

  /** Speaks HTTP to the brokers again and again, which each of them complains of in its log. */
  static void provokeErrors(List<Source> sources, CountDownLatch interrupted) {
    try {
      do {
        for (Source source : sources) {
          speakHttp(source.port());
        }
      } while (!interrupted.await(PROVOKED_EVERY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void speakHttp(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      socket.getInputStream().readNBytes(1);
    } catch (IOException e) {
      // It hangs up, as it should.
      return;
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
