package io.mqexporter.http;

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
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The HTTP server. A scrape writes finished bytes and waits for nothing; no request carries a body
 * that is read, and what a client may send is bounded.
 */
public final class HttpVerticle extends VerticleBase {

  private static final int MAX_REQUEST_LINE_BYTES = 4096;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int IDLE_TIMEOUT_SECONDS = 60;
  private static final String TEXT = "text/plain; charset=utf-8";

  private static final Set<HttpMethod> ALLOWED_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final HttpSettings settings;
  private final MetricsPages metrics;
  private final Pages pages;
  private final Map<String, Consumer<HttpServerRequest>> routes;
  private int port;

  /** Creates a server that does not listen yet. */
  public HttpVerticle(HttpSettings settings, MetricsPages metrics, Pages pages) {
    this.settings = settings;
    this.metrics = metrics;
    this.pages = pages;
    this.routes =
        Map.of(
            settings.metricsPath(),
            this::metrics,
            "/",
            request -> send(request, 200, "text/html; charset=utf-8", pages.status().get()),
            "/config",
            request -> send(request, 200, TEXT, pages.configuration().get()),
            "/probe",
            this::probe,
            "/sd",
            this::discover,
            "/-/healthy",
            request -> send(request, 200, TEXT, "mq-exporter is healthy.\n"),
            "/-/ready",
            this::ready);
  }

  @Override
  public Future<?> start() {
    var options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setIdleTimeout(IDLE_TIMEOUT_SECONDS);
    return vertx
        .createHttpServer(options)
        .requestHandler(this::route)
        .listen(settings.port(), settings.host())
        .onSuccess(server -> port = server.actualPort())
        .map(HttpServer::actualPort);
  }

  /** Returns the port that the server listens on, once it is deployed. */
  public int port() {
    return port;
  }

  private void route(HttpServerRequest request) {
    Optional<Consumer<HttpServerRequest>> route = Optional.ofNullable(routes.get(request.path()));
    if (hasBody(request)) {
      // What is not read cannot be told from the next request, so the connection ends.
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    if (route.isEmpty()) {
      send(request, 404, TEXT, "Not found.\n");
    } else if (!ALLOWED_METHODS.contains(request.method())) {
      request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      send(request, 405, TEXT, "Only GET and HEAD are allowed here.\n");
    } else if (hasBody(request)) {
      send(request, 413, TEXT, "A body is not expected here.\n");
    } else {
      route.get().accept(request);
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
      case Probes.Answer.Unknown(String reason) -> send(request, 404, TEXT, reason + "\n");
      case Probes.Answer.Unavailable(String reason) -> send(request, 503, TEXT, reason + "\n");
    }
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
    send(request, 200, "application/json", groups.encode());
  }

  private static void send(HttpServerRequest request, MetricsPage page, ExpositionFormat format) {
    boolean gzip = ContentNegotiation.acceptsGzip(header(request, HttpHeaders.ACCEPT_ENCODING));
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      // Shares the page's arrays: nothing is copied until the kernel takes it.
      Buffer body = BufferInternal.buffer(Unpooled.wrappedBuffer(page.gzip()));
      send(request, 200, format.contentType(), body);
    } else {
      PlainPage.send(request, page, format.contentType());
    }
  }

  private void ready(HttpServerRequest request) {
    if (pages.ready().getAsBoolean()) {
      send(request, 200, TEXT, "mq-exporter is ready.\n");
    } else {
      send(request, 503, TEXT, "The first collections are under way.\n");
    }
  }

  private static void send(HttpServerRequest request, int status, String type, String body) {
    send(request, status, type, Buffer.buffer(body));
  }

  private static void send(HttpServerRequest request, int status, String type, Buffer body) {
    HttpServerResponse response = request.response();
    response.setStatusCode(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
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
