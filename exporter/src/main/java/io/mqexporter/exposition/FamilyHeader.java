package io.mqexporter.exposition;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.Locale;

/**
 * The lines before a family's samples. They are all in which the two formats differ: OpenMetrics
 * names a counter without {@code _total} and escapes quotes in the help.
 *
 * @param text the lines in Prometheus' text format
 * @param openMetrics the lines in OpenMetrics
 */
record FamilyHeader(Chunk text, Chunk openMetrics) {

  private static final String TOTAL = "_total";

  static FamilyHeader of(MetricDescriptor descriptor, ChunkCompressor compressor) {
    String help = descriptor.help().replace("\\", "\\\\").replace("\n", "\\n");
    String name = descriptor.metricName();
    boolean isCounter = descriptor.type() == MetricType.COUNTER;
    String familyName =
        isCounter && name.endsWith(TOTAL)
            ? name.substring(0, name.length() - TOTAL.length())
            : name;
    // OpenMetrics knows no counter whose name has another ending, and has another word for no type.
    boolean unknown =
        descriptor.type() == MetricType.UNTYPED || (isCounter && familyName.equals(name));
    String type = descriptor.type().name().toLowerCase(Locale.ROOT);
    return new FamilyHeader(
        lines(name, type, help, compressor),
        lines(familyName, unknown ? "unknown" : type, help.replace("\"", "\\\""), compressor));
  }

  Chunk in(ExpositionFormat format) {
    return switch (format) {
      case TEXT -> text;
      case OPENMETRICS -> openMetrics;
    };
  }

  private static Chunk lines(String name, String type, String help, ChunkCompressor compressor) {
    var out = new ByteSink();
    out.write("# HELP " + name + " " + help + "\n");
    out.write("# TYPE " + name + " " + type + "\n");
    compressor.begin();
    return compressor.end(out);
  }
}
