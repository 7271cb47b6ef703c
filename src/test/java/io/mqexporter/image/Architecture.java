package io.mqexporter.image;

import java.util.Locale;

/** A processor that there is an image for. */
public enum Architecture {
  /** Intel's and AMD's. */
  AMD64("x86_64-linux-gnu", "lib64/ld-linux-x86-64.so.2"),
  /** ARM's. */
  ARM64("aarch64-linux-gnu", "lib/ld-linux-aarch64.so.1");

  private final String libraries;
  private final String loader;

  Architecture(String libraries, String loader) {
    this.libraries = libraries;
    this.loader = loader;
  }

  /** Returns the one of this machine. */
  public static Architecture ofThisMachine() {
    return System.getProperty("os.arch").equals("aarch64") ? ARM64 : AMD64;
  }

  /** Returns its name in images and in Debian. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns its name in QEMU and in the kernel. */
  String machine() {
    return libraries.substring(0, libraries.indexOf('-'));
  }

  /** Returns the name of the folder of its libraries. */
  String libraries() {
    return libraries;
  }

  /** Returns where programs look for what loads their libraries. */
  String loader() {
    return loader;
  }
}
