package io.mqexporter.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Several values in one text, separated by commas or semicolons.
 *
 * @param element the form of each of them
 */
record ListFormat<T>(Format<T> element) implements Format<List<T>> {

  @Override
  public String expected() {
    return element.expected();
  }

  @Override
  public List<T> read(String text) throws MalformedException {
    var values = new ArrayList<T>();
    for (String part : text.split("[,;]", -1)) {
      values.add(element.read(part.strip()));
    }
    return values;
  }
}
