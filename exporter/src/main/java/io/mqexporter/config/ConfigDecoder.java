package io.mqexporter.config;

import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.messaging.LagObjectives.LagObjective;
import io.mqexporter.otlp.OtlpConfig;
import io.mqexporter.process.ProcessConfig;
import io.mqexporter.rabbitmq.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a configuration of the sections of a file. */
final class ConfigDecoder {

  private static final Format<Duration> OBJECTIVE =
      new DurationFormat(Duration.ZERO, Duration.ofDays(30));

  /** The keys of the file that hold for each target that does not have its own. */
  private static final List<String> INHERITED =
      List.of("interval", "timeout", "granularity", "max_series", "lag_objectives");

  private final Schedule schedule;
  private final SeriesLimits limits;
  private final LagObjectives objectives;
  private final String inherited;
  private final FollowedSections followed;
  private final Map<String, Integer> linesOfNames = new HashMap<>();
  private final Map<String, Section> sections = new HashMap<>();

  private ConfigDecoder(
      Schedule schedule,
      SeriesLimits limits,
      LagObjectives objectives,
      String inherited,
      FollowedSections followed) {
    this.schedule = schedule;
    this.limits = limits;
    this.objectives = objectives;
    this.inherited = inherited;
    this.followed = followed;
  }

  /**
   * Reads the whole file.
   *
   * @param followed is given the sections of targets and logs
   */
  static Optional<Config> decode(Section root, FollowedSections followed) {
    Schedule schedule = Schedule.decode(root, Schedule.DEFAULT);
    SeriesLimits limits = SeriesLimits.decode(root, SeriesLimits.DEFAULT);
    LagObjectives objectives = lagObjectives(root, LagObjectives.DEFAULT);
    var decoder = new ConfigDecoder(schedule, limits, objectives, root.text(INHERITED), followed);
    List<TargetConfig> targets = root.requiredSections("targets", decoder::target);
    decoder.rejectUnknownSources(targets);
    decoder.rejectVocabularyOfSome(targets);
    Optional<LogsConfig> logs =
        root.section(
            "logs",
            section -> {
              followed.logs(section);
              return LogsDecoder.decode(section, targets);
            });
    Optional<OtlpConfig> otlp =
        root.section(
            "otlp",
            section -> {
              followed.otlp(section);
              return OtlpDecoder.decode(section);
            });
    return Optional.of(
        new Config(
            schedule.interval(),
            schedule.timeout(),
            limits.granularity(),
            limits.maxSeries(),
            objectives,
            targets,
            logs,
            otlp,
            Set.of()));
  }

  private Optional<TargetConfig> target(Section section) {
    Optional<String> name = section.required("name", TextFormat.name());
    name.ifPresent(n -> rejectIfTaken(n, section));
    name.ifPresent(n -> followed.target(n, section, section.text() + inherited));
    name.ifPresent(n -> sections.put(n, section));
    Schedule own = Schedule.decode(section, schedule);
    SeriesLimits ownLimits = SeriesLimits.decode(section, limits);
    LagObjectives ownObjectives = lagObjectives(section, objectives);
    Optional<ProcessConfig> process = section.section("process", ConfigDecoder::process);
    Optional<Sources> sources = BrokerDecoder.decode(section, name.orElse(""));
    Optional<String> sidecarOf = SidecarDecoder.decode(section, sources);
    return sources.flatMap(read ->
        name.map(n ->
            new TargetConfig(
                n,
                own.interval(),
                own.timeout(),
                ownLimits.granularity(),
                ownLimits.maxSeries(),
                ownObjectives,
                read.broker(),
                sidecarOf,
                read.jmx(),
                process)));
  }

  private static Optional<ProcessConfig> process(Section section) {
    Optional<String> broker = section.required("broker", TextFormat.name());
    Optional<Pattern> command = section.required("command", new PatternFormat());
    Optional<Path> data = section.value("data", TextFormat.file());
    return broker.flatMap(b -> command.map(c -> new ProcessConfig(b, c, data)));
  }

  private static LagObjectives lagObjectives(Section section, LagObjectives defaults) {
    return section.has("lag_objectives")
        ? new LagObjectives(section.requiredSections("lag_objectives", ConfigDecoder::lagObjective))
        : defaults;
  }

  private static Optional<LagObjective> lagObjective(Section section) {
    Optional<Pattern> consumers = section.required("consumers", new PatternFormat());
    Optional<Duration> objective = section.required("objective", OBJECTIVE);
    return consumers.flatMap(c -> objective.map(o -> new LagObjective(c, o)));
  }

  private void rejectUnknownSources(List<TargetConfig> all) {
    Set<String> kafkas =
        all.stream()
            .filter(target -> target.broker() instanceof BrokerConfig.Kafka)
            .map(TargetConfig::name)
            .collect(Collectors.toSet());
    for (TargetConfig target : all) {
      for (KafkaConfig.Mirror mirror : target.mirrors()) {
        if (!kafkas.contains(mirror.source()) || mirror.source().equals(target.name())) {
          Objects.requireNonNull(sections.get(target.name()))
              .reject(
                  "kafka",
                  "mirrors of " + mirror.source(),
                  "the name of another target with kafka");
        }
      }
    }
  }

  /** All targets have one page, and two names mean something else with this vocabulary. */
  private void rejectVocabularyOfSome(List<TargetConfig> all) {
    Map<Boolean, List<TargetConfig>> bySpeaking =
        all.stream()
            .filter(target -> target.broker() instanceof BrokerConfig.RabbitMq)
            .collect(Collectors.partitioningBy(ConfigDecoder::speaksRabbitMqExporter));
    List<TargetConfig> speaking = bySpeaking.getOrDefault(true, List.of());
    if (!speaking.isEmpty()) {
      for (TargetConfig silent : bySpeaking.getOrDefault(false, List.of())) {
        Objects.requireNonNull(sections.get(silent.name()))
            .reject(
                "rabbitmq",
                "no vocabulary",
                "vocabularies: [rabbitmq-exporter] as %s has it, or none for all targets, so that"
                        .formatted(speaking.getFirst().name())
                    + " a name has one meaning");
      }
    }
  }

  private static boolean speaksRabbitMqExporter(TargetConfig target) {
    return target.broker() instanceof BrokerConfig.RabbitMq rabbitMq
        && rabbitMq.config().vocabularies().contains(Vocabulary.RABBITMQ_EXPORTER);
  }

  private void rejectIfTaken(String name, Section section) {
    Integer line = linesOfNames.putIfAbsent(name, section.lineOf("name"));
    if (line != null) {
      section.reject("name", name, "a name of its own; line " + line + " has it too");
    }
  }
}
