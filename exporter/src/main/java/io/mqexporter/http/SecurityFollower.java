package io.mqexporter.http;

import io.mqexporter.config.WebConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Objects;

/** Looks every second whether another configuration holds for who is let in. */
final class SecurityFollower {

  private static final long INTERVAL_MILLIS = 1_000;

  private final Vertx vertx;
  private final Security security;
  private final SecurityObserver observer;
  private final Gate gate;
  private final List<HttpServer> servers;
  private WebConfig config = WebConfig.OPEN;
  private String problem = "";

  SecurityFollower(
      Vertx vertx,
      Security security,
      SecurityObserver observer,
      Gate gate,
      List<HttpServer> servers) {
    this.vertx = vertx;
    this.security = security;
    this.observer = observer;
    this.gate = gate;
    this.servers = List.copyOf(servers);
  }

  /**
   * Begins to look.
   *
   * @param current what holds already
   */
  void follow(WebConfig current) {
    config = current;
    if (security.equals(Security.OPEN)) {
      return;
    }
    observer.succeeded();
    lookLater();
  }

  private void lookLater() {
    vertx.setTimer(
        INTERVAL_MILLIS,
        _ ->
            vertx
                .executeBlocking(security::read)
                .compose(changed -> use(Objects.requireNonNull(changed)))
                .onFailure(this::complain)
                .onComplete(_ -> lookLater()));
  }

  private Future<?> use(WebConfig changed) {
    if (changed.equals(config)) {
      if (!problem.isEmpty()) {
        succeed();
      }
      return Future.succeededFuture();
    }
    if (changed.tls().isPresent() != config.tls().isPresent()) {
      return Future.failedFuture("TLS is turned on and off by a restart only");
    }
    return updateTls(changed)
        .onSuccess(_ -> {
          gate.use(changed);
          config = changed;
          succeed();
        });
  }

  private Future<?> updateTls(WebConfig changed) {
    return changed
        .tls()
        .<Future<?>>map(tls -> {
          var options = ServerTls.options(tls, changed.http2());
          return Future.all(
              servers.stream().map(server -> server.updateSSLOptions(options, true)).toList());
        })
        .orElseGet(Future::succeededFuture);
  }

  private void succeed() {
    problem = "";
    observer.succeeded();
  }

  private void complain(Throwable failure) {
    String found = String.valueOf(failure.getMessage());
    if (!found.equals(problem)) {
      problem = found;
      observer.failed(found);
    }
  }
}
