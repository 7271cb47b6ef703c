package io.mqexporter.brokers;

/**
 * Which of the build's test processes this is. Those that run at the same time have folders and
 * ports of their own, so that none takes what another has looked up and not opened yet.
 */
final class Fork {

  /** From 1 on; 1 too where nothing was said, as in the demo. */
  static final int NUMBER = Integer.getInteger("test.fork", 1);

  /** How many run at the same time. */
  static final int COUNT = Integer.getInteger("test.forks", 1);

  private Fork() {}
}
