package io.mqexporter.brokers;

/**
 * Which of the build's test processes this is. Those that run at the same time have folders and
 * ports of their own, so that none takes what another has looked up and not opened yet.
 */
final class Fork {

  /** How many run at the same time; 1 where nothing was said, as in the demo. */
  static final int COUNT = Integer.getInteger("test.forks", 1);

  /** From 1 on. */
  static final int NUMBER = COUNT == 1 ? 1 : number(System.getProperty("test.fork", ""));

  private Fork() {}

  private static int number(String name) {
    if (!name.matches("fork-[1-9]\\d*")) {
      throw new IllegalStateException("test.fork: " + name + " (expected: fork-1 and so on)");
    }
    return Integer.parseInt(name.substring(name.indexOf('-') + 1));
  }
}
