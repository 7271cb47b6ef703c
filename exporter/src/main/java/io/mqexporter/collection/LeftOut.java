package io.mqexporter.collection;

import java.util.List;
import java.util.Locale;

/**
 * Families that were read and are not exposed.
 *
 * @param reason why
 * @param metricNames what they are called, those that were left out first at the beginning
 * @param series the series that they have together
 */
public record LeftOut(Reason reason, List<String> metricNames, long series) {

  private static final int NAMES_SHOWN = 3;

  /** Why families are left out. */
  public enum Reason {
    /** They are finer than the target's granularity. */
    GRANULARITY,
    /** With them, the target would have more series than it may have. */
    BUDGET;

    /** Returns the value of the label {@code reason}. */
    String labelValue() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the names. */
  public LeftOut {
    metricNames = List.copyOf(metricNames);
  }

  /** Returns in words what is left out. */
  public String describe() {
    String named = String.join(", ", metricNames.stream().limit(NAMES_SHOWN).toList());
    int more = metricNames.size() - NAMES_SHOWN;
    return series + " series of " + named + (more > 0 ? " and " + more + " more" : "");
  }
}
