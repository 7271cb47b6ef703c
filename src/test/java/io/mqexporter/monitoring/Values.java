package io.mqexporter.monitoring;

import java.util.Locale;

/** Numbers in the units that the dashboards use, about as Grafana writes them. */
final class Values {

  private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti"};
  private static final String[] DECIMAL = {"", "K", "M", "G", "T"};

  private Values() {}

  /** Returns a value with its unit. */
  static String text(double value, String unit) {
    return switch (unit) {
      case "s" -> seconds(value);
      case "ms" -> seconds(value / 1000);
      case "bytes" -> scaled(value, 1024, BINARY) + "B";
      case "Bps" -> scaled(value, 1000, DECIMAL) + "B/s";
      case "cps" -> scaled(value, 1000, DECIMAL) + "/s";
      case "reqps" -> scaled(value, 1000, DECIMAL) + " req/s";
      case "percentunit" -> number(value * 100) + "%";
      default -> scaled(value, 1000, DECIMAL);
    };
  }

  private static String seconds(double value) {
    if (value == 0) {
      return "0 s";
    }
    if (value < 1) {
      return number(value * 1000) + " ms";
    }
    if (value < 120) {
      return number(value) + " s";
    }
    return value < 7200 ? number(value / 60) + " min" : number(value / 3600) + " h";
  }

  private static String scaled(double value, int base, String[] prefixes) {
    int power = 0;
    double scaled = value;
    while (Math.abs(scaled) >= base && power < prefixes.length - 1) {
      scaled /= base;
      power++;
    }
    return number(scaled) + (prefixes[power].isEmpty() ? "" : " " + prefixes[power]);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
