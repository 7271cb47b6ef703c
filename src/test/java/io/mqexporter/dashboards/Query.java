package io.mqexporter.dashboards;

/**
 * One query of a panel.
 *
 * @param expression in Prometheus' language, with Grafana's variables
 * @param legend what a series is called, with labels in double braces
 * @param instant whether only the newest value counts
 */
public record Query(String expression, String legend, boolean instant) {

  private static final String AGENT = "job=~\"$job\",instance=~\"$instance\"";
  private static final String CLUSTER = AGENT + ",messaging_cluster=~\"$cluster\"";
  private static final String DESTINATION =
      CLUSTER
          + ",messaging_rabbitmq_vhost=~\"$vhost\",messaging_destination_name=~\"$destination\"";
  private static final String GROUP = DESTINATION + ",messaging_consumer_group_name=~\"$group\"";

  /**
   * Makes a query, in which {@code @agent}, {@code @cluster}, {@code @destination} and {@code
   * @group} stand for the matchers that follow the dashboard's variables.
   */
  static Query of(String expression, String legend, boolean instant) {
    return new Query(
        expression
            .replace("@group", GROUP)
            .replace("@destination", DESTINATION)
            .replace("@cluster", CLUSTER)
            .replace("@agent", AGENT),
        legend,
        instant);
  }
}
