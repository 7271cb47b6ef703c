package io.mqexporter.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The keys and values of one part of the file. Whatever is wrong is noted, and reading goes on. A
 * key that nobody has asked for is unknown.
 */
final class Section {

  private static final int MAX_ENTRIES = 1_000;

  private record Entry(int line, Node value) {}

  private final String path;
  private final int line;
  private final ScalarReader scalars;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String path, int line, ScalarReader scalars) {
    this.path = path;
    this.line = line;
    this.scalars = scalars;
  }

  /** Returns what a decoder makes of the root of a file; empty if something is wrong, and noted. */
  static <T> Optional<T> read(
      Node root, ScalarReader scalars, Function<Section, Optional<T>> decoder) {
    return read("", lineOf(root), root, scalars, decoder);
  }

  private static <T> Optional<T> read(
      String path,
      int line,
      Node node,
      ScalarReader scalars,
      Function<Section, Optional<T>> decoder) {
    var section = new Section(path, line, scalars);
    if (!(node instanceof MappingNode mapping)) {
      section.reject("", ScalarReader.kindOf(node), "keys and values");
      return Optional.empty();
    }
    if (section.isTooLong(path, line, mapping.getValue())) {
      return Optional.empty();
    }
    mapping.getValue().forEach(section::enter);
    Optional<T> decoded = decoder.apply(section);
    section.rejectUnknownKeys();
    return decoded;
  }

  /** Returns the same section, to be read once more with another reader of values. */
  Section with(ScalarReader other) {
    var copy = new Section(path, line, other);
    copy.entries.putAll(entries);
    return copy;
  }

  /** Returns the file that the section stands in. */
  Path configFile() {
    return scalars.references().configFile();
  }

  /** Returns whether a key is there. */
  boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** Returns the line of a key; that of the section if the key is not there. */
  int lineOf(String key) {
    Entry entry = entries.get(key);
    return entry == null ? line : entry.line();
  }

  /** Returns the value of a key; empty if it is not there or not of that format. */
  <T> Optional<T> value(String key, Format<T> format) {
    return has(key) ? read(key, format) : Optional.empty();
  }

  /** Returns the value of a key that must be there. */
  <T> Optional<T> required(String key, Format<T> format) {
    return isMissing(key, format.expected()) ? Optional.empty() : read(key, format);
  }

  /**
   * Returns the values of a key that must be there: a list, or one text in which commas or
   * semicolons separate them.
   */
  <T> Optional<List<T>> requiredList(String key, Format<T> format) {
    if (isMissing(key, format.expected())) {
      return Optional.empty();
    }
    Entry entry = entry(key);
    if (!(entry.value() instanceof SequenceNode list)) {
      return read(key, new ListFormat<>(format));
    }
    List<T> values = values(key, elements(key, list), format);
    return values.isEmpty() ? Optional.empty() : Optional.of(values);
  }

  /** Returns the values of a key: a list that may be empty, or one value, taken as it is. */
  <T> List<T> list(String key, Format<T> format) {
    if (!has(key)) {
      return List.of();
    }
    if (!(entry(key).value() instanceof SequenceNode list)) {
      return read(key, format).stream().toList();
    }
    return isTooLong(pathOf(key), lineOf(key), list.getValue())
        ? List.of()
        : values(key, list.getValue(), format);
  }

  /** Returns what a decoder makes of the section under a key; empty if that is not there. */
  <T> Optional<T> section(String key, Function<Section, Optional<T>> decoder) {
    if (!has(key)) {
      return Optional.empty();
    }
    Entry entry = entry(key);
    return read(pathOf(key), entry.line(), entry.value(), scalars, decoder);
  }

  /** Returns what a decoder makes of each section in the list under a key that must be there. */
  <T> List<T> requiredSections(String key, Function<Section, Optional<T>> decoder) {
    String expected = "a list";
    if (isMissing(key, expected)) {
      return List.of();
    }
    if (!(entry(key).value() instanceof SequenceNode list)) {
      reject(key, ScalarReader.kindOf(entry(key).value()), expected);
      return List.of();
    }
    var decoded = new ArrayList<T>();
    int index = 0;
    for (Node node : elements(key, list)) {
      String path = "%s[%d]".formatted(pathOf(key), index++);
      read(path, lineOf(node), node, scalars, decoder).ifPresent(decoded::add);
    }
    return decoded;
  }

  /** Returns all keys with their values, whatever the keys are. */
  Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    for (String key : entries.keySet()) {
      value(key, TextFormat.any()).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  /** Returns what tells whether this section says the same as another, comments aside. */
  String text() {
    return text(entries.keySet());
  }

  /** Returns what tells whether the values of some keys are the same as those of another. */
  String text(Collection<String> keys) {
    var text = new StringBuilder();
    for (String key : keys) {
      if (entries.containsKey(key)) {
        text.append(key).append(' ').append(NodeText.of(entry(key).value())).append('\n');
      }
    }
    return text.toString();
  }

  /** Notes that something is wrong with a key, or with this section if the key is empty. */
  void reject(String key, String found, String expected) {
    scalars.errors().add(lineOf(key), pathOf(key), found, expected);
  }

  /** Notes that a key must not be there without another. */
  void rejectIfAlone(String key, String other) {
    if (has(key) && !has(other)) {
      reject(other, "missing", "a value, as " + key + " has one");
    }
  }

  private void enter(NodeTuple tuple) {
    int keyLine = lineOf(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
      scalars.errors().add(keyLine, path, "a key that is no text", "a key of one word");
      return;
    }
    String key = scalar.getValue();
    Entry earlier = entries.putIfAbsent(key, new Entry(keyLine, tuple.getValueNode()));
    if (earlier != null) {
      String expected = "each key once; line " + earlier.line() + " has it too";
      scalars.errors().add(keyLine, pathOf(key), "duplicate key", expected);
    }
  }

  private boolean isMissing(String key, String expected) {
    if (has(key)) {
      return false;
    }
    reject(key, "missing", expected);
    return true;
  }

  private <T> Optional<T> read(String key, Format<T> format) {
    Entry entry = entry(key);
    return scalars.read(entry.value(), pathOf(key), entry.line(), format);
  }

  private <T> List<T> values(String key, List<Node> nodes, Format<T> format) {
    return nodes.stream()
        .flatMap(node -> scalars.read(node, pathOf(key), lineOf(node), format).stream())
        .toList();
  }

  private List<Node> elements(String key, SequenceNode list) {
    if (list.getValue().isEmpty()) {
      reject(key, "an empty list", "at least one element");
    }
    return isTooLong(pathOf(key), lineOf(key), list.getValue()) ? List.of() : list.getValue();
  }

  private boolean isTooLong(String path, int line, List<?> elements) {
    if (elements.size() <= MAX_ENTRIES) {
      return false;
    }
    scalars.errors().add(line, path, elements.size() + " entries", "at most " + MAX_ENTRIES);
    return true;
  }

  private void rejectUnknownKeys() {
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        reject(key, "unknown key", KnownKeys.expected(known, key));
      }
    }
  }

  private Entry entry(String key) {
    return Objects.requireNonNull(entries.get(key), key);
  }

  private String pathOf(String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
