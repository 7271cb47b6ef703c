package io.mqexporter.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
  void areWhatClientJavaItselfWrites() throws IOException {
    var registry = new PrometheusRegistry();
    JvmMetrics.builder().register(registry);
    var text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());

    var pages = new MetricsPages(List.of(), Clock.systemUTC());
    pages.process(new ProcessMetrics().read());
    pages.about(List.of());
    try (InputStream page = pages.page(ExpositionFormat.TEXT).plain()) {
      Set<String> lines = withoutValues(new String(page.readAllBytes(), UTF_8));
      assertThat(lines).isEqualTo(withoutValues(text.toString(UTF_8)));
      assertThat(lines)
          .contains("process_cpu_seconds_total", "# TYPE jvm_gc_collection_seconds summary");
    }
  }

  private static Set<String> withoutValues(String page) {
    return page.lines()
        .map(line -> line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
  }
}
