package io.mqexporter.exposition;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.Target;
import io.mqexporter.metric.MetricFamily;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages that {@code /metrics} serves. A target's families are rendered and compressed once a
 * collection, on the thread that publishes it; a page is put together from those pieces, with each
 * family in one group however many targets have it. A result that is too old is left out.
 */
public final class MetricsPages {

  /** In place of a target's id: what the agent says about itself, and about its process. */
  private static final String AGENT = "";

  private static final String PROCESS = " ";

  private static final Chunk END_OF_OPENMETRICS = endOfOpenMetrics();

  private final Clock clock;
  private final Map<String, FamilyRenderer> renderers = new ConcurrentHashMap<>();
  private final Map<String, RenderedResult> rendered = new TreeMap<>();
  private volatile Pages pages;

  /** A result in its finished form: that of the target, and by name that of its nodes. */
  private record RenderedResult(
      String target,
      List<RenderedFamily> families,
      SortedMap<String, List<RenderedFamily>> nodes,
      Instant expiresAt) {}

  private record Pages(MetricsPage text, MetricsPage openMetrics, Instant expiresAt) {}

  /**
   * Creates pages that hold only what the agent says about itself.
   *
   * @param agentFamilies what that is at first, such as the version
   */
  public MetricsPages(List<MetricFamily> agentFamilies, Clock clock) {
    this.clock = clock;
    rendered.put(AGENT, lasting(AGENT, agentFamilies));
    this.pages = assemble(clock.instant());
  }

  /** Replaces what the agent says about itself. */
  public void about(List<MetricFamily> agentFamilies) {
    synchronized (rendered) {
      rendered.put(AGENT, lasting(AGENT, agentFamilies));
      pages = assemble(clock.instant());
    }
  }

  /** Replaces what is told of the agent's process; the next page that is put together shows it. */
  public void process(List<MetricFamily> processFamilies) {
    synchronized (rendered) {
      rendered.put(PROCESS, lasting(PROCESS, processFamilies));
    }
  }

  private RenderedResult lasting(String id, List<MetricFamily> families) {
    return new RenderedResult(
        id, renderer(id).render(families), Collections.emptySortedMap(), Instant.MAX);
  }

  /** Renders a new result in place of the target's last one. */
  public void accept(CollectionResult result, Exposed exposed) {
    String target = result.target().id();
    FamilyRenderer renderer = renderer(target);
    List<RenderedFamily> families = renderer.render(exposed.families());
    var nodes = new TreeMap<String, List<RenderedFamily>>();
    exposed.nodes().forEach((node, own) -> nodes.put(node, renderer.render(own)));
    synchronized (rendered) {
      rendered.put(
          target, new RenderedResult(result.target().name(), families, nodes, result.expiresAt()));
      pages = assemble(clock.instant());
    }
  }

  /** Leaves out a target that is no longer collected. */
  public void forget(Target target) {
    synchronized (rendered) {
      rendered.remove(target.id());
      renderers.remove(target.id());
      pages = assemble(clock.instant());
    }
  }

  /**
   * Returns the page of one target, or of one of its nodes, in Prometheus' text format; nothing if
   * nothing was read of it lately.
   *
   * @param node the node's name; empty for the target as a whole
   */
  public Optional<MetricsPage> page(String target, String node) {
    var families = new TreeMap<String, List<RenderedFamily>>();
    for (RenderedResult result : resultsOf(target)) {
      List<RenderedFamily> own =
          node.isEmpty() ? result.families() : result.nodes().getOrDefault(node, List.of());
      group(own, families);
    }
    return families.isEmpty()
        ? Optional.empty()
        : Optional.of(MetricsPage.of(chunks(families, ExpositionFormat.TEXT)));
  }

  /** Returns the nodes of a target that have a page of their own. */
  public SortedSet<String> nodes(String target) {
    var nodes = new TreeSet<String>();
    resultsOf(target).forEach(result -> nodes.addAll(result.nodes().keySet()));
    return nodes;
  }

  private List<RenderedResult> resultsOf(String target) {
    Instant now = clock.instant();
    synchronized (rendered) {
      return rendered.values().stream()
          .filter(result -> result.target().equals(target) && now.isBefore(result.expiresAt()))
          .toList();
    }
  }

  /** Returns the page in a format, as of the last collection that ended. */
  public MetricsPage page(ExpositionFormat format) {
    Pages current = unexpired();
    return switch (format) {
      case TEXT -> current.text();
      case OPENMETRICS -> current.openMetrics();
    };
  }

  private Pages unexpired() {
    Pages current = pages;
    Instant now = clock.instant();
    if (now.isBefore(current.expiresAt())) {
      return current;
    }
    synchronized (rendered) {
      pages = assemble(now);
      return pages;
    }
  }

  private FamilyRenderer renderer(String target) {
    return renderers.computeIfAbsent(target, _ -> new FamilyRenderer());
  }

  private Pages assemble(Instant now) {
    rendered.values().removeIf(result -> !now.isBefore(result.expiresAt()));
    var families = new TreeMap<String, List<RenderedFamily>>();
    Instant expiresAt = Instant.MAX;
    for (RenderedResult result : rendered.values()) {
      group(result.families(), families);
      expiresAt = result.expiresAt().isBefore(expiresAt) ? result.expiresAt() : expiresAt;
    }
    return new Pages(
        page(families, ExpositionFormat.TEXT),
        page(families, ExpositionFormat.OPENMETRICS),
        expiresAt);
  }

  private static void group(
      List<RenderedFamily> families, Map<String, List<RenderedFamily>> byName) {
    for (RenderedFamily family : families) {
      byName.computeIfAbsent(family.name(), _ -> new ArrayList<>()).add(family);
    }
  }

  private MetricsPage page(Map<String, List<RenderedFamily>> families, ExpositionFormat format) {
    List<Chunk> chunks = chunks(families, format);
    if (format == ExpositionFormat.OPENMETRICS) {
      chunks.add(END_OF_OPENMETRICS);
    }
    return MetricsPage.of(chunks);
  }

  private static List<Chunk> chunks(
      Map<String, List<RenderedFamily>> families, ExpositionFormat format) {
    var chunks = new ArrayList<Chunk>();
    for (List<RenderedFamily> sameName : families.values()) {
      chunks.add(sameName.getFirst().header().in(format));
      sameName.forEach(family -> chunks.add(family.samples()));
    }
    return chunks;
  }

  private static Chunk endOfOpenMetrics() {
    var out = new ByteSink();
    out.write("# EOF\n");
    try (var compressor = new ChunkCompressor()) {
      compressor.begin();
      return compressor.end(out);
    }
  }
}
