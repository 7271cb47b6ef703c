package io.mqexporter.jmx;

import io.mqexporter.collector.Missing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/** The attributes that MBeans had. JVMs differ in them; one that was there has to stay. */
final class KnownAttributes {

  private final Map<ObjectName, Set<String>> known = new HashMap<>();

  /** Forgets them: the MBeans may be others now. */
  void forget() {
    known.clear();
  }

  /** Forgets all of an MBean but these, as nobody asks for the others any more. */
  void keep(ObjectName name, Collection<String> attributes) {
    known.computeIfPresent(
        name,
        (_, before) -> before.stream().filter(attributes::contains).collect(Collectors.toSet()));
  }

  /** Returns which of them are not among those that were read, of the MBeans that answered. */
  Optional<Missing> vanished(Map<ObjectName, Map<String, Object>> values) {
    List<String> gone = new ArrayList<>();
    values.forEach((name, attributes) -> {
      for (String attribute : known.getOrDefault(name, Set.of())) {
        if (!attributes.containsKey(attribute)) {
          gone.add(attribute + " of " + name);
        }
      }
      known.merge(name, attributes.keySet(), KnownAttributes::union);
    });
    return gone.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Missing(
                gone.size() + " attributes, such as " + gone.getFirst(), "not there any more"));
  }

  private static Set<String> union(Set<String> before, Set<String> now) {
    if (before.containsAll(now)) {
      return before;
    }
    var both = new HashSet<>(before);
    both.addAll(now);
    return both;
  }
}
