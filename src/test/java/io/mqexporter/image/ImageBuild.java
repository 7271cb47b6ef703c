package io.mqexporter.image;

import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes the images of both processors, {@code target/mq-exporter-<processor>.tar}. With the
 * argument {@code root} it leaves the folder that the Dockerfile copies, of this machine's
 * processor only.
 */
final class ImageBuild {

  private ImageBuild() {}

  /** Does what the argument says. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 1 && arguments[0].equals("root")) {
      System.out.println(ImageRoot.create(Architecture.ofThisMachine(), Optional.empty()).folder());
      return;
    }
    for (Architecture architecture : Architecture.values()) {
      Path file = Repository.file("target/mq-exporter-" + architecture.label() + ".tar");
      ImageTar.write(ImageRoot.create(architecture, Emulator.of(architecture)), file);
      System.out.printf("%s: %d MB%n", file, Files.size(file) / 1_000_000);
    }
  }
}
