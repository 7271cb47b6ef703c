package io.mqexporter.exposition;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renders the families of one target, pass after pass. Used by one thread at a time. */
final class FamilyRenderer implements AutoCloseable {

  private final ChunkCompressor compressor = new ChunkCompressor();
  private final ByteSink sink = new ByteSink();
  private final Map<MetricDescriptor, FamilyHeader> headers = new HashMap<>();
  private Map<MetricDescriptor, SeriesNames> names = new HashMap<>();

  /** Renders one pass and forgets the series that are not part of it. */
  List<RenderedFamily> render(List<MetricFamily> families) {
    var rendered = new ArrayList<RenderedFamily>(families.size());
    var usedNames = new HashMap<MetricDescriptor, SeriesNames>();
    for (MetricFamily family : families) {
      MetricDescriptor descriptor = family.descriptor();
      FamilyHeader header =
          headers.computeIfAbsent(descriptor, added -> FamilyHeader.of(added, compressor));
      SeriesNames seriesNames =
          names.containsKey(descriptor) ? names.get(descriptor) : new SeriesNames(descriptor);
      usedNames.put(descriptor, seriesNames);
      sink.clear();
      seriesNames.write(family.samples(), sink);
      rendered.add(new RenderedFamily(descriptor.metricName(), header, compressor.compress(sink)));
    }
    names = usedNames;
    return rendered;
  }

  @Override
  public void close() {
    compressor.close();
  }
}
