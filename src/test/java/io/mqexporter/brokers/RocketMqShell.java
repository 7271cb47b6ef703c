package io.mqexporter.brokers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * RocketMQ's {@code mqadmin} in a process that is kept: a command alone takes a second to start and
 * up to three to end. It ends with this JVM at the latest, for its input ends then.
 */
final class RocketMqShell implements AutoCloseable {

  private static final String SOURCE = "src/test/brokers/rocketmq/AdminShell.java";
  private static final String END = "\u0003";
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final Process process;
  private final Writer commands;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private RocketMqShell(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(this::readLines);
  }

  /**
   * Starts it in a release.
   *
   * @param home a folder for what it writes
   */
  static RocketMqShell start(RocketMqRelease release, Path home) {
    RocketMqNode.quieten(home);
    var builder =
        new ProcessBuilder(
                ServerProcess.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-cp",
                release.classPath(),
                Repository.file(SOURCE).toString())
            .directory(home.toFile())
            .redirectErrorStream(true);
    builder.environment().put("ROCKETMQ_HOME", home.toString());
    try {
      return new RocketMqShell(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a command and returns what it prints.
   *
   * @throws IllegalStateException if it does not end in time
   */
  synchronized String run(List<String> command) {
    try {
      commands.write(String.join("\t", command) + "\n");
      commands.flush();
      var output = new StringBuilder();
      long end = System.nanoTime() + TIMEOUT.toNanos();
      while (true) {
        String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null || !process.isAlive()) {
          close();
          throw new IllegalStateException("mqadmin %s:%n%s".formatted(command, output));
        }
        if (line.equals(END)) {
          return output.toString();
        }
        output.append(line).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("mqadmin " + command + " was interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void readLines() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("its output broke off: " + e.getMessage());
    }
  }
}
