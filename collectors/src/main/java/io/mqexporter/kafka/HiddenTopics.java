package io.mqexporter.kafka;

import io.mqexporter.collector.NameFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the topics that brokers do not list because the right to describe them is missing, of which
 * they say nothing: they have logs. One that is just being created or deleted can look the same, so
 * it takes two readings.
 */
final class HiddenTopics {

  private Set<String> suspected = Set.of();

  /**
   * Returns the topics that were hidden in this reading and in the one before.
   *
   * @param withLogs the topics that have logs
   * @param listed the topics that are listed
   * @param read which topics are read at all
   */
  List<String> find(Set<String> withLogs, Set<String> listed, NameFilter read) {
    var hidden = new HashSet<>(withLogs);
    hidden.removeAll(listed);
    List<String> again =
        hidden.stream().filter(suspected::contains).filter(read::accepts).sorted().toList();
    suspected = hidden;
    return again;
  }
}
