package io.mqexporter.logs;

/**
 * Where an event comes from. What is unknown is empty.
 *
 * @param system the kind of broker: {@code kafka}, {@code rabbitmq} or {@code rocketmq}
 * @param cluster the name of the target that the log belongs to, as the label {@code
 *     messaging_cluster} has it
 * @param broker the broker or node that writes the log
 * @param host the host that the agent runs on
 * @param namespace the Kubernetes namespace of the broker
 * @param pod the broker's pod
 * @param container the broker's container
 * @param file the path of the file when the event was read
 */
public record LogOrigin(
    String system,
    String cluster,
    String broker,
    String host,
    String namespace,
    String pod,
    String container,
    String file) {

  /** Returns the same origin on another host. */
  public LogOrigin onHost(String other) {
    return new LogOrigin(system, cluster, broker, other, namespace, pod, container, file);
  }

  /** Returns the same origin with another file. */
  public LogOrigin withFile(String other) {
    return new LogOrigin(system, cluster, broker, host, namespace, pod, container, other);
  }
}
