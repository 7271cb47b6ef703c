package io.mqexporter.relay;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Tls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages that Prometheus would scrape, without TLS. Every page ends by a deadline with its
 * last byte, and its size is bounded.
 */
public final class PageReader implements AutoCloseable {

  private static final long MAX_PAGE_BYTES = 64L << 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(Tls.trustsNobody())
          .build();
  private final AtomicLong requestsSent = new AtomicLong();

  /** Returns how many pages were asked for. */
  public long requestsSent() {
    return requestsSent.get();
  }

  /**
   * Reads a page.
   *
   * @throws CollectionException with one line that names the address and what happened
   */
  public List<RelayedFamily> read(URI page, Deadline deadline)
      throws CollectionException, InterruptedException {
    requestsSent.incrementAndGet();
    CompletableFuture<HttpResponse<ReplyBody>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(page).header("Accept", "text/plain;version=0.0.4").build(),
            _ -> new ReplyBody(deadline, MAX_PAGE_BYTES));
    try {
      HttpResponse<ReplyBody> response =
          answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      try (ReplyBody body = response.body()) {
        if (response.statusCode() != 200) {
          throw new CollectionException(
              "%s: answered %d (expected: status 200)".formatted(page, response.statusCode()));
        }
        return ExpositionReader.read(body, true, (_, _) -> true);
      }
    } catch (ExecutionException e) {
      throw failed(page, why(e.getCause()), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw failed(page, "no answer in time", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (InterruptedIOException e) {
      // The flag was set for callers that cannot see the exception; this one is seen.
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (IOException e) {
      throw failed(page, why(e), e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static String why(@Nullable Throwable failure) {
    return switch (failure) {
      case ConnectException _ -> "connection refused";
      case HttpTimeoutException _ -> "no complete answer in time";
      case MalformedExpositionException e ->
          "answered with what is not Prometheus' text format (%s)".formatted(e.getMessage());
      case ReplyTooLargeException e -> String.valueOf(e.getMessage());
      case null, default -> "the connection broke";
    };
  }

  private static CollectionException failed(URI page, String why, Throwable cause) {
    return new CollectionException(page + ": " + why, cause);
  }
}
