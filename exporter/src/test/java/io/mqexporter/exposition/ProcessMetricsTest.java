package io.mqexporter.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {

  @Test
  void areWhatClientJavaItselfWrites() {
    var registry = new PrometheusRegistry();
    JvmMetrics.builder().register(registry);
    var own = new ProcessMetrics();
    // What was allocated is told after a collection of garbage only, to each by a thread of the
    // JVM.
    System.gc();
    await()
        .untilAsserted(() ->
            assertThat(page(own))
                .isEqualTo(page(registry))
                .contains(
                    "process_cpu_seconds_total",
                    "# TYPE jvm_gc_collection_seconds summary",
                    "# TYPE jvm_memory_pool_allocated_bytes_total counter"));
  }

  private static Set<String> page(PrometheusRegistry registry) throws IOException {
    var text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return withoutValues(text.toString(UTF_8));
  }

  private static Set<String> page(ProcessMetrics metrics) throws IOException {
    var pages = new MetricsPages(List.of(), Clock.systemUTC());
    pages.process(metrics.read());
    pages.about(List.of());
    try (InputStream page = pages.page(ExpositionFormat.TEXT).plain()) {
      return withoutValues(new String(page.readAllBytes(), UTF_8));
    }
  }

  private static Set<String> withoutValues(String page) {
    return page.lines()
        .map(line -> line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
  }
}
