package io.mqexporter.jmx;

import io.mqexporter.collector.Missing;
import io.mqexporter.relay.RelayedFamily;
import java.util.List;

/**
 * What the rules have made of one JVM.
 *
 * @param families the families, without the labels that tell of which JVM they are
 * @param missing what could not be read for them
 */
record RuleReading(List<RelayedFamily> families, List<Missing> missing) {

  static final RuleReading NONE = new RuleReading(List.of(), List.of());

  RuleReading {
    families = List.copyOf(families);
    missing = List.copyOf(missing);
  }

  static RuleReading failed(String reason) {
    return new RuleReading(List.of(), List.of(new Missing("rules", reason)));
  }
}
