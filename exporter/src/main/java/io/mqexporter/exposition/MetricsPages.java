package io.mqexporter.exposition;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.metric.MetricFamily;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages that {@code /metrics} serves. A target's families are rendered and compressed once a
 * collection, on the thread that publishes it; a page is put together from those pieces, with each
 * family in one group however many targets have it. A result that is too old is left out.
 */
public final class MetricsPages {

  private static final String AGENT = "";

  private final Clock clock;
  private final ProcessMetrics processMetrics;
  private final Map<String, FamilyRenderer> renderers = new ConcurrentHashMap<>();
  private final Map<String, RenderedResult> rendered = new TreeMap<>();
  private volatile Pages pages;

  private record RenderedResult(List<RenderedFamily> families, Instant expiresAt) {}

  private record Pages(MetricsPage text, MetricsPage openMetrics, Instant expiresAt) {}

  /**
   * Creates pages that hold only what the agent says about itself.
   *
   * @param agentFamilies families that never change, such as the version
   */
  public MetricsPages(
      List<MetricFamily> agentFamilies, ProcessMetrics processMetrics, Clock clock) {
    this.clock = clock;
    this.processMetrics = processMetrics;
    rendered.put(AGENT, new RenderedResult(renderer(AGENT).render(agentFamilies), Instant.MAX));
    this.pages = assemble(clock.instant());
  }

  /** Renders a new result in place of the target's last one. */
  public void accept(CollectionResult result, List<MetricFamily> families) {
    String target = result.target().id();
    List<RenderedFamily> renderedFamilies = renderer(target).render(families);
    synchronized (rendered) {
      rendered.put(target, new RenderedResult(renderedFamilies, result.expiresAt()));
      pages = assemble(clock.instant());
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
      for (RenderedFamily family : result.families()) {
        families.computeIfAbsent(family.name(), _ -> new ArrayList<>()).add(family);
      }
      expiresAt = result.expiresAt().isBefore(expiresAt) ? result.expiresAt() : expiresAt;
    }
    return new Pages(
        page(families, ExpositionFormat.TEXT),
        page(families, ExpositionFormat.OPENMETRICS),
        expiresAt);
  }

  private MetricsPage page(Map<String, List<RenderedFamily>> families, ExpositionFormat format) {
    var chunks = new ArrayList<Chunk>();
    for (List<RenderedFamily> sameName : families.values()) {
      chunks.add(sameName.getFirst().header().in(format));
      sameName.forEach(family -> chunks.add(family.samples()));
    }
    chunks.add(processMetrics.chunk(format));
    return MetricsPage.of(chunks);
  }
}
