package io.mqexporter.delivery;

import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one receiver, or to the nodes that are one together. Every request ends by a
 * deadline with its last byte, whatever the server does, and an interrupt ends it at once.
 */
public final class Http implements AutoCloseable {

  /** Beyond that it is no answer to what we ask for. */
  private static final int MAX_REPLY_BYTES = 32 << 20;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client;

  /** An answer must not go by on another thread before it is looked at. */
  private final Context context;

  private final Map<String, Secret> headers;
  private final Duration timeout;

  /**
   * How servers are spoken to.
   *
   * @param timeout how long a request may take
   * @param connections how many requests are under way at the same time
   * @param tls the certificates for HTTPS; those of the JDK if there are none
   * @param headers what each request shows besides its own
   */
  public record Options(
      Duration timeout, int connections, Optional<Tls> tls, Map<String, Secret> headers) {

    /** Copies the headers. */
    public Options {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * What is sent.
   *
   * @param path the path with its query, from the root of the API
   * @param headers of the body
   * @param body the bytes; none for a request without a body
   */
  public record Request(HttpMethod method, String path, Map<String, String> headers, Buffer body) {

    /** Returns a request without a body. */
    public static Request of(HttpMethod method, String path) {
      return new Request(method, path, Map.of(), Buffer.buffer());
    }

    /** Returns a request with a body of JSON. */
    public static Request json(HttpMethod method, String path, String body) {
      var headers = Map.of("content-type", "application/json");
      return new Request(method, path, headers, Buffer.buffer(body));
    }
  }

  /**
   * An answer.
   *
   * @param retryAfter for how long the server wants to be left alone, or zero
   */
  public record Reply(int status, Duration retryAfter, Buffer body) {}

  /** Creates it; nothing is connected yet. */
  public Http(Vertx vertx, Options options) {
    this.timeout = options.timeout();
    this.headers = options.headers();
    var clientOptions =
        new HttpClientOptions()
            .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()))
            .setVerifyHost(true);
    options.tls().ifPresent(tls -> secure(clientOptions, tls));
    var pool = new PoolOptions().setHttp1MaxSize(options.connections());
    this.client =
        vertx
            .httpClientBuilder()
            .with(clientOptions)
            .with(pool)
            // What befalls a connection befalls its request, which says so; Vert.x would log it.
            .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
            .build();
    this.context = vertx.getOrCreateContext();
  }

  /**
   * Sends a request to a server and reads the whole answer.
   *
   * @throws IOException if there is none, in words for people; the server may have done what it was
   *     asked to do all the same
   */
  public Reply send(URI node, Request request) throws IOException, InterruptedException {
    var exchange = new Exchange(request.body());
    var reply = new CompletableFuture<Reply>();
    try {
      context.runOnContext(_ ->
          // Within a future, because a client that is closed throws.
          Future.succeededFuture()
              .compose(_ -> client.request(options(node, request)))
              .compose(exchange::send)
              .compose(Http::read)
              .onComplete(reply::complete, reply::completeExceptionally));
      return reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("the agent ends", e);
    } catch (ExecutionException e) {
      exchange.abandon();
      throw new IOException(reason(e.getCause()), e);
    } catch (TimeoutException e) {
      exchange.abandon();
      throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      exchange.abandon();
      throw e;
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** One request on its way, which may be given up at any time. */
  private static final class Exchange {

    private final Buffer body;
    private Optional<HttpClientRequest> request = Optional.empty();
    private boolean abandoned;

    private Exchange(Buffer body) {
      this.body = body;
    }

    private synchronized Future<HttpClientResponse> send(HttpClientRequest connected) {
      request = Optional.of(connected);
      connected.exceptionHandler(_ -> {
        // The future says the same.
      });
      if (abandoned) {
        connected.reset();
      }
      return connected.send(body);
    }

    private synchronized void abandon() {
      abandoned = true;
      request.ifPresent(HttpClientRequest::reset);
    }
  }

  private RequestOptions options(URI node, Request request) {
    boolean isTls = "https".equals(node.getScheme());
    int defaultPort = isTls ? 443 : 80;
    var options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(node.getHost())
            .setPort(node.getPort() < 0 ? defaultPort : node.getPort())
            .setSsl(isTls)
            .setURI(node.getRawPath().replaceAll("/+$", "") + request.path());
    request.headers().forEach(options::putHeader);
    headers.forEach((name, value) -> options.putHeader(name, value.value()));
    return options;
  }

  private static Future<Reply> read(HttpClientResponse response) {
    Promise<Reply> reply = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(part -> {
      if (body.length() + part.length() > MAX_REPLY_BYTES) {
        reply.tryFail(new IOException("an answer of more than " + MAX_REPLY_BYTES + " bytes"));
      } else {
        body.appendBuffer(part);
      }
    });
    response.exceptionHandler(reply::tryFail);
    Duration retryAfter = seconds(response.getHeader("retry-after"));
    response.endHandler(_ -> reply.tryComplete(new Reply(response.statusCode(), retryAfter, body)));
    return reply.future();
  }

  /** Reads the header where it is a number of seconds; dates are rare. */
  private static Duration seconds(@Nullable String header) {
    return header != null && header.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(header))
        : Duration.ZERO;
  }

  private static void secure(HttpClientOptions options, Tls tls) {
    if (!tls.authorities().isEmpty()) {
      options.setTrustOptions(TrustOptions.wrap(tls.trustManager()));
    }
    tls.keyManager().ifPresent(keys -> options.setKeyCertOptions(KeyCertOptions.wrap(keys)));
  }

  private static String reason(@Nullable Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "unknown host";
      case ConnectException _ -> "no connection";
      case SSLException e -> "TLS: " + e.getMessage();
      case null -> "no answer";
      default -> Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    };
  }
}
