package io.mqexporter.kafka;

import java.util.function.LongSupplier;

/**
 * How long a client may go on asking. When a partition or a group has just lost its leader, Kafka's
 * client looks for another one again and again, without a pause (AdminApiDriver backs off between
 * requests, but not between lookups): hundreds of requests a second until the call's time is up. So
 * a client that asks and asks and gets no further is discarded.
 *
 * @param requests how many requests were sent so far
 * @param most how many may be sent without an answer to a key that is waited for
 * @param discard ends the client and with it all its calls
 */
record Persistence(LongSupplier requests, long most, Runnable discard) {

  /** With those a broker more than a whole pass takes when all is well: 36 with three brokers. */
  private static final int MOST = 24;

  private static final int MOST_A_BROKER = 8;

  /** Returns the limit of a client whose lookups are for many keys at once. */
  static Persistence of(KafkaConnection connection, int brokers) {
    return new Persistence(
        connection::requestsSent, MOST + (long) MOST_A_BROKER * brokers, connection::discard);
  }

  /** Returns the limit where a client must ask for each key alone, and looks each up before. */
  Persistence forEach(int keys) {
    return new Persistence(requests, most + 2L * keys, discard);
  }

  /** Begins to watch the calls that are waited for. */
  Watch watch() {
    return new Watch();
  }

  /** Watches whether there are answers between the requests. */
  final class Watch {

    private long sentBefore = requests.getAsLong();
    private long answersBefore = -1;

    /**
     * Ends the client if it gets no further.
     *
     * @param answers counts the answers so far; asked only when that matters, as it may take a
     *     while
     */
    void check(LongSupplier answers) {
      long sent = requests.getAsLong();
      if (answersBefore < 0) {
        answersBefore = answers.getAsLong();
      } else if (sent - sentBefore > most) {
        long answersNow = answers.getAsLong();
        if (answersNow <= answersBefore) {
          discard.run();
        }
        answersBefore = answersNow;
        sentBefore = sent;
      }
    }
  }
}
