package io.mqexporter.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqexporter.brokers.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image whose layers were unpacked one over the other, as an engine does.
 *
 * @param config what the image says of itself
 * @param root the root of its file system
 */
record UnpackedImage(JsonNode config, Path root) {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int ELF_MAGIC = 0x7f454c46;
  private static final int MACHINE_AT = 18;

  /** Unpacks a file into a folder that is empty. */
  static UnpackedImage of(Path tar, Path folder) throws IOException {
    Path parts = Files.createDirectory(folder.resolve("parts"));
    Path root = Files.createDirectory(folder.resolve("root"));
    tar(tar, parts);
    var json = new ObjectMapper();
    JsonNode manifest = json.readTree(parts.resolve("manifest.json").toFile()).get(0);
    for (JsonNode layer : manifest.get("Layers")) {
      tar(parts.resolve(layer.asText()), root);
    }
    return new UnpackedImage(
        json.readTree(parts.resolve(manifest.get("Config").asText()).toFile()), root);
  }

  /** Returns the entry point and its arguments. */
  List<String> command() {
    var command = new ArrayList<String>();
    config.at("/config/Entrypoint").forEach(part -> command.add(part.asText()));
    return command;
  }

  /** Returns all files. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Returns the processor that a program or library is for, as ELF numbers them; 0 for no such. */
  static int machine(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      ByteBuffer head = ByteBuffer.wrap(in.readNBytes(20));
      return head.limit() == 20 && head.getInt(0) == ELF_MAGIC
          ? head.order(ByteOrder.LITTLE_ENDIAN).getShort(MACHINE_AT)
          : 0;
    }
  }

  private static void tar(Path file, Path folder) {
    Command.run(TIMEOUT, Map.of(), List.of("tar", "-xf", file.toString(), "-C", folder.toString()));
  }
}
