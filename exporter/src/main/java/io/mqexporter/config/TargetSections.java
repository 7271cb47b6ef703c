package io.mqexporter.config;

/** Takes what a file says of its targets. */
interface TargetSections {

  /** Does not need it. */
  TargetSections NONE = (_, _, _) -> {};

  /**
   * Takes what the file says of a target.
   *
   * @param text tells whether it is the same as in another edition of the file
   */
  void add(String name, Section section, String text);
}
