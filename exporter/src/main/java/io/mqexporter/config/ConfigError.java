package io.mqexporter.config;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One thing that is wrong in a configuration file.
 *
 * @param file the file, as it was named on the command line
 * @param line the line, from 1; 0 if it is the file as a whole
 * @param key the path of the key, such as {@code targets[0].kafka.timeout}; empty if there is none
 * @param found the offending value or what else is there; never a secret
 * @param expected what should be there
 */
public record ConfigError(Path file, int line, String key, String found, String expected) {

  private static final int MAX_LENGTH = 120;
  private static final Pattern USER_INFO = Pattern.compile("//\\S*@");

  /**
   * Returns the error as one line: {@code config.yaml:12: targets[0].timeout: 0s (expected: 100ms
   * to 5m)}.
   */
  @Override
  public String toString() {
    var text = new StringBuilder(onOneLine(file.toString()));
    if (line > 0) {
      text.append(':').append(line);
    }
    if (!key.isEmpty()) {
      text.append(": ").append(shortened(onOneLine(key)));
    }
    return text.append(": ")
        .append(shown(found))
        .append(" (expected: ")
        .append(onOneLine(expected))
        .append(')')
        .toString();
  }

  private static String shown(String value) {
    if (value.isEmpty()) {
      return "\"\"";
    }
    return shortened(onOneLine(USER_INFO.matcher(value).replaceAll("//<secret>@")));
  }

  private static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
  }

  private static String onOneLine(String text) {
    var line = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH * 10L)
        .forEach(character -> {
          switch (Character.getType(character)) {
            case Character.CONTROL,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR,
                Character.SURROGATE,
                Character.UNASSIGNED ->
                line.append("\\u%04x".formatted(character));
            default -> line.appendCodePoint(character);
          }
        });
    return line.toString();
  }
}
