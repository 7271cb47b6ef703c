package io.mqexporter.rabbitmq;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.rabbitmq.json.UnexpectedJsonException;
import io.mqexporter.relay.MalformedExpositionException;
import io.mqexporter.relay.ReplyTooLargeException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line why a request failed: the address, what happened, and what was expected.
 *
 * @param uri the address, without credentials
 * @param startNanos when the request was sent, on the scale of {@link System#nanoTime()}
 */
record RequestFailure(URI uri, long startNanos) {

  private static final int MAX_REASON_CHARS = 200;

  /** What a proxy says of a reply that it does not pass on. */
  private static final int CONTENT_TOO_LARGE = 413;

  private static final String EXPECTED_API = "the management API of a RabbitMQ node";

  /** Returns the failure of a request for which no time was left. */
  CollectionException notSent() {
    return failed("not asked, the time was used up before");
  }

  /** Returns the failure of a request that the server answered with an error. */
  CollectionException status(int status, String reason) {
    String expected =
        switch (status) {
          case 401, 403 -> "a user with the tag monitoring, and its password";
          case 404 ->
              uri.getPath().endsWith("/metrics")
                  ? "the plugin rabbitmq_prometheus of a RabbitMQ node"
                  : EXPECTED_API;
          default -> "status 200";
        };
    String said = reason.isBlank() ? "" : " (%s)".formatted(oneLine(reason));
    String what = "answered %d%s (expected: %s)".formatted(status, said, expected);
    return status == CONTENT_TOO_LARGE
        ? failed(what, new ReplyTooLargeException(what))
        : failed(what);
  }

  /** Returns whether a request failed because its reply is larger than somebody accepts. */
  static boolean isTooLarge(CollectionException failure) {
    return failure.getCause() instanceof ReplyTooLargeException;
  }

  /** Returns the failure of a request that was not answered by its deadline. */
  CollectionException timedOut(TimeoutException cause) {
    return failed("no answer within " + elapsed(), cause);
  }

  /**
   * Returns the failure of a request whose connection ended before any of a reply came. A server
   * whose handshake fails says why, but a connection that is reset loses what was said: one that
   * was sent a request meanwhile, as TLS 1.3 allows, may do so.
   */
  CollectionException unanswered(IOException cause) {
    boolean named =
        cause instanceof HttpTimeoutException
            || cause instanceof ConnectException
            || cause instanceof SSLException
            || hasCause(cause, ProtocolException.class);
    return named || !"https".equals(uri.getScheme())
        ? of(cause)
        : failed(
            "TLS: the connection broke before an answer"
                + " (expected, if the server asks for one: a client certificate that it trusts)",
            cause);
  }

  /** Returns the failure of a request whose connection or reply was bad. */
  CollectionException of(IOException cause) {
    return failed(
        switch (cause) {
          case HttpTimeoutException _ -> "no complete answer within " + elapsed();
          case ConnectException e -> noConnection(e);
          case SSLException e -> "TLS: " + oneLine(e.getMessage());
          case JsonEOFException _ -> "the reply broke off (expected: complete JSON)";
          case UnexpectedJsonException e ->
              "answered with other JSON than expected (expected: %s)"
                  .formatted(oneLine(e.getMessage()));
          case JsonMappingException e -> "answered with other JSON than expected" + location(e);
          case JsonProcessingException e ->
              "answered with what is not JSON%s (expected: %s)"
                  .formatted(location(e), EXPECTED_API);
          case MalformedExpositionException e ->
              "answered with what is not Prometheus' text format (%s)"
                  .formatted(oneLine(e.getMessage()));
          case ReplyTooLargeException e -> oneLine(e.getMessage());
          default -> brokenConnection(cause);
        },
        cause);
  }

  private String noConnection(ConnectException e) {
    if (hasCause(e, UnresolvedAddressException.class)) {
      return "the name %s does not resolve".formatted(uri.getHost());
    }
    return e.getMessage() == null ? "connection refused" : oneLine(e.getMessage());
  }

  private static String brokenConnection(IOException e) {
    if (hasCause(e, ProtocolException.class)) {
      return "answered with what is not HTTP (expected: %s)".formatted(EXPECTED_API);
    }
    return hasCause(e, EOFException.class)
        ? "the connection was closed before the answer was complete"
        : "the connection broke: " + oneLine(e.getMessage());
  }

  private static boolean hasCause(IOException e, Class<? extends Exception> type) {
    return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
        .anyMatch(type::isInstance);
  }

  private static String location(JsonProcessingException e) {
    @Nullable JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private CollectionException failed(String what) {
    return new CollectionException(uri + ": " + what);
  }

  private CollectionException failed(String what, Throwable cause) {
    return new CollectionException(uri + ": " + what, cause);
  }

  private String elapsed() {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startNanos) / 1e9);
  }

  private static String oneLine(@Nullable String text) {
    String line = String.valueOf(text).replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_REASON_CHARS ? line : line.substring(0, MAX_REASON_CHARS) + "…";
  }
}
