package io.mqexporter.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * One panel of a dashboard.
 *
 * @param title what it shows
 * @param description what that means to whoever looks
 * @param kind how it shows it
 * @param unit the unit of its values, by Grafana's name
 * @param width of 24 columns
 * @param height in rows of 30 pixels
 * @param queries where the values come from
 * @param thresholds from which value on which colour holds
 * @param onlyAtFault whether it is empty while all is well, or where a part is not used
 * @param drillDown what a click on a row opens, as the end of a URL; empty if nothing
 */
public record Panel(
    String title,
    String description,
    Kind kind,
    String unit,
    int width,
    int height,
    List<Query> queries,
    Thresholds thresholds,
    boolean onlyAtFault,
    String drillDown) {

  /** How a panel shows its values. */
  public enum Kind {
    STAT("stat"),
    TIME_SERIES("timeseries"),
    STACKED("timeseries"),
    BARS("bargauge"),
    TABLE("table");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    String type() {
      return type;
    }

    boolean isInstant() {
      return this == BARS || this == TABLE;
    }
  }

  /** Copies the list. */
  public Panel {
    queries = List.copyOf(queries);
  }

  static Panel stat(String title, String description) {
    return of(title, description, Kind.STAT, 4, 4);
  }

  static Panel timeSeries(String title, String description) {
    return of(title, description, Kind.TIME_SERIES, 8, 7);
  }

  static Panel stacked(String title, String description) {
    return of(title, description, Kind.STACKED, 8, 7);
  }

  static Panel bars(String title, String description) {
    return of(title, description, Kind.BARS, 8, 7);
  }

  static Panel table(String title, String description) {
    return of(title, description, Kind.TABLE, 24, 7);
  }

  private static Panel of(String title, String description, Kind kind, int width, int height) {
    return new Panel(
        title, description, kind, "short", width, height, List.of(), Thresholds.NONE, false, "");
  }

  /** Returns the same with another unit. */
  Panel unit(String newUnit) {
    return new Panel(
        title,
        description,
        kind,
        newUnit,
        width,
        height,
        queries,
        thresholds,
        onlyAtFault,
        drillDown);
  }

  /** Returns the same in another size. */
  Panel size(int newWidth, int newHeight) {
    return new Panel(
        title,
        description,
        kind,
        unit,
        newWidth,
        newHeight,
        queries,
        thresholds,
        onlyAtFault,
        drillDown);
  }

  /** Returns the same with one more query; see {@link Query#of}. */
  Panel query(String expression, String legend) {
    var all = new ArrayList<>(queries);
    all.add(Query.of(expression, legend, kind.isInstant()));
    return new Panel(
        title, description, kind, unit, width, height, all, thresholds, onlyAtFault, drillDown);
  }

  /** Returns the same with the thresholds of alert rules. */
  Panel thresholdsOf(String... alerts) {
    return thresholds(Thresholds.of(alerts));
  }

  /** Returns the same, red from a value on. */
  Panel redFrom(double value) {
    return thresholds(Thresholds.redFrom(value));
  }

  /** Returns the same, which is empty while all is well, or where there is no such thing. */
  Panel atFault() {
    return new Panel(
        title, description, kind, unit, width, height, queries, thresholds, true, drillDown);
  }

  /** Returns the same, in which a click opens another dashboard. */
  Panel opens(String newDrillDown) {
    return new Panel(
        title,
        description,
        kind,
        unit,
        width,
        height,
        queries,
        thresholds,
        onlyAtFault,
        newDrillDown);
  }

  private Panel thresholds(Thresholds newThresholds) {
    return new Panel(
        title,
        description,
        kind,
        unit,
        width,
        height,
        queries,
        newThresholds,
        onlyAtFault,
        drillDown);
  }
}
