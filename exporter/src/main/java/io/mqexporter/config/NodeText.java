package io.mqexporter.config;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A text by which two parts of YAML files are equal if they say the same in the same order. */
final class NodeText {

  /** Deeper than what the parser lets through, unless a part contains itself. */
  private static final int MAX_DEPTH = 30;

  private final StringBuilder text = new StringBuilder();

  private NodeText() {}

  static String of(Node node) {
    var all = new NodeText();
    all.add(node, 0);
    return all.text.toString();
  }

  private void add(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    switch (node) {
      case ScalarNode scalar ->
          text.append(scalar.getValue().length()).append(':').append(scalar.getValue());
      case SequenceNode list -> {
        text.append('[');
        list.getValue().forEach(element -> add(element, depth + 1));
        text.append(']');
      }
      case MappingNode mapping -> {
        text.append('{');
        mapping
            .getValue()
            .forEach(entry -> {
              add(entry.getKeyNode(), depth + 1);
              add(entry.getValueNode(), depth + 1);
            });
        text.append('}');
      }
      default -> text.append('?');
    }
  }
}
