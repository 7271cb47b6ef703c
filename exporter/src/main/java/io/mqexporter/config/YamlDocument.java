package io.mqexporter.config;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** The syntax of a YAML file: text in, a tree of nodes that know their lines out. */
final class YamlDocument {

  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 1_000;

  private YamlDocument() {}

  /** Returns the root of the only document in a text; empty if something is wrong, and noted. */
  static Optional<Node> parse(String text, ConfigErrors errors) {
    if (!isPrintable(text, errors)) {
      return Optional.empty();
    }
    var options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    var parser = new ParserImpl(new StreamReader(text), options);
    try {
      @Nullable Node root = new Composer(parser, new Resolver(), options).getSingleNode();
      if (root == null || root.getTag().equals(Tag.NULL)) {
        errors.add(0, "", "empty", "targets to read");
        return Optional.empty();
      }
      return Optional.of(root);
    } catch (MarkedYAMLException e) {
      addSyntaxError(e, text, errors);
    } catch (YAMLException e) {
      // Only its limits come without a mark.
      errors.add(
          lineReached(parser),
          "",
          "too deep or too many aliases",
          "at most %d levels and %d aliases of collections".formatted(MAX_DEPTH, MAX_ALIASES));
    }
    return Optional.empty();
  }

  /** Returns the line of the next event; 0 if the text cannot be read on. */
  private static int lineReached(Parser parser) {
    try {
      return parser.peekEvent().getStartMark().getLine() + 1;
    } catch (YAMLException e) {
      return 0;
    }
  }

  private static boolean isPrintable(String text, ConfigErrors errors) {
    int line = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (!StreamReader.isPrintable(character)) {
        errors.add(line, "", "the character U+%04X".formatted(character), "printable text");
        return false;
      }
      if (character == '\n') {
        line++;
      }
    }
    return true;
  }

  private static void addSyntaxError(MarkedYAMLException e, String text, ConfigErrors errors) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    boolean nearSecret =
        Stream.ofNullable(e.getContextMark())
                .map(Mark::getLine)
                .anyMatch(line -> SecretNames.isSecret(lineOf(text, line)))
            || SecretNames.isSecret(lineOf(text, mark.getLine()));
    // The parser's words may quote the text, as in "undefined alias ..." for a password with a *.
    String problem = nearSecret ? "a secret that is not valid YAML" : words(e);
    String expected = nearSecret ? "'single quotes' around it" : "valid YAML";
    errors.add(mark.getLine() + 1, "", problem + ", column " + (mark.getColumn() + 1), expected);
  }

  private static String words(MarkedYAMLException e) {
    String problem = e.getProblem().replaceFirst("\\. \\(Do not use .* for indentation\\)$", "");
    return e.getContext() == null ? problem : e.getContext() + ", " + problem;
  }

  private static String lineOf(String text, int line) {
    return text.lines().skip(line).findFirst().orElse("");
  }
}
