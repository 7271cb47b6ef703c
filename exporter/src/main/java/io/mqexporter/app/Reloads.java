package io.mqexporter.app;

import io.mqexporter.http.SecurityObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the reading of one file goes on, for the log and for the page. */
final class Reloads implements SecurityObserver {

  private static final Logger logger = LoggerFactory.getLogger(Reloads.class);

  private final String flag;
  private final Clock clock;
  private final Runnable changed;
  private volatile Optional<State> state = Optional.empty();

  /** Whether the last reading was good, and when one was. */
  record State(boolean good, Instant lastGood) {}

  /**
   * Begins with nothing read.
   *
   * @param flag the flag that names the file
   * @param changed is called after each reading
   */
  Reloads(String flag, Clock clock, Runnable changed) {
    this.flag = flag;
    this.clock = clock;
    this.changed = changed;
  }

  /** Returns how it is; empty if nothing was read. */
  Optional<State> state() {
    return state;
  }

  @Override
  public void succeeded() {
    if (state.isPresent()) {
      logger.info("the file of {} was read again and holds", flag);
    }
    state = Optional.of(new State(true, clock.instant()));
    changed.run();
  }

  @Override
  public void failed(String problem) {
    logger.warn("the file of {} has changed, what was there before holds: {}", flag, problem);
    state = Optional.of(new State(false, state.map(State::lastGood).orElse(Instant.EPOCH)));
    changed.run();
  }
}
