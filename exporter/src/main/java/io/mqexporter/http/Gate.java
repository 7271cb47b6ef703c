package io.mqexporter.http;

import io.mqexporter.config.WebConfig;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a request passes before it is answered, in the order of Prometheus' own servers: the rate
 * limit, the headers of each response, name and password; and then how many are answered at the
 * same time, which health checks do not count for. Used by one thread.
 */
final class Gate implements Handler<HttpServerRequest> {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final String HEALTH = "/-/";

  /** How long somebody may take to read a page while others wait to be answered. */
  private static final Duration READ_PATIENCE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final int maxRequests;
  private final Handler<HttpServerRequest> inside;
  private final Passwords passwords = new Passwords();
  private WebConfig config = WebConfig.OPEN;
  private Optional<RateLimiter> limiter = Optional.empty();

  /** Since when each is answered that is under way, the oldest first. */
  private final SequencedMap<HttpServerRequest, Long> underWay = new LinkedHashMap<>();

  /**
   * Creates a gate that is open to all.
   *
   * @param maxRequests how many are answered at the same time; 0 for any number
   * @param inside what answers
   */
  Gate(Vertx vertx, int maxRequests, Handler<HttpServerRequest> inside) {
    this.vertx = vertx;
    this.maxRequests = maxRequests;
    this.inside = inside;
  }

  /** Lets in whom another configuration lets in. */
  void use(WebConfig newConfig) {
    if (!newConfig.rateLimit().equals(config.rateLimit())) {
      limiter = newConfig.rateLimit().map(limit -> new RateLimiter(limit, System::nanoTime));
    }
    config = newConfig;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (limiter.isPresent() && !limiter.get().tryAcquire()) {
      Responses.sendLine(request, TOO_MANY_REQUESTS, "Too many requests.");
      return;
    }
    config.headers().forEach(request.response()::putHeader);
    if (config.users().isEmpty()) {
      admit(request);
      return;
    }
    request.pause();
    String authorization =
        Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)).orElse("");
    passwords
        .check(vertx, config.users(), authorization)
        .onComplete(
            verdict -> {
              request.resume();
              answer(request, verdict);
            },
            failure -> {
              request.resume();
              Responses.sendLine(request, 500, "The password cannot be checked.");
            });
  }

  private void answer(HttpServerRequest request, Passwords.Verdict verdict) {
    if (request.response().closed()) {
      return;
    }
    switch (verdict) {
      case RIGHT -> admit(request);
      case WRONG -> {
        request.response().putHeader("WWW-Authenticate", "Basic");
        Responses.sendLine(request, 401, "Unauthorized.");
      }
      case BUSY ->
          Responses.sendLine(request, TOO_MANY_REQUESTS, "Too many passwords to be checked.");
    }
  }

  private void admit(HttpServerRequest request) {
    if (request.path() != null && request.path().startsWith(HEALTH)) {
      inside.handle(request);
      return;
    }
    if (maxRequests > 0 && underWay.size() >= maxRequests && !oldestGivesWay()) {
      Responses.sendLine(
          request, 503, "%d requests are under way, which is the limit.".formatted(maxRequests));
      return;
    }
    underWay.put(request, System.nanoTime());
    // Also called when the connection is closed before.
    request.response().endHandler(_ -> underWay.remove(request));
    inside.handle(request);
  }

  /**
   * Ends the oldest request if its client does not read what it asked for. Finished bytes are sent
   * as fast as they are taken, so nothing else is under way for so long.
   */
  private boolean oldestGivesWay() {
    Map.Entry<HttpServerRequest, Long> oldest = underWay.firstEntry();
    if (System.nanoTime() - oldest.getValue() < READ_PATIENCE.toNanos()) {
      return false;
    }
    HttpServerRequest request = oldest.getKey();
    underWay.remove(request);
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
    return true;
  }
}
