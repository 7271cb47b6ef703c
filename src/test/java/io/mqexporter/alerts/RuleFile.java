package io.mqexporter.alerts;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file of rules.
 *
 * @param path where it is
 * @param rules all of its groups' rules, in its order
 */
public record RuleFile(Path path, List<Rule> rules) {

  /** Copies the list. */
  public RuleFile {
    rules = List.copyOf(rules);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException in one line, if it is none
   */
  public static RuleFile read(Path path) {
    var rules = new ArrayList<Rule>();
    try (Reader reader = Files.newBufferedReader(path)) {
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
      for (Node group : list(value(root, "groups"))) {
        for (Node rule : list(value(group, "rules"))) {
          rules.add(rule(rule));
        }
      }
    } catch (YAMLException e) {
      throw new IllegalArgumentException(
          path + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("no YAML"), e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read", e);
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException(path + ": no rules (expected: groups with rules)");
    }
    return new RuleFile(path, rules);
  }

  /** Returns its name without the folder and the ending. */
  public String name() {
    return path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  private static Rule rule(Node node) {
    Map<String, String> keys = texts(node);
    boolean isAlert = keys.containsKey("alert");
    return new Rule(
        node.getStartMark().getLine() + 1,
        keys.getOrDefault(isAlert ? "alert" : "record", ""),
        isAlert,
        keys.getOrDefault("expr", ""),
        keys,
        value(node, "labels").map(RuleFile::texts).orElse(Map.of()),
        value(node, "annotations").map(RuleFile::texts).orElse(Map.of()));
  }

  private static Map<String, String> texts(Node node) {
    var texts = new LinkedHashMap<String, String>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && tuple.getValueNode() instanceof ScalarNode text) {
          texts.put(key.getValue(), text.getValue());
        }
      }
    }
    return texts;
  }

  private static List<Node> list(Optional<Node> node) {
    return node.orElse(null) instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  private static Optional<Node> value(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
          return Optional.of(tuple.getValueNode());
        }
      }
    }
    return Optional.empty();
  }
}
