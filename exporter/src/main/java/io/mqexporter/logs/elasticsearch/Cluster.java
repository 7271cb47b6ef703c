package io.mqexporter.logs.elasticsearch;

import io.mqexporter.delivery.Http;
import io.mqexporter.delivery.Http.Reply;
import io.mqexporter.delivery.Http.Request;
import io.mqexporter.delivery.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** The nodes of a cluster as one: what one cannot answer, another is asked. */
final class Cluster implements AutoCloseable {

  /** Who we are is not known, what we want is not allowed, or it is too much at the moment. */
  private static final Set<Integer> HOLD = Set.of(401, 403, 429);

  private final Http http;
  private final Nodes nodes;

  Cluster(Http http, Nodes nodes) {
    this.http = http;
    this.nodes = nodes;
  }

  /**
   * Sends a request, to one node after the other until one answers.
   *
   * @return an answer with a status that says something of the request: any but 3xx, 401, 403, 429
   *     and 5xx
   * @throws UnavailableException if no node answers, or it says that it cannot or may not now; what
   *     the request asks for may have been done all the same
   */
  Reply send(Request request) throws UnavailableException, InterruptedException {
    return send(request, Set.of());
  }

  /**
   * Does the same, of which some more statuses are returned.
   *
   * @param answers which
   */
  Reply send(Request request, Set<Integer> answers)
      throws UnavailableException, InterruptedException {
    for (int left = nodes.count() - 1; ; left--) {
      URI node = nodes.next();
      try {
        return ask(node, request, answers);
      } catch (UnavailableException e) {
        // One that answered speaks for all of them.
        if (left == 0 || !nodes.rests(node) || !nodes.isOneAwake()) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private Reply ask(URI node, Request request, Set<Integer> answers)
      throws UnavailableException, InterruptedException {
    Reply reply;
    try {
      reply = http.send(node, request);
    } catch (IOException e) {
      nodes.failed(node);
      throw new UnavailableException(node + ": " + e.getMessage());
    }
    int status = reply.status();
    if (status >= 502) {
      // The node, or what stands before it, is not able to; others may be.
      nodes.failed(node);
    } else {
      nodes.answered(node);
    }
    if (saysNothingOfTheRequest(status) && !answers.contains(status)) {
      throw new UnavailableException(node + ": " + Replies.words(reply), reply.retryAfter());
    }
    return reply;
  }

  private static boolean saysNothingOfTheRequest(int status) {
    return status >= 500 || (status >= 300 && status < 400) || HOLD.contains(status);
  }
}
