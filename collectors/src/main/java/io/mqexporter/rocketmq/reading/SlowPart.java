package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.SlowBeat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a broker is asked for once a minute, and what it last told.
 *
 * @param <T> what it tells
 */
final class SlowPart<T> {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final SlowBeat beat = new SlowBeat();
  private Optional<T> last = Optional.empty();

  /** Returns whether it is to be asked for. */
  boolean isDue(Instant now) {
    return beat.isDue(now);
  }

  /** Takes in what was told; nothing if it could not be read. */
  void told(Optional<T> answer, Instant now) {
    last = answer;
    if (answer.isPresent()) {
      beat.succeeded(now, INTERVAL);
    } else {
      beat.failed(now, INTERVAL);
    }
  }

  /** Returns what was last told. */
  Optional<T> last() {
    return last;
  }
}
