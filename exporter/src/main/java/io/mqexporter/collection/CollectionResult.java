package io.mqexporter.collection;

import io.mqexporter.collector.Missing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a collection of one target ended. */
public sealed interface CollectionResult {

  /** After how many intervals a result is too old to be shown. */
  int SHOWN_INTERVALS = 3;

  /** Returns what was collected from. */
  Target target();

  /** Returns when the collection ended, by the clock that is never set. */
  Instant at();

  /** Returns how long the collection took. */
  Duration took();

  /** Returns how many series are exposed of it. */
  long series();

  /** Returns what was read and is not exposed. */
  List<LeftOut> leftOut();

  /** Returns when the result is too old to be shown. */
  default Instant expiresAt() {
    return at().plus(target().interval().multipliedBy(SHOWN_INTERVALS));
  }

  /** Everything was read. */
  record Success(Target target, Instant at, Duration took, long series, List<LeftOut> leftOut)
      implements CollectionResult {

    /** Copies the list. */
    public Success {
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * Something was read.
   *
   * @param missing what was not, and why
   */
  record Partial(
      Target target,
      Instant at,
      Duration took,
      long series,
      List<LeftOut> leftOut,
      List<Missing> missing)
      implements CollectionResult {

    /** Copies the lists. */
    public Partial {
      leftOut = List.copyOf(leftOut);
      missing = List.copyOf(missing);
    }
  }

  /**
   * Nothing was read.
   *
   * @param reason the reason in one line
   */
  record Failure(Target target, Instant at, Duration took, long series, String reason)
      implements CollectionResult {

    @Override
    public List<LeftOut> leftOut() {
      return List.of();
    }
  }
}
