package io.mqexporter.system;

import static org.awaitility.pollinterval.IterativePollInterval.iterative;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long a wait waits that names no bound of its own: so long that a slow machine does not turn a
 * test red, as what is waited for comes within seconds on a usual one. What has not come soon is
 * looked for less often, as each look costs those something who are to bring it.
 */
public final class Patience implements LauncherSessionListener {

  /** The same for commands and requests that must end. */
  static final Duration LONGEST = Duration.ofMinutes(3);

  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final Duration RARELY = Duration.ofMillis(500);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LONGEST);
    Awaitility.setDefaultPollInterval(
        iterative(
            pause -> pause.compareTo(RARELY) < 0 ? pause.multipliedBy(5).dividedBy(4) : RARELY,
            OFTEN));
  }
}
