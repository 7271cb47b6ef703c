package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory of the machine a process has, as Linux says. */
public enum ProcessMemory {
  /** What it has now. */
  NOW("VmRSS"),

  /** The most that it ever had. */
  MOST("VmHWM");

  private final String field;

  ProcessMemory(String field) {
    this.field = field;
  }

  /** Returns the bytes of a process that runs. */
  public long bytes(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      return Files.readAllLines(status).stream()
              .filter(line -> line.startsWith(field + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
