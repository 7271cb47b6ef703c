package io.mqexporter.rocketmq.snapshot;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures that a broker tells of itself, as it writes them (request code 28; {@code
 * prepareRuntimeInfo} in the broker's {@code AdminBrokerProcessor}).
 *
 * @param table the figures by the broker's own names
 */
public record RuntimeFigures(Map<String, String> table) {

  private static final Pattern VERSION = Pattern.compile("V\\d+(_\\d+)*");
  private static final Pattern SIZE = Pattern.compile("([0-9]+(?:[.,][0-9]+)?) ([KMGTPE]?)i?B");
  private static final String UNITS = "KMGTPE";

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
    return parsed(table.getOrDefault(key, ""));
  }

  /** Returns milliseconds as seconds. */
  public OptionalDouble seconds(String key) {
    OptionalDouble millis = number(key);
    return millis.isPresent() ? OptionalDouble.of(millis.getAsDouble() / 1000) : millis;
  }

  /**
   * Returns a size that the broker has rounded for people, such as {@code 1.5 MiB}, in bytes.
   *
   * @param key the figure's key
   * @param before what stands before the size in the figure
   */
  public OptionalDouble bytes(String key, String before) {
    String figure = table.getOrDefault(key, "");
    int start = figure.indexOf(before);
    Matcher size = SIZE.matcher(figure);
    if (start < 0 || !size.find(start + before.length())) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(size.group(1).replace(',', '.'));
    int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
    return OptionalDouble.of(number * Math.pow(1024, power));
  }

  /** Returns how many messages were written to the commit log since the broker started. */
  public OptionalLong messagesStored() {
    // The broker writes 1 for 0, so as not to divide by it.
    return count("putMessageSizeTotal").orElse(-1) == 0
        ? OptionalLong.of(0)
        : count("putMessageTimesTotal");
  }

  /** Returns one of several numbers that a figure lists, counted from 0. */
  public OptionalDouble listed(String key, int index) {
    String[] numbers = table.getOrDefault(key, "").strip().split(" +", -1);
    return index < numbers.length ? parsed(numbers[index]) : OptionalDouble.empty();
  }

  /**
   * Returns how many messages took so long to be written.
   *
   * @param range the range as the broker writes it, such as {@code 10~50ms}
   */
  public OptionalDouble writtenWithin(String range) {
    String figure = table.getOrDefault("putMessageDistributeTime", "");
    String label = "[" + range + "]:";
    int start = figure.indexOf(label);
    return start < 0
        ? OptionalDouble.empty()
        : parsed(figure.substring(start + label.length()).split(" ", 2)[0]);
  }

  /** Returns a figure that says yes or no. */
  public Optional<Boolean> flag(String key) {
    return switch (table.getOrDefault(key, "")) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Returns the broker's version, such as {@code 5.5.0}; empty if it tells none. */
  public String version() {
    return version(table.getOrDefault("brokerVersionDesc", ""));
  }

  /** Returns {@code 5.5.0} for {@code V5_5_0}, and anything else as it is. */
  public static String version(String version) {
    return VERSION.matcher(version).matches() ? version.substring(1).replace('_', '.') : version;
  }

  private static OptionalDouble parsed(String number) {
    try {
      double value = Double.parseDouble(number.strip().replace(',', '.'));
      return value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
