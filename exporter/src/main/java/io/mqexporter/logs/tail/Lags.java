package io.mqexporter.logs.tail;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures how far the files of each pattern are behind. */
final class Lags {

  private Lags() {}

  /** Tells each pattern how many files it has, and what of them is not acknowledged. */
  static void measure(List<PatternState> patterns, List<TailedFile> files, Instant now) {
    Map<PatternState, Lag> lags = new HashMap<>();
    patterns.forEach(pattern -> lags.put(pattern, new Lag()));
    long millis = now.toEpochMilli();
    for (TailedFile file : files) {
      Lag lag = lags.computeIfAbsent(file.pattern, _ -> new Lag());
      if (!file.isAwake(millis)) {
        lag.files++;
      } else if (!file.isGone() && file.original.isEmpty()) {
        lag.add(file, now);
      }
    }
    lags.forEach((pattern, lag) -> pattern.measured(lag.files, lag.bytes, lag.oldest, now));
  }

  private static final class Lag {

    private int files;
    private long bytes;
    private Instant oldest = Instant.MAX;

    private void add(TailedFile file, Instant now) {
      files++;
      long behind = file.unacknowledged();
      bytes += behind;
      if (behind == 0) {
        file.behindSince = Instant.MAX;
      } else if (file.behindSince.equals(Instant.MAX)) {
        file.behindSince = now;
      }
      if (file.behindSince.isBefore(oldest)) {
        oldest = file.behindSince;
      }
    }
  }
}
