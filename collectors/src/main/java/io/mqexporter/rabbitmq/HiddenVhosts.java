package io.mqexporter.rabbitmq;

import io.mqexporter.collector.Missing;
import io.mqexporter.rabbitmq.snapshot.Vhost;
import io.mqexporter.rabbitmq.snapshot.VhostNumber;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the vhosts whose queues the broker keeps to itself: to a user without rights on a vhost it
 * lists none of its queues and does not say so, but still tells how many messages are in it.
 */
final class HiddenVhosts {

  /** Vhosts that looked hidden last time: a queue may have gone between the two lists. */
  private Set<String> suspects = Set.of();

  /**
   * Returns what is hidden.
   *
   * @param listedIn the vhosts of which queues are listed
   */
  List<Missing> find(List<Vhost> vhosts, Set<String> listedIn) {
    Set<String> before = suspects;
    suspects =
        vhosts.stream()
            .filter(vhost -> vhost.numbers().get(VhostNumber.MESSAGES).orElse(0) > 0)
            .map(Vhost::name)
            .filter(name -> !listedIn.contains(name))
            .collect(Collectors.toSet());
    return suspects.stream()
        .filter(before::contains)
        .sorted()
        .map(name ->
            new Missing(
                "queues of vhost " + name,
                "not listed though there are messages in it (expected: a user with permissions on"
                    + " that vhost, even those that allow nothing)"))
        .toList();
  }
}
