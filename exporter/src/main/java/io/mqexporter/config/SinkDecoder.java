package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Access;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Requests;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Storage;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Template;
import io.mqexporter.logs.fluent.FluentConfig;
import io.mqexporter.logs.fluent.FluentConfig.Security;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes the configuration of what receives log events of its sections. */
final class SinkDecoder {

  private static final List<String> KEYS = List.of("elasticsearch", "fluent", "stdout");

  private static final Format<Duration> TIMEOUT =
      new DurationFormat(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private static final Format<Duration> RETENTION =
      new DurationFormat(Duration.ofDays(1), Duration.ofDays(3_650));

  /** As a part of the names of indices, in which a minus sign separates the parts. */
  private static final Format<String> NAMESPACE =
      new TextFormat<>(
          "1 to 100 of a to z, 0 to 9, _ and .",
          text -> text.matches("[a-z0-9_.]{1,100}"),
          text -> text);

  private static final Format<String> TAG =
      new TextFormat<>(
          "a tag, such as mq", text -> text.matches("[\\w-]+(?:\\.[\\w-]+)*"), text -> text);

  private SinkDecoder() {}

  /** Reads an element of the list of sinks: exactly one of them. */
  static Optional<SinkConfig> decode(Section section) {
    List<String> there = KEYS.stream().filter(section::has).toList();
    if (there.size() != 1) {
      String found = there.isEmpty() ? "no sink" : String.join(" and ", there);
      section.reject("", found, "one of " + KnownKeys.anyOf(KEYS));
    }
    Optional<SinkConfig> elasticsearch =
        section.section("elasticsearch", SinkDecoder::elasticsearch);
    Optional<SinkConfig> fluent = section.section("fluent", SinkDecoder::fluent);
    Optional<SinkConfig> stdout =
        section.section("stdout", _ -> Optional.of(new SinkConfig.Stdout()));
    return elasticsearch.or(() -> fluent).or(() -> stdout);
  }

  /** Returns the key of a sink. */
  static String keyOf(SinkConfig sink) {
    return switch (sink) {
      case SinkConfig.Elasticsearch _ -> "elasticsearch";
      case SinkConfig.Fluent _ -> "fluent";
      case SinkConfig.Stdout _ -> "stdout";
    };
  }

  private static Optional<SinkConfig> elasticsearch(Section section) {
    Optional<List<URI>> url = section.requiredList("url", new UrlFormat());
    Access access = access(section);
    Storage storage = storage(section, Storage.DEFAULT);
    Requests requests = requests(section, Requests.DEFAULT);
    return url.map(
        u -> new SinkConfig.Elasticsearch(new ElasticsearchConfig(u, access, storage, requests)));
  }

  private static Storage storage(Section section, Storage defaults) {
    return new Storage(
        section.value("index", new EnumFormat<>(Index.class)).orElse(defaults.index()),
        section.value("namespace", NAMESPACE).orElse(defaults.namespace()),
        section.value("template", new EnumFormat<>(Template.class)).orElse(defaults.template()),
        section.value("retention", RETENTION).orElse(defaults.retention()));
  }

  private static Requests requests(Section section, Requests defaults) {
    return new Requests(
        section.value("timeout", TIMEOUT).orElse(defaults.timeout()),
        section
            .value("max_request_bytes", new WholeNumberFormat(64 << 10, 64 << 20))
            .orElse(defaults.maxRequestBytes()),
        section
            .value("concurrent_requests", new WholeNumberFormat(1, 16))
            .orElse(defaults.concurrentRequests()),
        section.value("gzip", TextFormat.yesOrNo()).orElse(defaults.gzip()));
  }

  private static Access access(Section section) {
    Optional<ElasticsearchConfig.User> user = user(section, ElasticsearchConfig.User::new);
    Optional<Secret> apiKey = section.value("api_key", TextFormat.notEmpty(Secret::new));
    if (section.has("api_key") && section.has("username")) {
      section.reject("api_key", "beside username", "one of the two");
    }
    return new Access(user, apiKey, TlsDecoder.decode(section));
  }

  private static Optional<SinkConfig> fluent(Section section) {
    Optional<List<String>> addresses = section.requiredList("addresses", TextFormat.address());
    String tag = section.value("tag", TAG).orElse(FluentConfig.DEFAULT_TAG);
    Optional<Secret> sharedKey = section.value("shared_key", TextFormat.notEmpty(Secret::new));
    Optional<FluentConfig.User> user = user(section, FluentConfig.User::new);
    section.rejectIfAlone("username", "shared_key");
    boolean useTls = section.value("tls", TextFormat.yesOrNo()).orElse(false);
    Optional<Tls> tls = TlsDecoder.decode(section);
    var security = new Security(sharedKey, user, useTls, tls);
    Duration timeout = section.value("timeout", TIMEOUT).orElse(FluentConfig.DEFAULT_TIMEOUT);
    int maxChunkBytes =
        section
            .value("max_chunk_bytes", new WholeNumberFormat(16 << 10, 64 << 20))
            .orElse(FluentConfig.DEFAULT_MAX_CHUNK_BYTES);
    return addresses.map(
        a -> new SinkConfig.Fluent(new FluentConfig(a, tag, security, timeout, maxChunkBytes)));
  }

  private static <U> Optional<U> user(Section section, BiFunction<String, Secret, U> user) {
    Optional<String> username = section.value("username", TextFormat.notEmpty(text -> text));
    Optional<Secret> password = section.value("password", TextFormat.notEmpty(Secret::new));
    section.rejectIfAlone("username", "password");
    section.rejectIfAlone("password", "username");
    return username.flatMap(u -> password.map(p -> user.apply(u, p)));
  }
}
