package io.mqexporter.relay;

import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import io.mqexporter.relay.RelayedFamily.Series;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** Reads Prometheus' text format 0.0.4 line by line, and keeps the series that are wanted. */
public final class ExpositionReader {

  private static final int MAX_LINE_CHARS = 64 << 10;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  private final LabelReader labelReader;
  private final BiPredicate<String, Map<String, String>> wanted;
  private final Map<String, Head> heads = new HashMap<>();
  private final Map<String, List<Series>> series = new LinkedHashMap<>();

  private static final class Head {
    private String help = "";
    private MetricType type = MetricType.UNTYPED;
  }

  private ExpositionReader(
      LabelReader labelReader, BiPredicate<String, Map<String, String>> wanted) {
    this.labelReader = labelReader;
    this.wanted = wanted;
  }

  /**
   * Reads a page to its end. A value that is no number, which the plugin writes where it knows
   * none, is left out.
   *
   * @param escaped whether quotes, backslashes and line ends in label values are escaped
   * @param wanted whether a series is kept, by the name of its family and its labels
   * @throws MalformedExpositionException if it is something else, or its last line has no end
   */
  public static List<RelayedFamily> read(
      InputStream page, boolean escaped, BiPredicate<String, Map<String, String>> wanted)
      throws IOException {
    var reader = new ExpositionReader(new LabelReader(escaped), wanted);
    // Not closed here: the body belongs to the one who asked for it.
    var lines = new BufferedReader(new InputStreamReader(page, StandardCharsets.UTF_8));
    int number = 0;
    var line = new StringBuilder();
    while (nextLine(lines, line)) {
      number++;
      try {
        reader.accept(line.toString().strip());
      } catch (IllegalArgumentException e) {
        throw new MalformedExpositionException("line %d: %s".formatted(number, e.getMessage()));
      }
    }
    return reader.families();
  }

  private static boolean nextLine(Reader in, StringBuilder line) throws IOException {
    line.setLength(0);
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      if (line.length() == MAX_LINE_CHARS) {
        throw new MalformedExpositionException("a line of more than 64 Ki characters");
      }
      line.append((char) next);
    }
    if (next < 0 && !line.isEmpty()) {
      throw new MalformedExpositionException("the last line is not complete");
    }
    return next >= 0;
  }

  private void accept(String line) {
    if (line.isEmpty()) {
      return;
    }
    if (line.startsWith("#")) {
      acceptComment(line.split(" ", 4));
      return;
    }
    int nameEnd = 0;
    while (nameEnd < line.length() && line.charAt(nameEnd) != '{' && line.charAt(nameEnd) != ' ') {
      nameEnd++;
    }
    String name = line.substring(0, nameEnd);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a name was expected");
    }
    LabelReader.Labels labels = labelReader.read(line, nameEnd);
    double value = value(line.substring(labels.end()).strip());
    String family = familyOf(name);
    if (!Double.isNaN(value) && wanted.test(family, labels.values())) {
      series
          .computeIfAbsent(family, _ -> new ArrayList<>())
          .add(new Series(name.substring(family.length()), labels.values(), value));
    }
  }

  private void acceptComment(String... words) {
    if (words.length > 3 && words[1].equals("HELP")) {
      head(words[2]).help = words[3].replace("\\n", "\n").replace("\\\\", "\\");
    } else if (words.length > 3 && words[1].equals("TYPE")) {
      head(words[2]).type =
          switch (words[3].strip().toUpperCase(Locale.ROOT)) {
            case "COUNTER" -> MetricType.COUNTER;
            case "GAUGE" -> MetricType.GAUGE;
            case "SUMMARY" -> MetricType.SUMMARY;
            case "HISTOGRAM" -> MetricType.HISTOGRAM;
            default -> MetricType.UNTYPED;
          };
    }
  }

  private Head head(String name) {
    return heads.computeIfAbsent(name, _ -> new Head());
  }

  private String familyOf(String name) {
    for (String suffix : List.of(Sample.BUCKET, Sample.COUNT, Sample.SUM)) {
      if (name.endsWith(suffix)) {
        String family = name.substring(0, name.length() - suffix.length());
        Head head = heads.get(family);
        if (head != null
            && (head.type == MetricType.HISTOGRAM || head.type == MetricType.SUMMARY)) {
          return family;
        }
      }
    }
    return name;
  }

  /** Returns the value before a time, if there is one. */
  private static double value(String text) {
    String value = text.split(" ", 2)[0];
    return switch (value) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      // Erlang's word for what it does not know.
      case "undefined" -> Double.NaN;
      default -> Double.parseDouble(value);
    };
  }

  private List<RelayedFamily> families() {
    var families = new ArrayList<RelayedFamily>();
    series.forEach((name, samples) -> {
      Head head = head(name);
      families.add(new RelayedFamily(name, head.type, head.help, samples));
    });
    return families;
  }
}
