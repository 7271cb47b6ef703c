package io.mqexporter.jmx.rules;

import io.prometheus.jmx.JmxCollector;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.MalformedObjectNameException;

/** jmx_exporter's library, which would write what it has to say past the agent's log. */
final class RuleLibrary {

  private static final String BACKEND = "jmx.prometheus.exporter.logging.backend";

  /** Kept, for Java forgets the level of a logger that nobody holds. */
  @SuppressWarnings("UnusedVariable")
  private static final Logger logger = silenced();

  private RuleLibrary() {}

  private static Logger silenced() {
    System.setProperty(BACKEND, "jul");
    Logger log = Logger.getLogger("io.prometheus.jmx");
    log.setLevel(Level.OFF);
    return log;
  }

  /** Returns what applies rules. */
  static JmxCollector collector(String yaml) throws MalformedObjectNameException {
    return new JmxCollector(yaml);
  }
}
