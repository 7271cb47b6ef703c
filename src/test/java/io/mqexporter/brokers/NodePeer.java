package io.mqexporter.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A receiver that is not ours, in a process of Node.js, which writes what arrives as lines of JSON.
 */
public final class NodePeer implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Path folder;
  private final int port = Ports.free();
  private final List<String> command;
  private ServerProcess process;

  private NodePeer(String kind, String name, List<String> arguments) {
    this.name = name;
    this.folder = Repository.emptyRunFolder(name);
    this.command = new ArrayList<>();
    command.add("node");
    command.add(Repository.file("target/brokers/%1$s/%1$s-peer.js".formatted(kind)).toString());
    command.add(Integer.toString(port));
    command.add(file().toString());
    command.addAll(arguments);
    this.process = launch();
  }

  /**
   * Starts a receiver and waits until it listens.
   *
   * @param kind where it is in {@code src/test/brokers}
   * @param name what it is called here
   * @param arguments what its script is given besides
   */
  public static NodePeer start(String kind, String name, String... arguments) {
    Command.run(
        TIMEOUT, Map.of(), List.of(Repository.file("src/test/bin/install-peer").toString(), kind));
    return new NodePeer(kind, name, List.of(arguments));
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

  /** Returns what has arrived, oldest first. */
  public List<JsonNode> entries() {
    try {
      var entries = new ArrayList<JsonNode>();
      if (Files.exists(file())) {
        String written = new String(Files.readAllBytes(file()), StandardCharsets.UTF_8);
        // What comes behind the last end of a line is still being written.
        for (String line : written.substring(0, written.lastIndexOf('\n') + 1).lines().toList()) {
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
