package io.mqexporter.collector;

/**
 * How a cluster is reached, which may change while the agent runs: passwords, keys and certificates
 * are renewed in the files that they come from.
 */
@FunctionalInterface
public interface Settings<T> {

  /** Returns what holds now. It is asked for once in each collection. */
  Edition<T> current();

  /** Returns settings that never change. */
  static <T> Settings<T> fixed(T value) {
    var edition = new Edition<>(value, 0);
    return () -> edition;
  }

  /**
   * Settings as they are at one time.
   *
   * @param number grows with each change; also when only the content of a file has changed that the
   *     settings name, as with a certificate
   */
  record Edition<T>(T value, long number) {}
}
