package io.mqexporter.collector;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which things of a kind, such as topics, are read. What is not is as if it were not there.
 *
 * @param include what a name must match, as a whole, at least one of; everything if there is none
 * @param exclude what a name must match none of
 */
public record NameFilter(List<Pattern> include, List<Pattern> exclude) {

  /** The filter that everything passes. */
  public static final NameFilter ALL = new NameFilter(List.of(), List.of());

  /** Copies the lists. */
  public NameFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Returns whether a thing of that name is read. */
  public boolean accepts(String name) {
    return (include.isEmpty() || matchesAny(include, name)) && !matchesAny(exclude, name);
  }

  private static boolean matchesAny(List<Pattern> patterns, String name) {
    // A loop, as it is asked of each of very many names, and most often there is no pattern.
    for (Pattern pattern : patterns) {
      if (pattern.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }
}
