package io.mqexporter.exposition;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renders the families of one target, pass after pass. Used by one thread at a time. */
final class FamilyRenderer implements AutoCloseable {

  private static final int MAX_HEADERS = 10_000;

  private final ChunkCompressor compressor = new ChunkCompressor();
  private final ByteSink sink = new ByteSink();
  private final Map<MetricDescriptor, FamilyHeader> headers = new HashMap<>();

  /** Renders one pass. */
  List<RenderedFamily> render(List<MetricFamily> families) {
    var rendered = new ArrayList<RenderedFamily>(families.size());
    for (MetricFamily family : families) {
      MetricDescriptor descriptor = family.descriptor();
      FamilyHeader header =
          headers.computeIfAbsent(descriptor, added -> FamilyHeader.of(added, compressor));
      rendered.add(new RenderedFamily(descriptor.metricName(), header, samples(family)));
    }
    if (headers.size() > MAX_HEADERS) {
      // What is passed on of others may get new labels again and again.
      headers.clear();
    }
    return rendered;
  }

  private Chunk samples(MetricFamily family) {
    var writer = new SeriesWriter(family.descriptor());
    compressor.begin();
    for (Sample sample : family.samples()) {
      writer.write(sample, sink);
      compressor.drain(sink);
    }
    return compressor.end(sink);
  }

  @Override
  public void close() {
    compressor.close();
  }
}
