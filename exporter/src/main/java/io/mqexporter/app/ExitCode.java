package io.mqexporter.app;

/** What the process ends with. */
final class ExitCode {

  /** It did what it was asked to do. */
  static final int OK = 0;

  /** The command line or the configuration is wrong. */
  static final int BAD_INPUT = 2;

  private ExitCode() {}
}
