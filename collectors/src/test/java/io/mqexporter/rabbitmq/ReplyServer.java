package io.mqexporter.rabbitmq;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers what a test gave it for a path, and 500 elsewhere. */
final class ReplyServer implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  ReplyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String withQuery = exchange.getRequestURI().toString();
          asked.add(withQuery);
          String path =
              replies.containsKey(withQuery) ? withQuery : exchange.getRequestURI().getPath();
          String reply = replies.get(path);
          byte[] body = (reply == null ? "{}" : reply).getBytes(StandardCharsets.UTF_8);
          int status = reply == null ? 500 : 200;
          exchange.sendResponseHeaders(statuses.getOrDefault(path, status), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /** Returns the bodies of replies, by path, or by path and query. */
  Map<String, String> replies() {
    return replies;
  }

  /** Returns the statuses of replies that are not 200, by the same. */
  Map<String, Integer> statuses() {
    return statuses;
  }

  /** Returns the paths with their queries that were asked for. */
  List<String> asked() {
    return asked;
  }

  /** Returns the address of a path. */
  URI url(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
