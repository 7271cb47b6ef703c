package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.mqexporter.otlp.OtlpConfig;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the configuration of pushing by OpenTelemetry's protocol of its section. */
final class OtlpDecoder {

  private static final Format<Duration> TIMEOUT =
      new DurationFormat(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final Pattern HEADER_NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");

  /** Which the agent sets itself. */
  private static final Pattern OWN_HEADER =
      Pattern.compile("(?i)content-.*|transfer-encoding|connection|host");

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\p{Print}\\t]*");

  private OtlpDecoder() {}

  /** Reads the section {@code otlp}. */
  static Optional<OtlpConfig> decode(Section section) {
    Optional<URI> url = section.required("url", new UrlFormat());
    Map<String, Secret> headers = section.section("headers", OtlpDecoder::headers).orElse(Map.of());
    Map<String, String> attributes =
        section.section("resource_attributes", s -> Optional.of(s.texts())).orElse(Map.of());
    boolean gzip = section.value("gzip", TextFormat.yesOrNo()).orElse(true);
    Duration timeout = section.value("timeout", TIMEOUT).orElse(OtlpConfig.DEFAULT_TIMEOUT);
    int maxQueueBytes =
        section
            .value("max_queue_bytes", new WholeNumberFormat(1 << 20, 1 << 30))
            .orElse(OtlpConfig.DEFAULT_MAX_QUEUE_BYTES);
    Optional<Tls> tls = TlsDecoder.decode(section);
    return url.map(u -> new OtlpConfig(u, headers, attributes, gzip, timeout, maxQueueBytes, tls));
  }

  private static Optional<Map<String, Secret>> headers(Section section) {
    var headers = new HashMap<String, Secret>();
    section
        .texts()
        .forEach((name, value) -> {
          if (!HEADER_NAME.matcher(name).matches() || OWN_HEADER.matcher(name).matches()) {
            section.reject(
                name, "not a header to be set", "the name of a header, such as Authorization");
          } else if (!HEADER_VALUE.matcher(value).matches()) {
            section.reject(name, Secret.MASK, "one line of ASCII characters");
          } else {
            headers.put(name, new Secret(value));
          }
        });
    return Optional.of(headers);
  }
}
