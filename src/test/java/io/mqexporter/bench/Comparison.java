package io.mqexporter.bench;

import java.util.Arrays;

/** Two ways to do the same, run in turns so that both meet the same machine. */
final class Comparison {

  private static final int WARM_UP_RUNS = 5;
  private static final int RUNS = 15;

  private Comparison() {}

  /** Something to be timed. */
  interface Work {
    void run() throws Exception;
  }

  /** Prints the medians of both and their ratio. */
  static void print(String what, String baselineName, Work baseline, Work ours) throws Exception {
    print(what, baselineName, baseline, ours, WARM_UP_RUNS, RUNS);
  }

  /** Prints the same of what takes long, from so many runs. */
  static void print(
      String what, String baselineName, Work baseline, Work ours, int warmUpRuns, int runs)
      throws Exception {
    for (int i = 0; i < warmUpRuns; i++) {
      baseline.run();
      ours.run();
    }
    var baselineMillis = new double[runs];
    var ourMillis = new double[runs];
    for (int i = 0; i < runs; i++) {
      baselineMillis[i] = millis(baseline);
      ourMillis[i] = millis(ours);
    }
    Arrays.sort(baselineMillis);
    Arrays.sort(ourMillis);
    double theirs = baselineMillis[runs / 2];
    double own = ourMillis[runs / 2];
    System.out.printf(
        "%s: %s %.1f ms, a collection here %.1f ms: %.2f times (medians of %d)%n",
        what, baselineName, theirs, own, own / theirs, runs);
  }

  /** Returns how long something takes, in milliseconds. */
  static double millis(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
