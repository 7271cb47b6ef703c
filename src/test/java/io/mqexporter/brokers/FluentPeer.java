package io.mqexporter.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A receiver of Fluentd's forward protocol that is not ours, in a process of its own. */
public final class FluentPeer implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Path folder;
  private final int port = Ports.free();
  private final List<String> command;
  private ServerProcess process;

  /**
   * What a receiver asks for.
   *
   * @param sharedKey a key; empty for none
   * @param user user and password with a colon between them; empty for none
   * @param pem a file with key and certificates for TLS; empty for none
   */
  public record Demands(String sharedKey, String user, String pem) {

    /** Everybody may send. */
    public static final Demands NONE = new Demands("", "", "");
  }

  private FluentPeer(String name, Demands demands) {
    this.name = name;
    this.folder = Repository.emptyRunFolder(name);
    this.command =
        List.of(
            "node",
            Repository.file("target/brokers/fluent/fluent-peer.js").toString(),
            Integer.toString(port),
            file().toString(),
            demands.sharedKey(),
            demands.user(),
            demands.pem());
    this.process = launch();
  }

  /** Starts a receiver and waits until it listens. */
  public static FluentPeer start(String name, Demands demands) {
    Command.run(
        TIMEOUT, Map.of(), List.of(Repository.file("src/test/bin/install-fluent-peer").toString()));
    return new FluentPeer(name, demands);
  }

  /** Returns where it listens. */
  public int port() {
    return port;
  }

  /** Ends it, and starts it again. */
  public void restart() {
    process.close();
    process = launch();
  }

  /** Returns what has arrived, oldest first: {@code tag}, {@code time}, {@code record}. */
  public List<JsonNode> entries() {
    try {
      var entries = new ArrayList<JsonNode>();
      if (Files.exists(file())) {
        for (String line : Files.readAllLines(file())) {
          entries.add(JSON.readTree(line));
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private Path file() {
    return folder.resolve("entries.jsonl");
  }

  private ServerProcess launch() {
    ServerProcess launched = ServerProcess.start(name, folder, Map.of(), command);
    launched.awaitReady(TIMEOUT, () -> Ports.isOpen(port));
    return launched;
  }
}
