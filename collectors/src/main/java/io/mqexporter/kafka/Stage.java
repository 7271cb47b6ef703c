package io.mqexporter.kafka;

import io.mqexporter.collector.Deadline;
import java.time.Duration;
import org.apache.kafka.clients.admin.AbstractOptions;

/**
 * A part of a reading that may take only a share of the time that is left.
 *
 * @param end when its answers are no longer waited for
 */
record Stage(Deadline end) {

  /** The share of its time after which the client gives up a call and tells what it has. */
  private static final double CLIENT_SHARE = 0.9;

  /** Returns a stage that begins now. */
  static Stage until(Deadline whole, double share) {
    return new Stage(
        Deadline.after(Duration.ofNanos((long) (whole.remaining().toNanos() * share))));
  }

  /** Sets the time limit of a call that belongs to this stage, and returns the options. */
  <T extends AbstractOptions<T>> T limit(T options) {
    return options.timeoutMs((int) Math.max(1, end.remainingMillis() * CLIENT_SHARE));
  }
}
