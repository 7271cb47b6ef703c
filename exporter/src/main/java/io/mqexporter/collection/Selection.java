package io.mqexporter.collection;

import io.mqexporter.collection.LeftOut.Reason;
import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What of the families that were read is exposed. Only whole families are left out, because half of
 * one would look like the whole; those of the cluster level never are.
 *
 * @param exposed what is exposed, in the order in which it was read
 * @param leftOut what is not, at most once for each reason
 */
record Selection(List<MetricFamily> exposed, List<LeftOut> leftOut) {

  private static final String AGGREGATES = "messaging_";

  /**
   * What exceeds the budget goes in this order: first the finest; of the destinations' families the
   * broker's own before the aggregates that all brokers share; then the largest. Sizes count as
   * powers of two, so that a few series more or less do not change which families there are.
   */
  private static final Comparator<MetricFamily> FIRST_TO_GO =
      Comparator.comparing(Selection::granularity, Comparator.reverseOrder())
          .thenComparing(family -> family.descriptor().metricName().startsWith(AGGREGATES))
          .thenComparingInt(family -> Integer.numberOfLeadingZeros(family.samples().size()))
          .thenComparing(family -> family.descriptor().metricName());

  Selection {
    exposed = List.copyOf(exposed);
    leftOut = List.copyOf(leftOut);
  }

  /** Leaves out what is too fine, then what is too much. */
  static Selection of(List<MetricFamily> read, SeriesLimit limit) {
    var tooFine = new ArrayList<MetricFamily>();
    var fit = new ArrayList<MetricFamily>();
    for (MetricFamily family : read) {
      (granularity(family).compareTo(limit.granularity()) > 0 ? tooFine : fit).add(family);
    }
    List<MetricFamily> tooMuch = tooMuch(fit, limit.maxSeries());
    // By identity: to compare the samples would take as long as to read them.
    Set<MetricFamily> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    gone.addAll(tooMuch);
    fit.removeIf(gone::contains);
    var leftOut = new ArrayList<LeftOut>();
    add(leftOut, Reason.GRANULARITY, tooFine);
    add(leftOut, Reason.BUDGET, tooMuch);
    return new Selection(fit, leftOut);
  }

  /** Returns the number of series that are exposed. */
  long series() {
    return series(exposed);
  }

  private static List<MetricFamily> tooMuch(List<MetricFamily> families, int maxSeries) {
    var tooMuch = new ArrayList<MetricFamily>();
    long series = series(families);
    for (MetricFamily family : families.stream().sorted(FIRST_TO_GO).toList()) {
      if (series <= maxSeries || granularity(family) == Granularity.CLUSTER) {
        break;
      }
      tooMuch.add(family);
      series -= family.samples().size();
    }
    return tooMuch;
  }

  private static void add(List<LeftOut> leftOut, Reason reason, List<MetricFamily> families) {
    if (!families.isEmpty()) {
      List<String> names =
          families.stream().map(family -> family.descriptor().metricName()).toList();
      leftOut.add(new LeftOut(reason, names, series(families)));
    }
  }

  /** Returns the number of series of families. */
  static long series(Collection<MetricFamily> families) {
    return families.stream().mapToLong(family -> family.samples().size()).sum();
  }

  private static Granularity granularity(MetricFamily family) {
    return family.descriptor().granularity();
  }
}
