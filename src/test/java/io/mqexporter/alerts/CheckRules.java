package io.mqexporter.alerts;

import io.mqexporter.brokers.Command;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Says what is wrong in a file of rules, each in one line. Ends with 0 if nothing is, with 1 if
 * something is, and with 2 if the file cannot be read.
 */
public final class CheckRules {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private CheckRules() {}

  /** Checks the file that the argument names. */
  public static void main(String[] arguments) {
    if (arguments.length != 1 || arguments[0].isEmpty()) {
      System.out.println("FILE: missing (expected: make check-rules FILE=<file of rules>)");
      System.exit(2);
    }
    Path path = Path.of(arguments[0]);
    if (!Files.isRegularFile(path)) {
      System.out.println(path + ": no such file (expected: a file of Prometheus rules)");
      System.exit(2);
    }
    try {
      List<String> problems = check(path);
      problems.forEach(System.out::println);
      System.out.println(
          problems.isEmpty()
              ? path + ": nothing is wrong"
              : path + ": " + problems.size() + " found");
      System.exit(problems.isEmpty() ? 0 : 1);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      System.out.println(e.getMessage());
      System.exit(2);
    }
  }

  /** Returns what promtool says against a file, or else what we do, and what its tests say. */
  static List<String> check(Path path) {
    Command.Result syntax = promtool("check", "rules", path.toString());
    if (syntax.exitCode() != 0) {
      return syntax
          .output()
          .lines()
          .map(String::strip)
          .filter(CheckRules::tells)
          .distinct()
          .toList();
    }
    RuleFile file = RuleFile.read(path);
    var problems = new ArrayList<>(Alerts.problems(file));
    Path tests = path.resolveSibling("tests").resolve(file.name() + ".yaml");
    if (Files.exists(tests)) {
      Command.Result result = promtool("test", "rules", tests.toString());
      if (result.exitCode() != 0) {
        problems.add(tests + ": a test fails:\n" + result.output().strip());
      }
    }
    return problems;
  }

  private static boolean tells(String line) {
    return !line.isEmpty() && !line.startsWith("Checking") && !line.startsWith("FAILED");
  }

  private static Command.Result promtool(String... arguments) {
    var command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    return Command.tryRun(TIMEOUT, Map.of(), command);
  }
}
