package io.mqexporter.collection;

import java.time.Duration;

/**
 * A broker cluster that is collected.
 *
 * @param system the broker software, the value of the label {@code messaging_system}
 * @param name the name in the configuration, the value of the label {@code messaging_cluster}
 * @param interval the time from one collection's start to the next
 * @param timeout the time that one collection may take
 * @param limit how much of it is exposed
 */
public record Target(
    String system, String name, Duration interval, Duration timeout, SeriesLimit limit) {

  /** Returns what no other target is called: a cluster and its JVMs share a name. */
  public String id() {
    return name + " (" + system + ")";
  }
}
