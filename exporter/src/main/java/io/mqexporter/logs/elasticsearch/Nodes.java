package io.mqexporter.logs.elasticsearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The nodes of a cluster. They are asked in turn; one that does not answer rests for a while. */
final class Nodes {

  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final int MAX_DOUBLINGS = 10;

  private final List<Node> nodes;
  private int next;

  /** A node, and until when it rests. */
  private static final class Node {

    private final URI address;
    private int failures;
    private long restsUntilNanos = System.nanoTime();

    private Node(URI address) {
      this.address = address;
    }

    private boolean rests(long now) {
      return restsUntilNanos - now > 0;
    }
  }

  Nodes(List<URI> addresses) {
    this.nodes = addresses.stream().map(Node::new).toList();
  }

  /** Returns how many there are. */
  int count() {
    return nodes.size();
  }

  /** Returns the node to ask next: one that does not rest, or else the one that has rested most. */
  synchronized URI next() {
    long now = System.nanoTime();
    Node best = nodes.get(next);
    for (int i = 0; best.rests(now) && i < nodes.size(); i++) {
      Node node = nodes.get((next + i) % nodes.size());
      if (node.restsUntilNanos - best.restsUntilNanos < 0) {
        best = node;
      }
    }
    next = (nodes.indexOf(best) + 1) % nodes.size();
    return best.address;
  }

  /** Returns whether one of them could be asked at once. */
  synchronized boolean isOneAwake() {
    long now = System.nanoTime();
    return nodes.stream().anyMatch(node -> !node.rests(now));
  }

  /** Returns whether a node is best not asked at the moment. */
  synchronized boolean rests(URI address) {
    long now = System.nanoTime();
    return nodes.stream().anyMatch(node -> node.address.equals(address) && node.rests(now));
  }

  /** Notes that a node has answered. */
  synchronized void answered(URI address) {
    for (Node node : nodes) {
      if (node.address.equals(address)) {
        node.failures = 0;
        node.restsUntilNanos = System.nanoTime();
      }
    }
  }

  /** Notes that a node has not answered. */
  synchronized void failed(URI address) {
    for (Node node : nodes) {
      if (node.address.equals(address)) {
        long rest = FIRST_REST.toNanos() << Math.min(node.failures++, MAX_DOUBLINGS);
        node.restsUntilNanos = System.nanoTime() + Math.min(rest, LONGEST_REST.toNanos());
      }
    }
  }
}
