package io.mqexporter.http;

import io.mqexporter.config.ConfigException;
import io.mqexporter.config.WebConfig;

/** Who is let in, now and later. */
public interface Security {

  /** Everybody, for ever. */
  Security OPEN = () -> WebConfig.OPEN;

  /**
   * Returns what holds now; may read files.
   *
   * @throws ConfigException if files have changed and are wrong
   */
  WebConfig read() throws ConfigException;
}
