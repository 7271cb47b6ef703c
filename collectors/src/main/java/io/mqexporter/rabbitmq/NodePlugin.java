package io.mqexporter.rabbitmq;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.SlowBeat;
import io.mqexporter.rabbitmq.PluginReading.Pages;
import io.mqexporter.relay.ExpositionReader;
import io.mqexporter.relay.RelayedFamily;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plugin rabbitmq_prometheus of one node: two requests a collection, and where the management
 * plugin does not tell what memory is used for, a third one once in the details' interval.
 */
final class NodePlugin {

  /** What is asked for where the management plugin does not tell it. */
  private static final List<String> QUEUES =
      List.of(
          "queue_coarse_metrics",
          "queue_consumer_count",
          "queue_delivery_metrics",
          "queue_metrics",
          "queue_exchange_metrics");

  private static final Set<Integer> ABSENT = Set.of(404);

  private final ManagementHttp http;
  private final URI address;
  private final RabbitMqConfig config;
  private final SlowBeat memoryBeat = new SlowBeat();
  private List<RelayedFamily> memory = List.of();

  NodePlugin(ManagementHttp http, URI address, RabbitMqConfig config) {
    this.http = http;
    this.address = address;
    this.config = config;
  }

  /**
   * Reads the pages.
   *
   * @param alone whether the management plugin tells nothing of queues and memory
   */
  Pages read(boolean alone, Instant now, Deadline deadline)
      throws CollectionException, InterruptedException {
    List<RelayedFamily> summary = page("/metrics", true, deadline);
    var further = new ArrayList<RelayedFamily>();
    boolean escaped = escapes(new Pages(summary, List.of()));
    String wanted =
        Stream.concat(
                config.sources().prometheusFamilies().stream(),
                alone ? QUEUES.stream() : Stream.of())
            .distinct()
            .map(family -> "family=" + family)
            .collect(Collectors.joining("&"));
    if (!wanted.isEmpty()) {
      further.addAll(page("/metrics/detailed?" + wanted, escaped, deadline));
    }
    if (alone) {
      readMemory(now, deadline);
      further.addAll(memory);
    }
    return new Pages(summary, config.sources().raftNames().apply(further));
  }

  private void readMemory(Instant now, Deadline deadline)
      throws CollectionException, InterruptedException {
    if (memoryBeat.isDue(now)) {
      Duration interval = config.effort().detailsInterval();
      try {
        memory = page("/metrics/memory-breakdown", true, deadline);
        memoryBeat.succeeded(now, interval);
      } catch (CollectionException e) {
        memory = List.of();
        memoryBeat.failed(now, interval);
        throw e;
      }
    }
  }

  /** RabbitMQ 3 writes label values as they are. */
  private static boolean escapes(Pages pages) {
    return !pages.label("rabbitmq_build_info", "rabbitmq_version").startsWith("3.");
  }

  private List<RelayedFamily> page(String path, boolean escaped, Deadline deadline)
      throws CollectionException, InterruptedException {
    return http.page(
            address.resolve(path),
            ABSENT,
            body -> ExpositionReader.read(body, escaped, this::isWanted),
            deadline)
        .orElse(List.of());
  }

  private boolean isWanted(String family, Map<String, String> labels) {
    String vhost = labels.get("vhost");
    String queue = labels.get("queue");
    return (vhost == null || config.vhosts().accepts(vhost))
        && (queue == null || config.queues().accepts(queue));
  }
}
