package io.mqexporter.config;

/** The form that a single value must have. */
interface Format<T> {

  /** Returns what is expected, in a few words. */
  String expected();

  /** Returns the value that a text stands for. */
  T read(String text) throws MalformedException;
}
