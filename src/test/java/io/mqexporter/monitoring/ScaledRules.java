package io.mqexporter.monitoring;

import io.mqexporter.alerts.Alerts;
import io.mqexporter.alerts.RuleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shipped rules with all durations divided by one factor: {@code for}, {@code keep_firing_for},
 * ranges, subqueries and offsets. What a number of seconds is compared with stays as it is.
 */
public final class ScaledRules {

  private static final Pattern HELD = Pattern.compile("(?m)^( +(?:for|keep_firing_for): )(\\w+)$");
  private static final Pattern RANGE = Pattern.compile("([\\[:]|offset )(\\d+[smhd])\\b");
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  private ScaledRules() {}

  /** Writes all files into a folder. */
  public static void write(Path folder, int factor) {
    try {
      for (RuleFile file : Alerts.files()) {
        String text = Files.readString(file.path());
        String scaled = scaled(scaled(text, HELD, factor), RANGE, factor);
        Files.writeString(folder.resolve(file.path().getFileName()), scaled);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a duration as it is written in rules. */
  public static Duration duration(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static String scaled(String text, Pattern pattern, int factor) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found, factor)));
  }

  private static String replacement(MatchResult found, int factor) {
    Duration scaled = duration(found.group(2)).dividedBy(factor);
    Duration bounded = scaled.compareTo(SHORTEST) < 0 && factor > 1 ? SHORTEST : scaled;
    return found.group(1) + bounded.toSeconds() + "s";
  }
}
