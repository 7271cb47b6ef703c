package io.mqexporter.relay;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the labels of a line. The plugin of RabbitMQ 3 escapes nothing in their values, so that a
 * quote ends a value there only where the next label or the end of all labels comes after it.
 *
 * @param escaped whether quotes, backslashes and line ends in values are escaped
 */
record LabelReader(boolean escaped) {

  private static final Pattern START = Pattern.compile("\\s*,?\\s*([a-zA-Z_][a-zA-Z0-9_]*)=\"");
  private static final Pattern END_OF_VALUE =
      Pattern.compile(
          "\"(?=\\s*(?:,\\s*(?:[a-zA-Z_][a-zA-Z0-9_]*=\"|})|}\\s+[-+0-9a-zA-Z.]+\\s*(?:[0-9]+\\s*)?$))");

  /**
   * The labels of a line.
   *
   * @param end where the rest of the line begins
   */
  record Labels(SortedMap<String, String> values, int end) {}

  /**
   * Reads the labels that begin at a place, if there are any.
   *
   * @throws IllegalArgumentException if they are not what they should be
   */
  Labels read(String line, int start) {
    if (start == line.length() || line.charAt(start) != '{') {
      return new Labels(Collections.emptySortedMap(), start);
    }
    var values = new TreeMap<String, String>();
    Matcher label = START.matcher(line);
    int at = start + 1;
    while (label.region(at, line.length()).lookingAt()) {
      var value = new StringBuilder();
      at = escaped ? unescape(line, label.end(), value) : copy(line, label.end(), value);
      values.put(label.group(1), value.toString());
    }
    int end = line.indexOf('}', at);
    if (end < 0 || !line.substring(at, end).matches("[\\s,]*")) {
      throw new IllegalArgumentException("the labels have no end");
    }
    return new Labels(values, end + 1);
  }

  /** Returns where the rest of the line begins after a value. */
  private static int unescape(String line, int start, StringBuilder value) {
    for (int i = start; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\' && i + 1 < line.length()) {
        i++;
        value.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
      } else {
        value.append(c);
      }
    }
    throw new IllegalArgumentException("a label's value has no end");
  }

  private static int copy(String line, int start, StringBuilder value) {
    Matcher end = END_OF_VALUE.matcher(line);
    if (!end.find(start)) {
      throw new IllegalArgumentException("a label's value has no end");
    }
    value.append(line, start, end.start());
    return end.end();
  }
}
