package io.mqexporter.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time span as Prometheus writes it, such as {@code 15s}, {@code 1m30s} or {@code 500ms}.
 *
 * @param min the shortest that is allowed
 * @param max the longest that is allowed
 */
record DurationFormat(Duration min, Duration max) implements Format<Duration> {

  private static final Pattern DURATION =
      Pattern.compile(
          "(?=.)(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private static final Duration[] UNITS = {
    Duration.ofDays(1),
    Duration.ofHours(1),
    Duration.ofMinutes(1),
    Duration.ofSeconds(1),
    Duration.ofMillis(1)
  };

  private static final String[] UNIT_NAMES = {"d", "h", "m", "s", "ms"};

  /** Returns how a time span is written; what is less than a millisecond is left out. */
  static String text(Duration duration) {
    var text = new StringBuilder();
    Duration rest = duration;
    for (int i = 0; i < UNITS.length; i++) {
      long count = rest.dividedBy(UNITS[i]);
      if (count > 0) {
        text.append(count).append(UNIT_NAMES[i]);
        rest = rest.minus(UNITS[i].multipliedBy(count));
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  @Override
  public String expected() {
    return "a duration of %s, such as %s".formatted(bounds(), text(Config.DEFAULT_TIMEOUT));
  }

  @Override
  public Duration read(String text) throws MalformedException {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedException(text, expected());
    }
    Duration duration = Duration.ZERO;
    for (int i = 0; i < UNITS.length; i++) {
      String count = matcher.group(i + 1);
      if (count != null) {
        duration = duration.plus(UNITS[i].multipliedBy(Long.parseLong(count)));
      }
    }
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw new MalformedException(text, bounds());
    }
    return duration;
  }

  private String bounds() {
    return text(min) + " to " + text(max);
  }
}
