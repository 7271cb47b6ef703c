package io.mqexporter.http;

import static java.util.stream.Collectors.joining;

import io.mqexporter.config.WebConfig;
import io.mqexporter.exposition.ContentNegotiation;
import io.mqexporter.exposition.ExpositionFormat;
import io.mqexporter.exposition.MetricsPage;
import io.mqexporter.exposition.MetricsPages;
import io.mqexporter.exposition.Probes;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The HTTP server. A scrape writes finished bytes and waits for nothing; no request carries a body
 * that is read, and what a client may send is bounded.
 */
public final class HttpVerticle extends VerticleBase {

  private static final int MAX_REQUEST_LINE_BYTES = 4096;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int IDLE_TIMEOUT_SECONDS = 60;
  private static final String JSON = "application/json";

  private static final String RELOAD = "/-/reload";
  private static final List<HttpMethod> READING = List.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final List<HttpMethod> CHANGING = List.of(HttpMethod.POST, HttpMethod.PUT);

  private final HttpSettings settings;
  private final MetricsPages metrics;
  private final Pages pages;
  private final Map<String, Consumer<HttpServerRequest>> routes;
  private final Security security;
  private final SecurityObserver observer;
  private List<Integer> ports = List.of();

  /**
   * Creates a server that does not listen yet.
   *
   * @param security who is let in
   * @param observer is told when that is read anew
   */
  public HttpVerticle(
      HttpSettings settings,
      MetricsPages metrics,
      Pages pages,
      Security security,
      SecurityObserver observer) {
    this.settings = settings;
    this.metrics = metrics;
    this.pages = pages;
    this.security = security;
    this.observer = observer;
    this.routes =
        Map.of(
            settings.metricsPath(),
            this::metrics,
            "/",
            request ->
                Responses.send(request, 200, "text/html; charset=utf-8", pages.status().get()),
            "/config",
            request -> Responses.send(request, 200, Responses.TEXT, pages.configuration().get()),
            "/probe",
            this::probe,
            "/sd",
            this::discover,
            "/-/healthy",
            request -> Responses.sendLine(request, 200, "mq-exporter is healthy."),
            "/-/ready",
            this::ready,
            RELOAD,
            this::reload);
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(security::read)
        .compose(config -> listen(Objects.requireNonNull(config)));
  }

  private Future<?> listen(WebConfig config) {
    var gate = new Gate(vertx, settings.maxRequests(), this::route);
    gate.use(config);
    var servers = new ArrayList<HttpServer>();
    var listening = new ArrayList<Future<HttpServer>>();
    for (HttpSettings.Address address : settings.addresses()) {
      HttpServer server =
          server(config).connectionHandler(new ControlFrames()).requestHandler(gate);
      servers.add(server);
      listening.add(server.listen(address.port(), address.host()));
    }
    return Future.all(listening)
        .onSuccess(_ -> {
          ports = servers.stream().map(HttpServer::actualPort).toList();
          new SecurityFollower(vertx, security, observer, gate, servers).follow(config);
        });
  }

  private HttpServer server(WebConfig config) {
    var options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setIdleTimeout(IDLE_TIMEOUT_SECONDS)
            .setSsl(config.tls().isPresent())
            .setUseAlpn(true);
    var http = new HttpServerConfig(options);
    return config
        .tls()
        .map(tls -> vertx.createHttpServer(http, ServerTls.options(tls, config.http2())))
        .orElseGet(() -> vertx.createHttpServer(http));
  }

  /** Returns the ports that the server listens on, once it is deployed. */
  public List<Integer> ports() {
    return ports;
  }

  private void route(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    Optional<Consumer<HttpServerRequest>> route =
        path.startsWith(ScalingPage.PREFIX)
            ? Optional.of(this::scaling)
            : Optional.ofNullable(routes.get(path));
    if (hasBody(request)) {
      // What is not read cannot be told from the next request, so the connection ends.
      closeAfter(request);
    }
    if (route.isEmpty()) {
      Responses.sendLine(request, 404, "Not found.");
    } else if (!allowed(request).contains(request.method())) {
      String methods = allowed(request).stream().map(HttpMethod::name).collect(joining(", "));
      request.response().putHeader(HttpHeaders.ALLOW, methods);
      Responses.sendLine(request, 405, "Only %s are allowed here.".formatted(methods));
    } else if (hasBody(request)) {
      Responses.sendLine(request, 413, "A body is not expected here.");
    } else {
      route.get().accept(request);
    }
  }

