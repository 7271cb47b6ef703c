package io.mqexporter.jmx.rules;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.management.MalformedObjectNameException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds what is wrong with a rule file. The library is the judge; where it does not say what it
 * means, each key and each rule is shown to it alone.
 *
 * @param settings the keys with their values
 * @param lines the line of each key
 * @param linesOfRules the line of each rule
 */
record RuleCheck(
    Map<String, Object> settings, Map<String, Integer> lines, List<Integer> linesOfRules) {

  private static final String RULES = "rules";

  /** How the library's own expression begins in which a pattern stands. */
  private static final String BEFORE_PATTERN = "^.*(?:";

  /** How it ends. */
  private static final String AFTER_PATTERN = ").*$";

  /** Reads the syntax. */
  static RuleCheck of(String text) throws RuleException {
    try {
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      @Nullable Node root = yaml.compose(new StringReader(text));
      @Nullable Object loaded = yaml.load(text);
      if (loaded == null) {
        return new RuleCheck(Map.of(), Map.of(), List.of());
      }
      if (!(loaded instanceof Map<?, ?> map) || !(root instanceof MappingNode mapping)) {
        throw new RuleException(1, "no keys and values");
      }
      var settings = new LinkedHashMap<String, Object>();
      map.forEach((key, value) -> {
        if (value != null) {
          settings.put(String.valueOf(key), value);
        }
      });
      return located(settings, mapping);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw new RuleException(mark == null ? 0 : mark.getLine() + 1, e.getProblem());
    } catch (YAMLException e) {
      throw new RuleException(0, firstLine(e));
    }
  }

  private static RuleCheck located(Map<String, Object> settings, MappingNode mapping) {
    var lines = new HashMap<String, Integer>();
    var linesOfRules = new ArrayList<Integer>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        lines.put(key.getValue(), lineOf(key));
        if (key.getValue().equals(RULES) && tuple.getValueNode() instanceof SequenceNode rules) {
          rules.getValue().forEach(rule -> linesOfRules.add(lineOf(rule)));
        }
      }
    }
    return new RuleCheck(settings, lines, linesOfRules);
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /**
   * Throws unless the library takes the file, and will be able to apply each rule.
   *
   * @param yaml the file as the library is to read it
   */
  void accept(String yaml) throws RuleException {
    Optional<Exception> problem = problem(yaml);
    if (problem.isPresent()) {
      throw located(problem.get());
    }
    List<?> rules = rules();
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i) instanceof Map<?, ?> rule) {
        checkReferences(i, rule);
      }
    }
  }

  private List<?> rules() {
    return settings.getOrDefault(RULES, List.of()) instanceof List<?> rules ? rules : List.of();
  }

  private RuleException located(Exception whole) {
    List<?> rules = rules();
    for (int i = 0; i < rules.size(); i++) {
      Optional<Exception> problem = problem(RuleFile.yaml(Map.of(RULES, List.of(rules.get(i)))));
      if (problem.isPresent()) {
        return inRule(i, reason(problem.get()));
      }
    }
    for (Map.Entry<String, Object> entry : settings.entrySet()) {
      Optional<Exception> problem =
          problem(RuleFile.yaml(Map.of(entry.getKey(), entry.getValue())));
      if (problem.isPresent()) {
        return new RuleException(
            lines.getOrDefault(entry.getKey(), 0), entry.getKey() + ": " + reason(problem.get()));
      }
    }
    return new RuleException(0, reason(whole));
  }

  private RuleException inRule(int index, String problem) {
    int line = index < linesOfRules.size() ? linesOfRules.get(index) : 0;
    return new RuleException(line, "rules[%d]: %s".formatted(index, problem));
  }

  private static Optional<Exception> problem(String yaml) {
    try {
      RuleLibrary.collector(yaml);
      return Optional.empty();
    } catch (MalformedObjectNameException | RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static String reason(Exception problem) {
    return switch (problem) {
      case PatternSyntaxException e ->
          "pattern: %s in %s".formatted(e.getDescription(), ofUser(e.getPattern()));
      case ClassCastException _ -> "a value of the wrong kind";
      case NullPointerException _ -> "a value is missing";
      // What follows is the rule itself, which is named by its line.
      default -> firstLine(problem).replaceFirst(": ?\\{.*", "");
    };
  }

  private static String ofUser(String pattern) {
    return pattern.startsWith(BEFORE_PATTERN) && pattern.endsWith(AFTER_PATTERN)
        ? pattern.substring(BEFORE_PATTERN.length(), pattern.length() - AFTER_PATTERN.length())
        : pattern;
  }

  private static String firstLine(Exception problem) {
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
  }

  /** The library finds out when it applies a rule, and then tells of no MBean any more. */
  private void checkReferences(int index, Map<?, ?> rule) throws RuleException {
    Pattern pattern = Pattern.compile(text(rule, "pattern"));
    for (String key : List.of("name", "value", "help")) {
      checkReferences(index, key, text(rule, key), pattern);
    }
    if (rule.get("labels") instanceof Map<?, ?> labels) {
      for (Map.Entry<?, ?> label : labels.entrySet()) {
        checkReferences(index, "labels", String.valueOf(label.getKey()), pattern);
        checkReferences(index, "labels", String.valueOf(label.getValue()), pattern);
      }
    }
  }

  private static String text(Map<?, ?> rule, String key) {
    return rule.get(key) == null ? "" : String.valueOf(rule.get(key));
  }

  private void checkReferences(int index, String key, String replacement, Pattern pattern)
      throws RuleException {
    int groups = pattern.matcher("").groupCount();
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '$') {
        String after = replacement.substring(i + 1);
        boolean known =
            after.startsWith("{")
                ? pattern.namedGroups().containsKey(after.replaceFirst("^\\{(\\w*)}.*", "$1"))
                : after.matches("\\d.*") && after.charAt(0) - '0' <= groups;
        if (!known) {
          throw inRule(
              index,
              "%s: %s refers to no group of the pattern, which has %d"
                  .formatted(key, replacement, groups));
        }
      }
    }
  }
}
