package io.mqexporter.rabbitmq;

import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.Queue.DeadLetterRoute;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Binding;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which queues hold dead letters: those that another queue's dead-letter exchange leads to,
 * over however many exchanges. A queue whose own dead letters go back to where its came from is a
 * step of a retry loop, such as a queue to wait in, and holds none.
 */
final class DeadLetters {

  private final Map<DestinationId, List<Binding>> bindingsBySource = new HashMap<>();
  private final Set<DestinationId> directExchanges = new HashSet<>();

  private record Route(String vhost, DeadLetterRoute target) {}

  private DeadLetters(RabbitMqSnapshot snapshot) {
    for (Binding binding : snapshot.bindings()) {
      bindingsBySource
          .computeIfAbsent(
              new DestinationId(binding.vhost(), binding.source()), _ -> new ArrayList<>())
          .add(binding);
    }
    for (Exchange exchange : snapshot.exchanges()) {
      if (exchange.type().equals("direct")) {
        directExchanges.add(new DestinationId(exchange.vhost(), exchange.name()));
      }
    }
  }

  /** Returns the ids of the queues that hold dead letters. */
  static Set<DestinationId> queues(RabbitMqSnapshot snapshot) {
    var sources = new LinkedHashMap<Route, List<DestinationId>>();
    var routes = new HashMap<DestinationId, Route>();
    for (Queue queue : snapshot.queues().orElse(List.of())) {
      queue
          .deadLetterRoute()
          .map(target -> new Route(queue.id().vhost(), target))
          .ifPresent(route -> {
            routes.put(queue.id(), route);
            sources.computeIfAbsent(route, _ -> new ArrayList<>()).add(queue.id());
          });
    }
    var deadLetters = new DeadLetters(snapshot);
    var targets = new HashMap<Route, Set<DestinationId>>();
    sources.keySet().forEach(route -> targets.put(route, deadLetters.targets(route)));

    var holding = new HashSet<DestinationId>();
    sources.forEach((route, from) -> {
      for (DestinationId target : targets.getOrDefault(route, Set.of())) {
        Set<DestinationId> back =
            Optional.ofNullable(routes.get(target)).map(targets::get).orElse(Set.of());
        if (from.stream().anyMatch(one -> !one.equals(target) && !back.contains(one))) {
          holding.add(target);
        }
      }
    });
    return holding;
  }

  private Set<DestinationId> targets(Route route) {
    var queues = new HashSet<DestinationId>();
    Optional<String> routingKey = route.target().routingKey();
    if (route.target().exchange().isEmpty()) {
      // The default exchange leads to the queue that the key names; the key that a message came
      // with leads it back to its own queue, if anywhere.
      routingKey.ifPresent(name -> queues.add(new DestinationId(route.vhost(), name)));
      return queues;
    }
    var reached = new HashSet<DestinationId>();
    var pending = new ArrayDeque<DestinationId>();
    pending.add(new DestinationId(route.vhost(), route.target().exchange()));
    while (!pending.isEmpty()) {
      DestinationId exchange = pending.remove();
      if (!reached.add(exchange)) {
        continue;
      }
      for (Binding binding : bindingsBySource.getOrDefault(exchange, List.of())) {
        if (passes(exchange, binding, routingKey)) {
          var destination = new DestinationId(binding.vhost(), binding.destination());
          if (binding.toQueue()) {
            queues.add(destination);
          } else {
            pending.add(destination);
          }
        }
      }
    }
    return queues;
  }

  private boolean passes(DestinationId exchange, Binding binding, Optional<String> routingKey) {
    return routingKey.isEmpty()
        || !directExchanges.contains(exchange)
        || routingKey.get().equals(binding.routingKey());
  }
}
