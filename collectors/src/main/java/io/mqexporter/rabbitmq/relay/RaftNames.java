package io.mqexporter.rabbitmq.relay;

import io.mqexporter.relay.RelayedFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Under which names the metrics of Raft are told: RabbitMQ 4.2 gave them others ({@code
 * rabbitmq_raft_log_commit_index} became {@code rabbitmq_raft_commit_index}).
 */
public enum RaftNames {
  /** The broker's own. */
  OWN,
  /** Those before and those since 4.2, so that no dashboard breaks in between. */
  BOTH;

  private static final Map<String, String> SINCE_4_2 =
      Map.of(
          "raft_log_snapshot_index", "raft_snapshot_index",
          "raft_log_last_applied_index", "raft_last_applied",
          "raft_log_commit_index", "raft_commit_index",
          "raft_log_last_written_index", "raft_last_written_index",
          "raft_term_total", "raft_term",
          "raft_entry_commit_latency_seconds", "raft_commit_latency_seconds");

  private static final Map<String, String> OTHER = other();

  /** Returns the families of one node with those that these names add. */
  public List<RelayedFamily> apply(List<RelayedFamily> families) {
    if (this == OWN) {
      return families;
    }
    var all = new ArrayList<>(families);
    Set<String> there = new HashSet<>();
    families.forEach(family -> there.add(family.name()));
    for (RelayedFamily family : families) {
      String other = OTHER.get(family.name());
      if (other != null && there.add(other)) {
        all.add(family.named(other));
      }
    }
    return all;
  }

  private static Map<String, String> other() {
    var other = new HashMap<String, String>();
    for (String prefix : List.of("rabbitmq_", "rabbitmq_detailed_")) {
      SINCE_4_2.forEach((before, since) -> {
        other.put(prefix + before, prefix + since);
        other.put(prefix + since, prefix + before);
      });
    }
    return other;
  }
}
