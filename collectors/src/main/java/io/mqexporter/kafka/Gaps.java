package io.mqexporter.kafka;

import io.mqexporter.collector.Missing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gathers what a reading could not read: a line for each part and reason, not for each key. */
final class Gaps {

  private static final int NAMES_SHOWN = 3;

  private final List<Missing> missing = new ArrayList<>();

  /** Adds one part that failed. */
  void add(String part, Throwable failure) {
    missing.add(new Missing(part, Reason.of(failure)));
  }

  /**
   * Adds a part of several things of a kind, such as {@code lag} of each {@code group}, if there is
   * any.
   */
  void add(String part, String kind, Collection<?> names, String reason) {
    if (names.isEmpty()) {
      return;
    }
    String shown =
        names.stream().limit(NAMES_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    String what =
        "%s of %d %s%s (%s%s)"
            .formatted(
                part,
                names.size(),
                kind,
                names.size() == 1 ? "" : "s",
                shown,
                names.size() > NAMES_SHOWN ? ", ..." : "");
    missing.add(new Missing(what, reason));
  }

  /** Adds a part of all keys that failed, grouped by the reason. */
  void add(String part, String kind, Map<?, Throwable> failures) {
    var byReason = new LinkedHashMap<String, List<Object>>();
    failures.forEach((key, failure) ->
        byReason.computeIfAbsent(Reason.of(failure), _ -> new ArrayList<>()).add(key));
    byReason.forEach((reason, keys) -> add(part, kind, keys, reason));
  }

  /** Returns the lines so far. */
  List<Missing> toList() {
    return List.copyOf(missing);
  }
}
