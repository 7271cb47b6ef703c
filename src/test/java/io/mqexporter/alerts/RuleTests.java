package io.mqexporter.alerts;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The promtool tests of a file of rules. Whether they pass is promtool's to say; here is looked at
 * which there are, and whether each proves what its name says.
 *
 * @param tests the groups of tests, as the file has them
 */
public record RuleTests(List<Map<String, Object>> tests) {

  /** Copies the list. */
  public RuleTests {
    tests = List.copyOf(tests);
  }

  /** Reads a file of tests; one that is not there has none. */
  public static RuleTests read(Path path) {
    if (!Files.exists(path)) {
      return new RuleTests(List.of());
    }
    try (Reader reader = Files.newBufferedReader(path)) {
      Map<String, List<Map<String, Object>>> root =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      return new RuleTests(root.getOrDefault("tests", List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read", e);
    }
  }

  /** Returns what is wrong with the tests of an alert of one kind; empty if nothing is. */
  Optional<String> problem(String alert, String ending) {
    List<Map<String, Object>> own =
        tests.stream()
            .filter(test -> String.valueOf(test.get("name")).startsWith(alert + ending))
            .toList();
    if (own.isEmpty()) {
      return Optional.of("no test '" + alert + ending + "'");
    }
    boolean proven =
        switch (ending) {
          case " fires" -> own.stream().anyMatch(test -> firings(test, alert) > 0);
          // The one alert that is never quiet is there to be missed.
          case " stays quiet" ->
              alert.equals("Watchdog")
                  || own.stream().allMatch(test -> has(test) && firings(test, alert) == 0);
          default -> own.stream().anyMatch(test -> series(test).anyMatch(s -> s.contains("stale")));
        };
    return proven
        ? Optional.empty()
        : Optional.of("the test '" + alert + ending + "' does not prove what its name says");
  }

  private static boolean has(Map<String, Object> test) {
    return series(test).findAny().isPresent() && !list(test, "alert_rule_test").isEmpty();
  }

  private static Stream<String> series(Map<String, Object> test) {
    return list(test, "input_series").stream().map(one -> String.valueOf(one.get("values")));
  }

  private static long firings(Map<String, Object> test, String alert) {
    return list(test, "alert_rule_test").stream()
        .filter(one -> alert.equals(one.get("alertname")))
        .filter(one -> one.get("exp_alerts") instanceof List<?> expected && !expected.isEmpty())
        .count();
  }

  @SuppressWarnings("unchecked") // The form of promtool's files.
  private static List<Map<String, Object>> list(Map<String, Object> test, String key) {
    return (List<Map<String, Object>>) test.getOrDefault(key, List.of());
  }
}
