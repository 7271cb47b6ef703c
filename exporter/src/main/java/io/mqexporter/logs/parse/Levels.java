package io.mqexporter.logs.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mqexporter.logs.LogLevel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The words that brokers have for levels. */
final class Levels {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 9;

  private static final Map<String, Optional<LogLevel>> WORDS = words();

  /** Words as numbers, in their order, so that a level in bytes is found without an object. */
  private static final long[] PACKED =
      WORDS.keySet().stream().mapToLong(Levels::packed).sorted().toArray();

  private static final List<Optional<LogLevel>> LEVELS = levels();

  private static final long INFO = packed("info");
  private static final Optional<LogLevel> INFORMATION = Optional.of(LogLevel.INFO);

  private Levels() {}

  /** Returns the level that a word stands for. */
  static Optional<LogLevel> of(String word) {
    return WORDS.getOrDefault(word.toLowerCase(Locale.ROOT), Optional.empty());
  }

  /** Returns the level that the word at a place stands for; it ends before one of two bytes. */
  static Optional<LogLevel> at(byte[] bytes, int from, int to, char end) {
    int stop = Math.min(to, from + LONGEST + 1);
    int i = from;
    long packed = 0;
    while (i < stop && bytes[i] != end && bytes[i] != ' ') {
      packed = (packed << 8) | ((bytes[i] | 0x20) & 0xff);
      i++;
    }
    if (i == stop || i - from < SHORTEST) {
      return Optional.empty();
    }
    if (packed == INFO) {
      // Most lines are.
      return INFORMATION;
    }
    int found = Arrays.binarySearch(PACKED, packed);
    return found < 0 ? Optional.empty() : LEVELS.get(found);
  }

  private static Map<String, Optional<LogLevel>> words() {
    var words = new HashMap<String, Optional<LogLevel>>();
    add(words, LogLevel.TRACE, "trace");
    add(words, LogLevel.DEBUG, "debug", "dbg", "debu");
    add(words, LogLevel.INFO, "info", "inf", "notice", "ntc", "noti", "note");
    add(words, LogLevel.WARN, "warn", "warning", "wrn");
    add(words, LogLevel.ERROR, "error", "err", "eror", "erro", "severe");
    add(words, LogLevel.FATAL, "fatal", "critical", "crt", "crit", "alert", "alr", "aler");
    add(words, LogLevel.FATAL, "emergency", "emg", "emer", "emr", "eme");
    return words;
  }

  private static void add(
      Map<String, Optional<LogLevel>> words, LogLevel level, String... spellings) {
    for (String spelling : spellings) {
      words.put(spelling, Optional.of(level));
    }
  }

  private static List<Optional<LogLevel>> levels() {
    var byNumber = new TreeMap<Long, Optional<LogLevel>>();
    WORDS.forEach((word, level) -> byNumber.put(packed(word), level));
    return List.copyOf(byNumber.values());
  }

  private static long packed(String word) {
    long number = 0;
    for (byte letter : word.getBytes(US_ASCII)) {
      number = (number << 8) | (letter & 0xff);
    }
    return number;
  }
}
