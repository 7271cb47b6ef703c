package io.mqexporter.system;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long a wait waits that names no bound of its own: so long that a slow machine does not turn a
 * test red, as what is waited for comes within seconds on a usual one.
 */
public final class Patience implements LauncherSessionListener {

  /** The same for commands and requests that must end. */
  static final Duration LONGEST = Duration.ofMinutes(3);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LONGEST);
  }
}
