package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command that is run to its end, such as a broker's own tool. */
public final class Command {

  private static final Duration SIGNAL_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration JVM_TIMEOUT = Duration.ofMinutes(3);

  private Command() {}

  /**
   * What a command left behind.
   *
   * @param exitCode its exit code
   * @param output what it wrote to both standard streams
   */
  public record Result(int exitCode, String output) {}

  /**
   * Runs a command and returns its output.
   *
   * @throws IllegalStateException if it fails, or does not end in time
   */
  public static String run(
      Duration timeout, Map<String, String> environment, List<String> command) {
    Result result = tryRun(timeout, environment, command);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          "%s ended with %d:%n%s".formatted(command, result.exitCode(), result.output()));
    }
    return result.output();
  }

  /**
   * Runs a command, whatever its exit code.
   *
   * @throws IllegalStateException if it does not end in time; it is killed then
   */
  public static Result tryRun(
      Duration timeout, Map<String, String> environment, List<String> command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      var output = CompletableFuture.supplyAsync(() -> readAll(process));
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "%s did not end within %s:%n%s".formatted(command, timeout, output.join()));
      }
      return new Result(process.exitValue(), output.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  /** Sends a process a signal, such as {@code STOP}. */
  public static void signal(ProcessHandle process, String signal) {
    run(SIGNAL_TIMEOUT, Map.of(), List.of("kill", "-" + signal, Long.toString(process.pid())));
  }

  /**
   * Asks a JVM something by the JDK's tool for it, such as {@code GC.run}, and returns the answer.
   */
  public static String jcmd(ProcessHandle jvm, String question) {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return run(JVM_TIMEOUT, Map.of(), List.of(tool, Long.toString(jvm.pid()), question));
  }

  /** Returns whether a command is installed. */
  public static boolean isOnPath(String command) {
    return findOnPath(command).isPresent();
  }

  /** Returns where a command is installed. */
  public static Optional<Path> findOnPath(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(directory -> Path.of(directory, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String readAll(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
