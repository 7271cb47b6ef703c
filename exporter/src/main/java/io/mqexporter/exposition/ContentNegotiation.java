package io.mqexporter.exposition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Chooses what a client is sent by the quality values of its headers (RFC 9110, section 12.5).
 * Prometheus 3 turns its user's {@code scrape_protocols} into these values, so ignoring them would
 * override that choice.
 */
public final class ContentNegotiation {

  private static final int EXACT = 3;
  private static final int ANY_VERSION = 2;
  private static final int ANY_SUBTYPE = 1;
  private static final int ANYTHING = 0;
  private static final int NO_MATCH = -1;

  private ContentNegotiation() {}

  private record Range(String type, String subtype, String version, double quality) {

    /** Returns how closely this range names the format; the closest range decides. */
    int specificity(ExpositionFormat format) {
      if (type.equals("*") && subtype.equals("*")) {
        return ANYTHING;
      }
      if (!type.equals(format.type())) {
        return NO_MATCH;
      }
      if (subtype.equals("*")) {
        return ANY_SUBTYPE;
      }
      if (!subtype.equals(format.subtype())) {
        return NO_MATCH;
      }
      if (version.isEmpty()) {
        return ANY_VERSION;
      }
      return version.equals(format.version()) ? EXACT : NO_MATCH;
    }
  }

  /**
   * Returns the format that the header {@code Accept} likes most; the text format when it likes
   * both the same, or none of them.
   */
  public static ExpositionFormat format(String accept) {
    List<Range> ranges = ranges(accept);
    return quality(ranges, ExpositionFormat.OPENMETRICS) > quality(ranges, ExpositionFormat.TEXT)
        ? ExpositionFormat.OPENMETRICS
        : ExpositionFormat.TEXT;
  }

  /** Returns whether the header {@code Accept-Encoding} allows gzip. */
  public static boolean acceptsGzip(String acceptEncoding) {
    double anything = 0;
    for (String element : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = element.split(";", -1);
      String coding = parts[0].strip();
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return quality(parts) > 0;
      }
      if (coding.equals("*")) {
        anything = quality(parts);
      }
    }
    return anything > 0;
  }

  private static double quality(List<Range> ranges, ExpositionFormat format) {
    int best = NO_MATCH;
    double quality = 0;
    for (Range range : ranges) {
      int specificity = range.specificity(format);
      if (specificity > best) {
        best = specificity;
        quality = range.quality();
      }
    }
    return quality;
  }

  private static List<Range> ranges(String accept) {
    var ranges = new ArrayList<Range>();
    for (String element : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = element.split(";", -1);
      String[] mediaType = parts[0].strip().split("/", -1);
      if (mediaType.length == 2) {
        ranges.add(
            new Range(mediaType[0], mediaType[1], parameter(parts, "version"), quality(parts)));
      }
    }
    return ranges;
  }

  private static double quality(String[] parts) {
    String value = parameter(parts, "q");
    try {
      return value.isEmpty() ? 1 : Math.clamp(Double.parseDouble(value), 0, 1);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String parameter(String[] parts, String name) {
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].strip().split("=", 2);
      if (pair.length == 2 && pair[0].strip().equals(name)) {
        return pair[1].strip().replace("\"", "");
      }
    }
    return "";
  }
}
