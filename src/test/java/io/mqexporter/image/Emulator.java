package io.mqexporter.image;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs programs of a processor that is not this machine's, tens of times as slowly: QEMU's
 * emulation of a user's programs, Debian's package {@code qemu-user-static}.
 *
 * @param program its only file, which needs no library
 */
record Emulator(Path program) {

  /** How many times as long as otherwise is waited for what it runs. */
  static final int PATIENCE = 6;

  /** Returns the one for a processor, or nothing if it is not installed. */
  static Optional<Emulator> of(Architecture architecture) {
    return Command.findOnPath("qemu-" + architecture.machine() + "-static").map(Emulator::new);
  }

  /** Returns a folder that looks like a Java and runs that of an image. */
  Path javaHome(ImageRoot root) throws IOException {
    Path home = Repository.emptyRunFolder("emulated-" + root.architecture().label());
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        exec '%s' -L '%s' '%s/bin/java' "$@"
        """
            .formatted(program, root.folder(), root.java()));
    if (!java.toFile().setExecutable(true)) {
      throw new IOException(java + ": cannot be made executable");
    }
    return home;
  }
}
