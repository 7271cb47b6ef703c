package io.mqexporter.app;

import java.util.Objects;

/** The version of the agent. */
final class Version {

  private Version() {}

  /** Returns the version in the jar's manifest; {@code development} when it runs from classes. */
  static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
