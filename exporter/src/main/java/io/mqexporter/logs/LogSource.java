package io.mqexporter.logs;

import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Some log files of one broker, and which of their events are forwarded.
 *
 * @param origin where their events come from; the file is empty
 * @param paths absolute patterns of the files' names, in which {@code *}, {@code ?}, {@code [...]}
 *     and {@code {a,b}} have their usual meaning; names that rotation makes of them are found too
 * @param excludePaths patterns of file names, without folder, that are left alone
 * @param zone where times are that do not say so themselves
 * @param fromEnd whether files that are there at the first start are read from their end on
 * @param filter which events are forwarded
 */
public record LogSource(
    LogOrigin origin,
    List<String> paths,
    List<String> excludePaths,
    ZoneId zone,
    boolean fromEnd,
    Filter filter) {

  /** Copies the lists. */
  public LogSource {
    paths = List.copyOf(paths);
    excludePaths = List.copyOf(excludePaths);
  }

  /** Returns the same source on another host. */
  public LogSource onHost(String host) {
    return new LogSource(origin.onHost(host), paths, excludePaths, zone, fromEnd, filter);
  }

  /**
   * Which events are forwarded.
   *
   * @param level the least severe ones; plain text always is
   * @param loggers whose
   * @param messages which, by their first line
   * @param rateLimit how many of one logger and level in a minute; 0 for any number
   */
  public record Filter(LogLevel level, Choice loggers, Choice messages, int rateLimit) {

    /** All warnings and errors. */
    public static final Filter DEFAULT = new Filter(LogLevel.WARN, Choice.ALL, Choice.ALL, 0);
  }

  /**
   * Which texts are chosen: a pattern may match anywhere in them.
   *
   * @param include what a text must match at least one of; everything if there is none
   * @param exclude what a text must match none of
   */
  public record Choice(List<Pattern> include, List<Pattern> exclude) {

    /** The choice of every text. */
    public static final Choice ALL = new Choice(List.of(), List.of());

    /** Copies the lists. */
    public Choice {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }

    /** Returns whether a text is chosen. */
    public boolean accepts(String text) {
      return (include.isEmpty() || anyFinds(include, text)) && !anyFinds(exclude, text);
    }

    private static boolean anyFinds(List<Pattern> patterns, String text) {
      return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }
  }
}
