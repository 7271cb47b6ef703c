package io.mqexporter.http;

import io.mqexporter.config.WebConfig.RateLimit;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * Ends HTTP/2 connections over which more pings and settings come than any scraper sends. Each of
 * them is answered, on the thread that serves the scrapes: the server's own limit counts only
 * answers that wait to be sent, of which the sockets' buffers take hundreds of thousands before.
 */
final class ControlFrames implements Handler<HttpConnection> {

  /** Clients send settings once, and a ping every few seconds. */
  private static final RateLimit MOST = new RateLimit(Duration.ofMillis(100), 100);

  @Override
  public void handle(HttpConnection connection) {
    if (connection.protocolVersion() == HttpVersion.HTTP_2) {
      var limiter = new RateLimiter(MOST, System::nanoTime);
      connection.pingHandler(_ -> count(limiter, connection));
      connection.remoteSettingsHandler(_ -> count(limiter, connection));
    }
  }

  private static void count(RateLimiter limiter, HttpConnection connection) {
    if (!limiter.tryAcquire()) {
      connection.close();
    }
  }
}
