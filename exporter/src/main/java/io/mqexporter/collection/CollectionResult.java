package io.mqexporter.collection;

import io.mqexporter.collector.Missing;
import io.mqexporter.metric.MetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a collection of one target ended. */
public sealed interface CollectionResult {

  /** Returns what was collected from. */
  Target target();

  /** Returns when the collection ended. */
  Instant at();

  /** Returns how long the collection took. */
  Duration took();

  /** Returns what is exposed of it; a failed collection exposes only that it failed. */
  List<MetricFamily> families();

  /** Returns what was read and is not exposed. */
  List<LeftOut> leftOut();

  /** Returns when the result is too old to be shown: three intervals after its end. */
  default Instant expiresAt() {
    return at().plus(target().interval().multipliedBy(3));
  }

  /** Everything was read. */
  record Success(
      Target target, Instant at, Duration took, List<MetricFamily> families, List<LeftOut> leftOut)
      implements CollectionResult {

    /** Copies the lists. */
    public Success {
      families = List.copyOf(families);
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
      List<MetricFamily> families,
      List<LeftOut> leftOut,
      List<Missing> missing)
      implements CollectionResult {

    /** Copies the lists. */
    public Partial {
      families = List.copyOf(families);
      leftOut = List.copyOf(leftOut);
      missing = List.copyOf(missing);
    }
  }

  /**
   * Nothing was read.
   *
   * @param reason the reason in one line
   */
  record Failure(
      Target target, Instant at, Duration took, List<MetricFamily> families, String reason)
      implements CollectionResult {

    /** Copies the families. */
    public Failure {
      families = List.copyOf(families);
    }

    @Override
    public List<LeftOut> leftOut() {
      return List.of();
    }
  }
}
