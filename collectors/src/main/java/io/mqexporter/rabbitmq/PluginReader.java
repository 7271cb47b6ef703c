package io.mqexporter.rabbitmq;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rabbitmq.PluginReading.Pages;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Reads the Prometheus plugins of all nodes, side by side: each tells of its own node alone. */
final class PluginReader {

  private final ManagementHttp http;
  private final RabbitMqConfig config;
  private final Map<URI, NodePlugin> plugins = new HashMap<>();

  PluginReader(ManagementHttp http, RabbitMqConfig config) {
    this.http = http;
    this.config = config;
  }

  /**
   * Reads the plugins at these addresses; one that does not answer by the deadline is missing.
   *
   * @param alone whether the management plugin tells nothing of queues and memory
   */
  PluginReading read(Collection<URI> addresses, boolean alone, Instant now, Deadline deadline)
      throws InterruptedException {
    plugins.keySet().retainAll(addresses);
    List<URI> asked = addresses.stream().distinct().sorted().toList();
    var calls = new ArrayList<Callable<Pages>>();
    for (URI address : asked) {
      NodePlugin plugin =
          plugins.computeIfAbsent(address, added -> new NodePlugin(http, added, config));
      calls.add(() -> plugin.read(alone, now, deadline));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Each call keeps to the deadline; those that do not are cancelled.
      long limit = deadline.remaining().plusSeconds(1).toMillis();
      return reading(asked, threads.invokeAll(calls, limit, TimeUnit.MILLISECONDS));
    }
  }

  private static PluginReading reading(List<URI> asked, List<Future<Pages>> answers)
      throws InterruptedException {
    var nodes = new TreeMap<String, Pages>();
    var missing = new ArrayList<Missing>();
    for (int i = 0; i < asked.size(); i++) {
      String what = "Prometheus plugin at " + asked.get(i).getAuthority();
      try {
        Pages pages = answers.get(i).get();
        String node = pages.label("rabbitmq_identity_info", "rabbitmq_node");
        nodes.put(node.isEmpty() ? asked.get(i).getAuthority() : node, pages);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CollectionException expected) {
          missing.add(new Missing(what, Objects.requireNonNullElse(expected.getMessage(), "")));
        } else {
          throw new IllegalStateException(e.getCause());
        }
      } catch (CancellationException e) {
        missing.add(new Missing(what, "did not answer in time"));
      }
    }
    return new PluginReading(nodes, missing);
  }
}
