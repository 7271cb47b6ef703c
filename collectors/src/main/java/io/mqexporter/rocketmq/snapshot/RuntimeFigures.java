package io.mqexporter.rocketmq.snapshot;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The figures that a broker tells of itself, as it writes them (request code 28; {@code
 * prepareRuntimeInfo} in the broker's {@code AdminBrokerProcessor}).
 *
 * @param table the figures by the broker's own names
 */
public record RuntimeFigures(Map<String, String> table) {

  private static final Pattern VERSION = Pattern.compile("V\\d+(_\\d+)*");

  /** Copies the collections. */
  public RuntimeFigures {
    table = Map.copyOf(table);
  }

  /** Returns a whole number, or nothing if it is absent, no number, or -1 for "not known". */
  public OptionalLong count(String key) {
    try {
      long value = Long.parseLong(table.getOrDefault(key, "").strip());
      return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns a number with decimals, or nothing if it is absent, no number, or negative. */
  public OptionalDouble number(String key) {
    try {
      double value = Double.parseDouble(table.getOrDefault(key, "").strip().replace(',', '.'));
      return value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Returns milliseconds as seconds. */
  public OptionalDouble seconds(String key) {
    OptionalDouble millis = number(key);
    return millis.isPresent() ? OptionalDouble.of(millis.getAsDouble() / 1000) : millis;
  }

  /** Returns the broker's version, such as {@code 5.5.0}; empty if it tells none. */
  public String version() {
    String version = table.getOrDefault("brokerVersionDesc", "");
    return VERSION.matcher(version).matches() ? version.substring(1).replace('_', '.') : version;
  }
}
