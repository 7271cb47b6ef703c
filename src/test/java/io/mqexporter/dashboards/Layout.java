package io.mqexporter.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each panel of a dashboard stands.
 *
 * @param places the panels and the headings of rows, from top to bottom
 * @param height of all, in rows of 30 pixels
 */
public record Layout(List<Place> places, int height) {

  /** The width of a dashboard. */
  public static final int COLUMNS = 24;

  /** A place, in columns and rows; without a panel it is the heading of a row. */
  public record Place(String heading, List<Panel> panel, int x, int y, int width, int height) {}

  /** Copies the list. */
  public Layout {
    places = List.copyOf(places);
  }

  /** Returns the places from left to right, and below when there is no room. */
  public static Layout of(Dashboard dashboard) {
    var places = new ArrayList<Place>();
    int y = 0;
    for (Dashboard.Row row : dashboard.rows()) {
      places.add(new Place(row.title(), List.of(), 0, y, COLUMNS, 1));
      y++;
      int x = 0;
      int tallest = 0;
      for (Panel panel : row.panels()) {
        if (x + panel.width() > COLUMNS) {
          y += tallest;
          x = 0;
          tallest = 0;
        }
        places.add(new Place(panel.title(), List.of(panel), x, y, panel.width(), panel.height()));
        x += panel.width();
        tallest = Math.max(tallest, panel.height());
      }
      y += tallest;
    }
    return new Layout(places, y);
  }
}
