package io.mqexporter.config;

/** Takes what a file says of its targets, of logs, and of where metrics are pushed to. */
interface FollowedSections {

  /** Does not need it. */
  FollowedSections NONE = (_, _, _) -> {};

  /**
   * Takes what the file says of a target.
   *
   * @param text tells whether it is the same as in another edition of the file
   */
  void target(String name, Section section, String text);

  /** Takes what the file says of logs, if it says anything. */
  default void logs(Section section) {}

  /** Takes what the file says of where metrics are pushed to, if it says anything. */
  default void otlp(Section section) {}
}
