package io.mqexporter.config;

import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.LogSource.Choice;
import io.mqexporter.logs.LogSource.Filter;
import io.mqexporter.messaging.MessagingSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Makes the configuration of log forwarding of its section. */
final class LogsDecoder {

  /** What is left alone unless somebody asks for it: collections of garbage, and each request. */
  static final List<String> DEFAULT_EXCLUDE_PATHS = List.of("*gc.log*", "kafka-request.log*");

  private static final Format<LogLevel> LEVEL =
      new TextFormat<>(
          KnownKeys.anyOf(
              Stream.of(LogLevel.values())
                  .filter(level -> level != LogLevel.UNKNOWN)
                  .map(LogLevel::text)
                  .toList()),
          text -> !text.equals("unknown") && levels().anyMatch(text::equals),
          text -> LogLevel.valueOf(text.toUpperCase(Locale.ROOT)));

  private static final Format<String> PATHS =
      new TextFormat<>(
          "an absolute path, such as /var/log/kafka/*.log",
          text -> text.startsWith("/") && !text.endsWith("/") && isGlob(text),
          text -> text);

  private static final Format<String> FILE_NAMES =
      new TextFormat<>(
          "a file's name, such as *gc.log*",
          text -> !text.isEmpty() && text.indexOf('/') < 0 && isGlob(text),
          text -> text);

  private static final Format<ZoneId> ZONE =
      new TextFormat<>(
          "a time zone, such as Europe/Berlin or UTC", LogsDecoder::isZone, ZoneId::of);

  private final List<TargetConfig> targets;
  private final Set<Class<?>> sinks = new HashSet<>();

  /** Where a file is read from that was there before the agent. */
  enum Start {
    BEGINNING,
    END
  }

  private LogsDecoder(List<TargetConfig> targets) {
    this.targets = targets;
  }

  /** Reads the section {@code logs}. */
  static Optional<LogsConfig> decode(Section section, List<TargetConfig> targets) {
    var decoder = new LogsDecoder(targets);
    Optional<Path> stateFolder = section.required("state_folder", TextFormat.file());
    String host = section.value("host", TextFormat.any()).orElse("");
    List<LogSource> sources =
        section.requiredSections("sources", source -> decoder.source(source, host));
    List<SinkConfig> sinks = section.requiredSections("sinks", decoder::sink);
    return stateFolder.map(folder -> new LogsConfig(folder, host, sources, sinks));
  }

  private Optional<LogSource> source(Section section, String host) {
    Optional<LogOrigin> origin = origin(section, host);
    List<String> paths = section.list("paths", PATHS);
    if (!section.has("paths")) {
      section.reject("paths", "missing", PATHS.expected());
    }
    List<String> excludePaths =
        section.has("exclude_paths")
            ? section.list("exclude_paths", FILE_NAMES)
            : DEFAULT_EXCLUDE_PATHS;
    ZoneId zone = section.value("time_zone", ZONE).orElse(ZoneId.systemDefault());
    Start start = section.value("start", new EnumFormat<>(Start.class)).orElse(Start.BEGINNING);
    var filter =
        new Filter(
            section.value("level", LEVEL).orElse(Filter.DEFAULT.level()),
            choice(section, "loggers"),
            choice(section, "messages"),
            section.value("rate_limit", new WholeNumberFormat(0, 1_000_000)).orElse(0));
    return origin.map(o -> new LogSource(o, paths, excludePaths, zone, start == Start.END, filter));
  }

  /** A source belongs to a target, or to a broker that is not collected. */
  private Optional<LogOrigin> origin(Section section, String host) {
    Optional<String> name = section.value("target", TextFormat.name());
    Optional<MessagingSystem> system =
        section.value("system", new EnumFormat<>(MessagingSystem.class));
    if (section.has("target") == section.has("system")) {
      String found = section.has("target") ? "both target and system" : "neither target nor system";
      section.reject("", found, "target or system");
    }
    Optional<TargetConfig> target =
        name.flatMap(n -> targets.stream().filter(t -> t.name().equals(n)).findFirst());
    if (name.isPresent() && target.isEmpty() && !targets.isEmpty()) {
      section.reject(
          "target",
          name.get(),
          KnownKeys.expected(targets.stream().map(TargetConfig::name).toList(), name.get()));
    }
    String broker = text(section, "broker");
    String namespace = text(section, "namespace");
    String pod = text(section, "pod");
    String container = text(section, "container");
    return target
        .map(t -> systemOf(t.broker()))
        .or(() -> system)
        .map(s ->
            new LogOrigin(
                s.labelValue(),
                target.map(TargetConfig::name).orElse(""),
                broker,
                host,
                namespace,
                pod,
                container,
                ""));
  }

  private Optional<SinkConfig> sink(Section section) {
    Optional<SinkConfig> sink = SinkDecoder.decode(section);
    sink.ifPresent(s -> {
      if (!sinks.add(s.getClass())) {
        section.reject(SinkDecoder.keyOf(s), "there twice", "each kind of sink once");
      }
    });
    return sink;
  }

  private static MessagingSystem systemOf(BrokerConfig broker) {
    return switch (broker) {
      case BrokerConfig.Kafka _ -> MessagingSystem.KAFKA;
      case BrokerConfig.RabbitMq _ -> MessagingSystem.RABBITMQ;
      case BrokerConfig.RocketMq _ -> MessagingSystem.ROCKETMQ;
    };
  }

  private static String text(Section section, String key) {
    return section.value(key, TextFormat.any()).orElse("");
  }

  private static Choice choice(Section source, String key) {
    return source
        .section(
            key,
            section ->
                Optional.of(
                    new Choice(
                        section.list("include", new PatternFormat()),
                        section.list("exclude", new PatternFormat()))))
        .orElse(Choice.ALL);
  }

  private static Stream<String> levels() {
    return Stream.of(LogLevel.values()).map(LogLevel::text);
  }

  private static boolean isGlob(String text) {
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + text);
      return text.indexOf('\0') < 0;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static boolean isZone(String text) {
    try {
      ZoneId.of(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