  private static List<HttpMethod> allowed(HttpServerRequest request) {
    return RELOAD.equals(request.path()) ? CHANGING : READING;
  }

  private static void closeAfter(HttpServerRequest request) {
    // With HTTP/2 each request is a stream of its own.
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  private void metrics(HttpServerRequest request) {
    ExpositionFormat format = ContentNegotiation.format(header(request, HttpHeaders.ACCEPT));
    send(request, metrics.page(format), format);
  }

  private void probe(HttpServerRequest request) {
    String target = request.getParam("target", "");
    var probe = new Probes.Probe(target, request.getParam("node", ""));
    switch (pages.probes().find(probe)) {
      case Probes.Answer.Page(MetricsPage page) -> send(request, page, ExpositionFormat.TEXT);
      case Probes.Answer.Unknown(String reason) -> Responses.sendLine(request, 404, reason);
      case Probes.Answer.Unavailable(String reason) -> Responses.sendLine(request, 503, reason);
    }
  }

  private void scaling(HttpServerRequest request) {
    ScalingPage page = ScalingPage.of(request, pages.backlogs());
    Responses.send(request, page.status(), JSON, page.body());
  }

  /** Lists what there is to be probed, in the form of Prometheus' http_sd. */
  private void discover(HttpServerRequest request) {
    boolean nodes = request.getParam("nodes", "").equals("true");
    String agent = String.valueOf(request.authority());
    var groups = new JsonArray();
    for (Probes.Probe probe : pages.probes().all(nodes)) {
      var labels =
          new JsonObject()
              .put("__metrics_path__", "/probe")
              .put("__param_target", probe.target())
              .put("instance", probe.target());
      if (!probe.node().isEmpty()) {
        labels.put("__param_node", probe.node());
        labels.put("instance", probe.target() + "/" + probe.node());
      }
      groups.add(new JsonObject().put("targets", new JsonArray().add(agent)).put("labels", labels));
    }
    Responses.send(request, 200, JSON, groups.encode());
  }

  private static void send(HttpServerRequest request, MetricsPage page, ExpositionFormat format) {
    boolean gzip = ContentNegotiation.acceptsGzip(header(request, HttpHeaders.ACCEPT_ENCODING));
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      // Shares the page's arrays: nothing is copied until the kernel takes it.
      Buffer body = BufferInternal.buffer(Unpooled.wrappedBuffer(page.gzip()));
      Responses.send(request, 200, format.contentType(), body);
    } else {
      PlainPage.send(request, page, format.contentType());
    }
  }

  private void ready(HttpServerRequest request) {
    if (pages.ready().getAsBoolean()) {
      Responses.sendLine(request, 200, "mq-exporter is ready.");
    } else {
      Responses.sendLine(request, 503, "The first collections are under way.");
    }
  }

  private void reload(HttpServerRequest request) {
    if (pages.reload().isEmpty()) {
      Responses.sendLine(request, 403, "Not enabled (expected: --web.enable-lifecycle).");
      return;
    }
    Supplier<Optional<String>> reload = pages.reload().get();
    vertx
        .executeBlocking(reload::get, false)
        .map(problem -> Objects.requireNonNull(problem))
        .onSuccess(problem -> {
          if (problem.isEmpty()) {
            Responses.sendLine(request, 200, "The configuration was read and holds.");
          } else {
            Responses.sendLine(request, 500, problem.get());
          }
        })
        .onFailure(failure -> Responses.sendLine(request, 500, "Not read: " + failure));
  }

  private static String header(HttpServerRequest request, CharSequence name) {
    return String.join(",", request.headers().getAll(name));
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = header(request, HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || !(length.isEmpty() || length.equals("0"));
  }
}
