package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server as a child process that writes its output to a file. It ends with this JVM at the
 * latest.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final int LOG_LINES_SHOWN = 30;

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread killAtExit;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.killAtExit = new Thread(this::killTree);
    Runtime.getRuntime().addShutdownHook(killAtExit);
  }

  /**
   * Starts a server.
   *
   * @param name what it is called in messages; its output goes to {@code <folder>/<name>.log}
   * @param folder its working folder
   * @param environment variables that are added to this process' own
   */
  public static ServerProcess start(
      String name, Path folder, Map<String, String> environment, List<String> command) {
    Path log = folder.resolve(name + ".log");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new ServerProcess(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": could not be started: " + e.getMessage(), e);
    }
  }

  /** Returns the path of the {@code java} command of the JDK that runs this. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Returns the operating system's handle of the server. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Waits until the server is ready.
   *
   * @throws IllegalStateException with the end of its log if it ends, or is not ready in time
   */
  public void awaitReady(Duration timeout, BooleanSupplier isReady) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!isReady.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "%s ended with %d:%n%s".formatted(name, process.exitValue(), endOfLog()));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "%s was not ready within %s:%n%s".formatted(name, timeout, endOfLog()));
      }
      pause();
    }
  }

  /** Ends the server as an operator would, and by force if that takes too long. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    forgetAtExit();
  }

  /** Ends the server and its children at once, as {@code kill -9} does. */
  public void kill() {
    killTree();
    process.onExit().join();
    forgetAtExit();
  }

  private void killTree() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private void forgetAtExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(killAtExit);
    } catch (IllegalStateException e) {
      // The JVM is on its way out and runs the hook itself.
      return;
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server was starting", e);
    }
  }
}
