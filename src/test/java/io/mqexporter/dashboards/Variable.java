package io.mqexporter.dashboards;

/**
 * A choice at the top of a dashboard.
 *
 * @param name how queries call it
 * @param label how people call it
 * @param metric the metric whose label values there are to choose from
 * @param valueOf the label
 * @param all what stands for all of them: {@code .*} where the label may be absent
 */
public record Variable(String name, String label, String metric, String valueOf, String all) {

  static final Variable JOB = new Variable("job", "Job", "mq_exporter_build_info", "job", ".+");
  static final Variable INSTANCE =
      new Variable(
          "instance", "Instance", "mq_exporter_build_info{job=~\"$job\"}", "instance", ".+");
  static final Variable DESTINATION =
      new Variable(
          "destination",
          "Destination",
          "messaging_destination_messages{job=~\"$job\",messaging_cluster=~\"$cluster\"}",
          "messaging_destination_name",
          ".+");
  static final Variable VHOST =
      new Variable(
          "vhost",
          "Virtual host",
          "messaging_destination_messages{job=~\"$job\",messaging_cluster=~\"$cluster\"}",
          "messaging_rabbitmq_vhost",
          ".*");
  static final Variable GROUP =
      new Variable(
          "group",
          "Group",
          "messaging_consumer_lag_messages{job=~\"$job\",messaging_cluster=~\"$cluster\"}",
          "messaging_consumer_group_name",
          ".*");

  /** Returns the choice of clusters, of one kind of broker or of all. */
  static Variable cluster(String system) {
    String matcher =
        system.isEmpty()
            ? "{job=~\"$job\"}"
            : "{job=~\"$job\",messaging_system=\"" + system + "\"}";
    return new Variable("cluster", "Cluster", "messaging_up" + matcher, "messaging_cluster", ".+");
  }

  /** Returns the query for its values. */
  String query() {
    return "label_values(" + metric + ", " + valueOf + ")";
  }
}
