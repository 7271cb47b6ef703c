package io.mqexporter.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to say where a key was expected and another one is. */
final class KnownKeys {

  private KnownKeys() {}

  /** Returns the known keys in words, and which of them was probably meant. */
  static String expected(Collection<String> known, String key) {
    String choice = anyOf(List.copyOf(known));
    return nearest(known, key).map(near -> choice + "; did you mean " + near + "?").orElse(choice);
  }

  /** Returns {@code a, b or c}. */
  static String anyOf(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  private static Optional<String> nearest(Collection<String> known, String key) {
    String letters = letters(key);
    return known.stream()
        .filter(candidate -> distance(letters(candidate), letters) <= candidate.length() / 3)
        .min(Comparator.comparingInt(candidate -> distance(letters(candidate), letters)));
  }

  private static String letters(String key) {
    return key.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance: how many letters to put in, leave out or change. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > a.length()) {
      return Integer.MAX_VALUE;
    }
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
