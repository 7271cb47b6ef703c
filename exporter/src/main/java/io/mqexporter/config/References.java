package io.mqexporter.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what a value refers to: <code>${NAME}</code> and <code>${NAME:-default}</code> stand for
 * a variable of the environment, <code>${file:/path}</code> for the content of a file without the
 * line end at its end. <code>$${</code> stands for the characters <code>${</code>.
 */
final class References {

  private static final int MAX_FILE_BYTES = 64 << 10;

  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$\\$\\{|\\$\\{(?:file:(?<file>[^{}]+)|(?<name>\\w+)(?<default>:-[^{}]*)?)}|\\$\\{");

  private final Path configFile;
  private final Map<String, String> environment;
  private final Set<Path> files = new HashSet<>();

  /**
   * Creates the references of one configuration file; relative paths start where it is.
   *
   * @param environment the variables
   */
  References(Path configFile, Map<String, String> environment) {
    this.configFile = configFile;
    this.environment = environment;
  }

  /**
   * A value with everything put in.
   *
   * @param text the value
   * @param fromFile whether a part of it came from a file
   */
  record Resolved(String text, boolean fromFile) {}

  /** Returns the file that the references stand in. */
  Path configFile() {
    return configFile;
  }

  /** Returns the files that were referred to so far, whether they could be read or not. */
  Set<Path> files() {
    return Set.copyOf(files);
  }

  /** Returns the value that stands for a text in which nothing is to be put in. */
  static String escaped(String text) {
    return text.replace("${", "$${");
  }

  /**
   * Puts in what a value refers to.
   *
   * @throws MalformedException without any part of the value that may be secret
   */
  Resolved resolve(String value) throws MalformedException {
    var text = new StringBuilder();
    boolean fromFile = false;
    Matcher reference = REFERENCE.matcher(value);
    while (reference.find()) {
      String content = contentOf(reference);
      fromFile |= reference.group("file") != null;
      reference.appendReplacement(text, Matcher.quoteReplacement(content));
    }
    return new Resolved(reference.appendTail(text).toString(), fromFile);
  }

  private String contentOf(Matcher reference) throws MalformedException {
    if (reference.group().equals("$${")) {
      return "${";
    }
    String file = reference.group("file");
    if (file != null) {
      return contentOfFile(file);
    }
    String name = reference.group("name");
    if (name != null) {
      return contentOfVariable(name, reference.group("default"));
    }
    throw new MalformedException(
        "${ that begins no reference",
        "${NAME}, ${NAME:-default}, ${file:/path}, or $${ for the characters ${");
  }

  private String contentOfVariable(String name, @Nullable String defaultPart)
      throws MalformedException {
    String content = environment.getOrDefault(name, "");
    if (defaultPart != null) {
      return content.isEmpty() ? defaultPart.substring(":-".length()) : content;
    }
    if (!environment.containsKey(name)) {
      throw new MalformedException(
          "${" + name + "}: not set",
          "a variable of the environment, or a default as in ${" + name + ":-default}");
    }
    return content;
  }

  private String contentOfFile(String path) throws MalformedException {
    String reason;
    try {
      Path file = configFile.resolveSibling(path);
      files.add(file);
      String content = TextFile.read(file, MAX_FILE_BYTES).replaceAll("[\r\n]+$", "");
      if (!content.isEmpty()) {
        return content;
      }
      reason = "empty";
    } catch (TextFile.UnreadableException e) {
      reason = e.reason();
    } catch (InvalidPathException e) {
      reason = "not a path";
    }
    throw new MalformedException(
        "${file:" + path + "}: " + reason, "a text file of 1 byte to 64 KiB");
  }
}
