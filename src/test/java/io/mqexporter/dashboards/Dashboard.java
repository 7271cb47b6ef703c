package io.mqexporter.dashboards;

import java.util.List;

/**
 * A dashboard.
 *
 * @param uid what links and users' bookmarks know it by; it never changes
 * @param title its title
 * @param description what it is for
 * @param variables the choices at its top, besides the data source
 * @param rows its panels from top to bottom; those of a row stand side by side
 */
public record Dashboard(
    String uid, String title, String description, List<Variable> variables, List<Row> rows) {

  /** Panels that stand side by side, and go on below when there is no room. */
  public record Row(String title, List<Panel> panels) {

    /** Copies the list. */
    public Row {
      panels = List.copyOf(panels);
    }

    static Row of(String title, Panel... panels) {
      return new Row(title, List.of(panels));
    }
  }

  /** Copies the lists. */
  public Dashboard {
    variables = List.copyOf(variables);
    rows = List.copyOf(rows);
  }

  /** Returns all panels. */
  public List<Panel> panels() {
    return rows.stream().flatMap(row -> row.panels().stream()).toList();
  }
}
