package io.mqexporter.rabbitmq;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.http.client.JdkHttpClientHttpLayer;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Tls;
import io.mqexporter.rabbitmq.json.ManagementJson;
import io.mqexporter.rabbitmq.json.UnexpectedJsonException;
import io.mqexporter.relay.ReplyBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections to the management API of one cluster, and to the Prometheus plugin of its nodes.
 * Every request ends by a deadline with its last byte, whatever the server does, and an interrupt
 * ends it at once.
 */
final class ManagementHttp implements AutoCloseable {

  private static final long MAX_REPLY_BYTES = 256L << 20;

  private static final int MAX_REASON_BYTES = 4096;

  private final HttpClient client;
  private final String authorization;
  private final ObjectMapper json;
  private final long maxReplyBytes;
  private final AtomicLong requestsSent = new AtomicLong();

  /** Reads a reply of JSON. */
  interface Parser<T> {

    /** Reads the reply to its end. */
    T parse(JsonParser parser) throws IOException;
  }

  /** Reads a reply of any kind. */
  interface BodyReader<T> {

    /** Reads the reply to its end. */
    T read(InputStream body) throws IOException;
  }

  ManagementHttp(RabbitMqConfig config) {
    this(config, MAX_REPLY_BYTES);
  }

  ManagementHttp(RabbitMqConfig config, long maxReplyBytes) {
    this.maxReplyBytes = maxReplyBytes;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // RabbitMQ 4.3 fails requests with a body that try to upgrade a connection to HTTP/2.
            .version(HttpClient.Version.HTTP_1_1);
    RabbitMqConfig.Access access = config.access();
    if (!config.mayUseTls()) {
      builder.sslContext(Tls.trustsNobody());
    } else {
      access.tls().ifPresent(tls -> builder.sslContext(tls.context()));
    }
    this.client = builder.build();
    this.authorization =
        JdkHttpClientHttpLayer.authorization(access.username(), access.password().value());
    this.json = ManagementJson.mapper();
  }

  /** Returns how many requests were sent. */
  long requestsSent() {
    return requestsSent.get();
  }

  /**
   * Sends a request and reads its reply.
   *
   * @throws CollectionException with one line that names the address and what happened
   */
  <T> T get(URI uri, Parser<T> parser, Deadline deadline)
      throws CollectionException, InterruptedException {
    return find(uri, Set.of(200), Set.of(), parser, deadline).orElseThrow();
  }

  /**
   * Sends a request for what need not be there, and reads its reply.
   *
   * @param replies the statuses of a reply that is to be read
   * @param none the statuses that say that there is no such thing
   * @throws CollectionException with one line that names the address and what happened
   */
  <T> Optional<T> find(
      URI uri, Set<Integer> replies, Set<Integer> none, Parser<T> parser, Deadline deadline)
      throws CollectionException, InterruptedException {
    return exchange(uri, "application/json", replies, none, body -> parse(body, parser), deadline);
  }

  /**
   * Asks a node's Prometheus plugin for a page.
   *
   * @param none the statuses that say that there is no such page
   * @throws CollectionException with one line that names the address and what happened
   */
  <T> Optional<T> page(URI uri, Set<Integer> none, BodyReader<T> reader, Deadline deadline)
      throws CollectionException, InterruptedException {
    return exchange(uri, "text/plain;version=0.0.4", Set.of(200), none, reader, deadline);
  }

  private <T> Optional<T> exchange(
      URI uri,
      String accept,
      Set<Integer> replies,
      Set<Integer> none,
      BodyReader<T> reader,
      Deadline deadline)
      throws CollectionException, InterruptedException {
    var failure = new RequestFailure(uri, System.nanoTime());
    if (deadline.hasPassed()) {
      throw failure.notSent();
    }
    HttpResponse<ReplyBody> response;
    try {
      response = send(uri, accept, deadline, failure);
    } catch (IOException e) {
      throw failure.unanswered(e);
    }
    try (ReplyBody body = response.body()) {
      int status = response.statusCode();
      if (replies.contains(status)) {
        return Optional.of(reader.read(body));
      }
      String reason = reason(body);
      if (none.contains(status)) {
        return Optional.empty();
      }
      throw failure.status(status, reason);
    } catch (InterruptedIOException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw failure.of(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpResponse<ReplyBody> send(
      URI uri, String accept, Deadline deadline, RequestFailure failure)
      throws IOException, CollectionException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Accept", accept)
            .header("Authorization", authorization)
            .build();
    requestsSent.incrementAndGet();
    CompletableFuture<HttpResponse<ReplyBody>> reply =
        client.sendAsync(request, _ -> new ReplyBody(deadline, maxReplyBytes));
    try {
      return reply.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e);
    } catch (TimeoutException e) {
      abandon(reply);
      throw failure.timedOut(e);
    } catch (InterruptedException e) {
      abandon(reply);
      throw e;
    }
  }

  private <T> T parse(InputStream body, Parser<T> parser) throws IOException {
    try (JsonParser tokens = json.createParser(body)) {
      T value = parser.parse(tokens);
      if (tokens.nextToken() != null) {
        throw new UnexpectedJsonException("nothing after it");
      }
      return value;
    }
  }

  /** Returns what RabbitMQ says about a request that it refused, or an empty text. */
  private String reason(ReplyBody body) throws IOException {
    try {
      return json.readTree(body.readNBytes(MAX_REASON_BYTES)).path("reason").asText("");
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return "";
    }
  }

  private static void abandon(CompletableFuture<HttpResponse<ReplyBody>> reply) {
    // An answer may have come in between; its connection must not wait for a reader for ever.
    if (!reply.cancel(true) && reply.state() == CompletableFuture.State.SUCCESS) {
      reply.resultNow().body().close();
    }
  }

  private static InterruptedException interrupted(InterruptedIOException e) {
    // The flag was set for callers that cannot see the exception; this one is seen.
    Thread.interrupted();
    return (InterruptedException) new InterruptedException().initCause(e);
  }
}
