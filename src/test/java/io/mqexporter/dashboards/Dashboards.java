package io.mqexporter.dashboards;

import io.mqexporter.brokers.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The dashboards that are shipped, in the folder {@code dashboards}. */
public final class Dashboards {

  /** Their folder. */
  public static final Path FOLDER = Repository.file("dashboards");

  private Dashboards() {}

  /** Returns all dashboards, from the general to the special. */
  public static List<Dashboard> all() {
    return List.of(
        MessagingDashboards.fleet(),
        MessagingDashboards.consumers(),
        MessagingDashboards.destination(),
        BrokerDashboards.kafka(),
        BrokerDashboards.rabbitMq(),
        BrokerDashboards.rocketMq(),
        BrokerDashboards.agent(),
        MessagingDashboards.alerts());
  }

  /**
   * Returns a query as it is asked outside of Grafana: of everything.
   *
   * @param rateInterval the shortest time over which a rate makes sense
   */
  public static String withoutVariables(String expression, String rateInterval) {
    return expression
        .replace("$__rate_interval", rateInterval)
        .replace("$__range", "10m")
        .replaceAll("\\$(job|instance|cluster|destination)\\b", ".+")
        .replaceAll("\\$(vhost|group)\\b", ".*");
  }

  /** Returns the content of every file by its path in the folder. */
  static Map<Path, String> files() {
    var files = new TreeMap<Path, String>();
    for (Dashboard dashboard : all()) {
      String name = dashboard.uid() + ".json";
      files.put(FOLDER.resolve(name), DashboardJson.provisioned(dashboard));
      files.put(FOLDER.resolve("grafana.com").resolve(name), DashboardJson.shared(dashboard));
    }
    return files;
  }
}
