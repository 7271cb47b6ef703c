package io.mqexporter.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import io.mqexporter.delivery.Http;
import io.mqexporter.delivery.UnavailableException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The other side. Used by one thread, but for the number of requests. */
final class Receiver implements AutoCloseable {

  private static final String DEFAULT_PATH = "/v1/metrics";
  private static final int MAX_REASON_CHARS = 300;

  /** Shorter ones are words such as Bearer or a number. */
  private static final int SHORTEST_SECRET = 7;

  /** After which the same request may be sent again (OTLP, "Retryable Response Codes"). */
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

  private final Vertx vertx;
  private final Settings<OtlpConfig> settings;
  private final AtomicLong requestsSent = new AtomicLong();
  private Optional<Connected> connected = Optional.empty();

  private record Connected(Edition<OtlpConfig> edition, Http http) {}

  /** What an answer comes to. */
  sealed interface Answer {

    /**
     * It was taken, but for so many points.
     *
     * @param remark what the receiver has to say; empty as a rule
     */
    record Taken(long rejected, String remark) implements Answer {}

    /** It will never be taken. */
    record Refused(String reason) implements Answer {}
  }

  /** Creates it; nothing is connected yet. */
  Receiver(Vertx vertx, Settings<OtlpConfig> settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /** Returns how many requests were sent, those included that were not answered. */
  long requestsSent() {
    return requestsSent.get();
  }

  /**
   * Sends a request.
   *
   * @throws UnavailableException if it is to be sent again
   */
  Answer send(Push push) throws UnavailableException, InterruptedException {
    Connected current = connect();
    URI url = current.edition().value().url();
    requestsSent.incrementAndGet();
    Http.Reply reply;
    try {
      reply = current.http().send(url, request(url, push));
    } catch (IOException e) {
      throw new UnavailableException(url + ": " + e.getMessage());
    }
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return taken(reply.body());
    }
    String words = withoutSecrets(line(reply.body().toString()), current.edition().value());
    String reason = "%s: status %d%s".formatted(url, status, words.isEmpty() ? "" : ": " + words);
    if (RETRYABLE.contains(status)) {
      throw new UnavailableException(reason, reply.retryAfter());
    }
    return new Answer.Refused(reason);
  }

  @Override
  public void close() {
    connected.ifPresent(current -> current.http().close());
  }

  /** Credentials and certificates may have been renewed since the last request. */
  private Connected connect() {
    Edition<OtlpConfig> edition = settings.current();
    if (connected.isEmpty() || connected.get().edition().number() != edition.number()) {
      close();
      OtlpConfig config = edition.value();
      var options = new Http.Options(config.timeout(), 1, config.tls(), config.headers());
      connected = Optional.of(new Connected(edition, new Http(vertx, options)));
    }
    return connected.get();
  }

  private static Http.Request request(URI url, Push push) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", "application/x-protobuf");
    if (push.gzip()) {
      headers.put("content-encoding", "gzip");
    }
    String path = url.getPath().matches("/*") ? DEFAULT_PATH : "";
    return new Http.Request(HttpMethod.POST, path, headers, push.body());
  }

  /** What cannot be read was taken all the same: the status says so. */
  private static Answer taken(Buffer body) {
    try {
      ExportMetricsPartialSuccess partial =
          ExportMetricsServiceResponse.parseFrom(body.getBytes()).getPartialSuccess();
      return new Answer.Taken(
          Math.max(0, partial.getRejectedDataPoints()), line(partial.getErrorMessage()));
    } catch (InvalidProtocolBufferException e) {
      return new Answer.Taken(0, "");
    }
  }

  /** Some receivers repeat the token that they do not like. */
  private static String withoutSecrets(String line, OtlpConfig config) {
    String without = line;
    for (Secret header : config.headers().values()) {
      for (String part : header.value().split(" ", -1)) {
        if (part.length() >= SHORTEST_SECRET) {
          without = without.replace(part, Secret.MASK);
        }
      }
    }
    return without;
  }

  private static String line(String text) {
    String line = text.replaceAll("[^\\p{Print}]+", " ").strip();
    return line.length() <= MAX_REASON_CHARS ? line : line.substring(0, MAX_REASON_CHARS) + " ...";
  }
}
