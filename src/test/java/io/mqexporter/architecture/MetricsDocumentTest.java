package io.mqexporter.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.architecture.Catalogues.Catalogue;
import io.mqexporter.brokers.Repository;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import io.mqexporter.rabbitmq.vocabulary.RabbitMqExporterMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** METRICS.md is written from the catalogues; {@code -Dupdate} writes it anew. */
class MetricsDocumentTest {

  private static final Path DOCUMENT = Repository.file("METRICS.md");

  @Test
  void theDocumentIsWhatTheCataloguesSay() throws IOException {
    if (System.getProperty("update") != null) {
      Files.writeString(DOCUMENT, document());
    }

    assertThat(DOCUMENT)
        .as("METRICS.md is stale (make metrics-doc writes it anew)")
        .hasContent(document());
  }

  @Test
  void namesAreOnesThatPrometheusTakes() {
    assertThat(Catalogues.metrics())
        .allSatisfy(metric -> {
          assertThat(metric.metricName()).matches("[a-z][a-z0-9_]*");
          assertThat(metric.labelNames()).doesNotHaveDuplicates();
          assertThat(metric.labelNames()).allMatch(label -> label.matches("[a-zA-Z][a-zA-Z0-9_]*"));
          assertThat(metric.help()).as(metric.metricName()).endsWith(".");
        });
  }

  @Test
  void namesOfOursKeepToTheConventions() {
    assertThat(Catalogues.ours())
        .allSatisfy(metric -> {
          assertThat(metric.metricName().endsWith("_total"))
              .as("%s: _total if and only if it is a counter", metric.metricName())
              .isEqualTo(metric.type() == MetricType.COUNTER);
          assertThat(metric.metricName()).doesNotMatch(".*_(sum|count|bucket)");
          assertThat(metric.labelNames()).allMatch(label -> label.matches("[a-z][a-z0-9_]*"));
          assertThat(metric.labelNames())
              .doesNotContain("cluster", "instance", "job", "namespace", "pod", "service")
              .doesNotContain("node", "type");
        });
  }

  @Test
  void noSeriesIsThereTwice() {
    assertThat(
            Catalogues.metrics()
                .map(metric -> metric.metricName() + new TreeSet<>(metric.labelNames())))
        .doesNotHaveDuplicates();
  }

  @Test
  void aNameMeansOneThing() {
    var meanings = new HashMap<String, String>();
    var types = new HashMap<String, MetricType>();
    assertThat(Catalogues.ours())
        .allSatisfy(metric -> {
          String meaning = metric.type() + " " + metric.help();
          assertThat(meanings.computeIfAbsent(metric.metricName(), _ -> meaning))
              .as(metric.metricName())
              .isEqualTo(meaning);
        });
    // All targets with RabbitMQ speak this vocabulary or none, so these two may differ.
    assertThat(RabbitMqExporterMetric.values())
        .filteredOn(metric -> meanings.containsKey(metric.metricName()))
        .filteredOn(metric ->
            !(metric.type() + " " + metric.help()).equals(meanings.get(metric.metricName())))
        .containsExactlyInAnyOrder(RabbitMqExporterMetric.STATE, RabbitMqExporterMetric.DELIVERED);
    // A family of another exporter may take the place of ours, and say it in other words.
    assertThat(Catalogues.metrics())
        .allSatisfy(metric ->
            assertThat(types.computeIfAbsent(metric.metricName(), _ -> metric.type()))
                .as(metric.metricName())
                .isEqualTo(metric.type()));
  }

  private static String document() {
    return """
    # Metrics

    Every metric that the agent exposes. This file is written from the catalogues in the code by \
    `make metrics-doc`, and a test fails when it is stale.

    Rules that hold for all of them: what could not be read has no sample, so unknown never shows \
    as 0; a sum with an unknown part is absent; counters are only ever what the broker counted; \
    times are in seconds, sizes in bytes. `messaging_cluster` is the name of the target in the \
    configuration. The granularity is the finest thing that a series stands for: the cluster (or a \
    broker), a destination (or a consumer group), or a partition (or a client).

    %s\
    """
        .formatted(
            Catalogues.all().stream()
                .map(MetricsDocumentTest::section)
                .collect(Collectors.joining("\n")));
  }

  private static String section(Catalogue catalogue) {
    return "## %s\n\n%s\n\n| Metric | Type | Granularity | Labels | Meaning |\n|---|---|---|---|---|\n%s"
        .formatted(
            catalogue.title(),
            catalogue.introduction(),
            catalogue.metrics().stream()
                .map(MetricsDocumentTest::row)
                .collect(Collectors.joining()));
  }

  private static String row(MetricDescriptor metric) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            metric.metricName(),
            metric.type().name().toLowerCase(Locale.ROOT),
            metric.granularity().name().toLowerCase(Locale.ROOT),
            metric.labelNames().stream()
                .map(label -> "`" + label + "`")
                .collect(Collectors.joining(", ")),
            metric.help().replace("|", "\\|"));
  }
}
