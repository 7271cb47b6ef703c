package io.mqexporter.jmx;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.jmx.rmi.Reply;
import io.mqexporter.jmx.rmi.Request;
import io.mqexporter.jmx.rmi.UnexpectedClassException;
import io.mqexporter.jmx.rules.MBeanMemory;
import io.mqexporter.jmx.rules.RuleSet;
import io.mqexporter.relay.RelayedFamily;
import java.io.IOException;
import java.io.WriteAbortedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import javax.management.MBeanInfo;
import javax.management.ObjectName;

/**
 * Reads one JVM by a rule file. What the rules ask for is known from their last turn, and is read
 * before the next one; what they ask for besides, as in their first turn, is read afterwards, and
 * they have another one. Used by one thread at a time.
 */
final class RuleReader {

  /** Patterns, descriptions and values are asked for one after the other, and none for long. */
  private static final int MAX_TURNS = 6;

  /** The share of the time in which MBeans are read; the rest is for the rules. */
  private static final double READING_SHARE = 0.8;

  private final RuleSet rules;
  private final int maxBeans;
  private final MBeanMemory memory = new MBeanMemory();
  private final KnownAttributes known = new KnownAttributes();
  private final Map<ObjectName, Set<String>> unreadable = new HashMap<>();
  private boolean namesDue;
  private int leftOut;

  RuleReader(RuleSet rules, int maxBeans) {
    this.rules = rules;
    this.maxBeans = maxBeans;
  }

  /** Forgets everything, as for another JVM. */
  void forget() {
    memory.forget();
    known.forget();
    unreadable.clear();
  }

  /**
   * Reads, and applies the rules to what was read in time.
   *
   * @param anew whether the MBeans are listed anew
   * @throws IOException if the connection has broken
   */
  RuleReading read(BeanReader reader, boolean anew, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    Deadline end = deadline.share(READING_SHARE);
    var missing = new ArrayList<Missing>();
    memory.forgetValues();
    namesDue |= anew;
    if (namesDue) {
      known.forget();
      takeNames(reader, memory.patterns(), end);
      namesDue = false;
    }
    takeValues(reader, memory.attributes().keySet(), end, missing);
    List<RelayedFamily> families = rules.apply(memory);
    for (int turn = 1; memory.hasQuestions() && turn < MAX_TURNS && !end.hasPassed(); turn++) {
      takeNames(reader, memory.openPatterns(), end);
      takeInfos(reader, memory.openInfos(), end, missing);
      takeValues(reader, memory.openValues(), end, missing);
      families = rules.apply(memory);
    }
    if (memory.hasQuestions()) {
      missing.add(new Missing("MBeans of the rules", "could not all be read in time"));
    }
    if (leftOut > 0) {
      missing.add(new Missing(leftOut + " MBeans", "more than max_mbeans, " + maxBeans));
    }
    return new RuleReading(families, missing);
  }

  private void takeNames(BeanReader reader, Set<ObjectName> patterns, Deadline end)
      throws IOException, TimeoutException, InterruptedException {
    if (patterns.isEmpty()) {
      return;
    }
    leftOut = 0;
    var names = new HashMap<ObjectName, Set<ObjectName>>();
    reader
        .matching(patterns, end)
        .forEach((pattern, found) -> {
          var first = new TreeSet<ObjectName>();
          found.stream().sorted().limit(maxBeans).forEach(first::add);
          leftOut += found.size() - first.size();
          names.put(pattern, first);
        });
    memory.names(names);
  }

  private void takeInfos(
      BeanReader reader, Set<ObjectName> names, Deadline end, List<Missing> missing)
      throws IOException, InterruptedException {
    List<Request.Description> asked = names.stream().map(Request.Description::new).toList();
    Map<Request, Reply> replies = ask(reader, asked, end, missing);
    for (Request.Description request : asked) {
      Optional<MBeanInfo> info =
          replies.get(request) instanceof Reply.Returned(Optional<Object> value)
                  && value.orElse("") instanceof MBeanInfo told
              ? Optional.of(told)
              : Optional.empty();
      memory.info(request.name(), info);
    }
  }

  private void takeValues(
      BeanReader reader, Set<ObjectName> names, Deadline end, List<Missing> missing)
      throws IOException, InterruptedException {
    var asked = new ArrayList<Request.Attributes>();
    Map<ObjectName, List<String>> wanted = memory.attributes();
    for (ObjectName name : names) {
      var attributes = new ArrayList<>(wanted.getOrDefault(name, List.of()));
      attributes.removeAll(unreadable.getOrDefault(name, Set.of()));
      if (attributes.isEmpty()) {
        memory.values(name, Map.of());
      } else {
        asked.add(new Request.Attributes(name, attributes));
        known.keep(name, attributes);
      }
    }
    var values = new HashMap<ObjectName, Map<String, Object>>();
    List<Request.Attributes> refused = sort(asked, ask(reader, asked, end, missing), values);
    // One attribute that cannot be sent takes all others of its MBean with it.
    List<Request.Attributes> alone =
        refused.stream()
            .flatMap(request ->
                request.attributes().stream()
                    .map(each -> new Request.Attributes(request.name(), List.of(each))))
            .toList();
    sort(alone, ask(reader, alone, end, missing), values);
    asked.forEach(request -> {
      Optional<Map<String, Object>> read = Optional.ofNullable(values.get(request.name()));
      memory.values(request.name(), read.orElse(Map.of()));
    });
    known.vanished(values).ifPresent(missing::add);
  }

  /** Adds what was returned to the values, and returns the requests for several that failed. */
  private List<Request.Attributes> sort(
      List<Request.Attributes> asked,
      Map<Request, Reply> replies,
      Map<ObjectName, Map<String, Object>> values) {
    var refused = new ArrayList<Request.Attributes>();
    for (Request.Attributes request : asked) {
      switch (replies.get(request)) {
        case null -> {}
        case Reply.Returned(Optional<Object> answer) ->
            values
                .computeIfAbsent(request.name(), _ -> new HashMap<>())
                .putAll(BeanReader.attributes(request, answer));
        case Reply.Thrown _ when request.attributes().size() > 1 -> refused.add(request);
        case Reply.Thrown(UnexpectedClassException _) -> cannotRead(request);
        case Reply.Thrown(WriteAbortedException _) -> cannotRead(request);
        // As jmx_exporter does: what an MBean does not want to tell is left out.
        case Reply.Thrown _ -> values.computeIfAbsent(request.name(), _ -> new HashMap<>());
      }
    }
    return refused;
  }

  /** What is no number, nor consists of such, is not asked for again. */
  private void cannotRead(Request.Attributes request) {
    unreadable.computeIfAbsent(request.name(), _ -> new HashSet<>()).addAll(request.attributes());
  }

  private static Map<Request, Reply> ask(
      BeanReader reader, Collection<? extends Request> asked, Deadline end, List<Missing> missing)
      throws IOException, InterruptedException {
    if (asked.isEmpty()) {
      return Map.of();
    }
    Map<Request, Reply> replies = reader.ask(asked, end);
    BeanReader.unanswered(asked, replies).ifPresent(missing::add);
    return replies;
  }
}
