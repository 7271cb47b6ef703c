package io.mqexporter.config;

import io.mqexporter.metric.Granularity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A granularity by its name in lower case. */
record GranularityFormat() implements Format<Granularity> {

  @Override
  public String expected() {
    List<String> names = Stream.of(Granularity.values()).map(GranularityFormat::text).toList();
    return KnownKeys.anyOf(names);
  }

  @Override
  public Granularity read(String text) throws MalformedException {
    for (Granularity granularity : Granularity.values()) {
      if (text(granularity).equals(text)) {
        return granularity;
      }
    }
    throw new MalformedException(text, expected());
  }

  /** Returns how a granularity is written. */
  static String text(Granularity granularity) {
    return granularity.name().toLowerCase(Locale.ROOT);
  }
}
