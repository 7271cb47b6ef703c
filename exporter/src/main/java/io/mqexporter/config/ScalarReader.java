package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads single values. They are taken as they are written, whatever type YAML would see in them: a
 * password of digits is text, and so is {@code on}.
 *
 * @param errors where to note what is wrong
 * @param references what values may refer to
 * @param hiddenKeys where to note which keys have a value from a file
 */
record ScalarReader(ConfigErrors errors, References references, Set<String> hiddenKeys) {

  private static final Set<Tag> PLAIN_TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP, Tag.MERGE);

  /**
   * Reads the value of a key.
   *
   * @param key the path of the key
   * @param line the line of the key
   * @return empty if something is wrong, which is noted then
   */
  <T> Optional<T> read(Node node, String key, int line, Format<T> format) {
    if (!(node instanceof ScalarNode scalar) || !PLAIN_TAGS.contains(node.getTag())) {
      errors.add(line, key, kindOf(node), format.expected());
      return Optional.empty();
    }
    try {
      References.Resolved value = references.resolve(scalar.getValue());
      if (value.fromFile()) {
        hiddenKeys.add(key);
      }
      return read(value, key, line, format);
    } catch (MalformedException e) {
      errors.add(line, key, e.found(), e.expected());
      return Optional.empty();
    }
  }

  private <T> Optional<T> read(References.Resolved value, String key, int line, Format<T> format) {
    try {
      return Optional.of(format.read(value.text()));
    } catch (MalformedException e) {
      boolean hidden = value.fromFile() || SecretNames.isSecret(key);
      errors.add(line, key, hidden ? Secret.MASK : e.found(), e.expected());
      return Optional.empty();
    }
  }

  /** Returns in words what a node is. */
  static String kindOf(Node node) {
    return switch (node) {
      case MappingNode _ -> "keys and values";
      case SequenceNode _ -> "a list";
      case ScalarNode _ when node.getTag().equals(Tag.NULL) -> "nothing";
      case ScalarNode _ when !PLAIN_TAGS.contains(node.getTag()) -> "a value with a YAML tag";
      default -> "a single value";
    };
  }
}
