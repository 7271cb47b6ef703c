package io.mqexporter.exposition;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What client_java measures of the agent's own JVM and process. It is refreshed on a beat of its
 * own, not by scrapes, and ends the page: OpenMetrics' {@code # EOF} is part of it.
 */
public final class ProcessMetrics implements AutoCloseable {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormatWriter textWriter = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter openMetricsWriter = OpenMetricsTextFormatWriter.create();
  private final ChunkCompressor compressor = new ChunkCompressor();
  private volatile Chunks chunks;

  private record Chunks(Chunk text, Chunk openMetrics) {}

  /** Starts to measure and reads once. */
  public ProcessMetrics() {
    JvmMetrics.builder().register(registry);
    chunks = read();
  }

  /** Reads the values anew; the next page that is put together shows them. */
  public void refresh() {
    chunks = read();
  }

  Chunk chunk(ExpositionFormat format) {
    return switch (format) {
      case TEXT -> chunks.text();
      case OPENMETRICS -> chunks.openMetrics();
    };
  }

  private synchronized Chunks read() {
    MetricSnapshots snapshots = registry.scrape();
    return new Chunks(write(textWriter, snapshots), write(openMetricsWriter, snapshots));
  }

  private Chunk write(ExpositionFormatWriter writer, MetricSnapshots snapshots) {
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, snapshots);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var sink = new ByteSink();
    sink.write(out.toByteArray());
    compressor.begin();
    return compressor.end(sink);
  }

  @Override
  public void close() {
    compressor.close();
  }
}
