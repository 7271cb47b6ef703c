package io.mqexporter.config;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the configuration of what a target reads of its sections. */
final class BrokerDecoder {

  /** How often details may be read. */
  static final DurationFormat DETAILS_INTERVAL =
      new DurationFormat(Duration.ZERO, Duration.ofDays(1));

  private BrokerDecoder() {}

  /**
   * Reads the one broker of a target, and the JVMs that belong to it.
   *
   * @param name the target's name
   */
  static Optional<Sources> decode(Section target, String name) {
    Optional<BrokerConfig> broker = broker(target, name);
    boolean brokersAreJvms = !target.has("rabbitmq");
    Optional<JmxConfig> jmx =
        target.section("jmx", section -> JmxDecoder.decode(section, brokersAreJvms));
    return broker.map(b -> new Sources(b, jmx));
  }

  private static Optional<BrokerConfig> broker(Section target, String name) {
    List<String> keys = List.of("kafka", "rabbitmq", "rocketmq");
    List<String> there = keys.stream().filter(target::has).toList();
    if (there.size() != 1) {
      String found = there.isEmpty() ? "no broker" : String.join(" and ", there);
      target.reject("", found, "one of " + KnownKeys.anyOf(keys));
    }
    Optional<BrokerConfig> kafka = target.section("kafka", section -> kafka(section, name));
    Optional<BrokerConfig> rabbitMq = target.section("rabbitmq", RabbitMqDecoder::decode);
    Optional<BrokerConfig> rocketMq = target.section("rocketmq", RocketMqDecoder::decode);
    return kafka.or(() -> rabbitMq).or(() -> rocketMq);
  }

  private static Optional<BrokerConfig> kafka(Section section, String name) {
    Optional<List<String>> servers =
        section.requiredList("bootstrap_servers", TextFormat.address());
    Map<String, String> properties =
        section.section("properties", BrokerDecoder::kafkaProperties).orElse(Map.of());
    Pattern deadLetterTopics =
        section
            .value("dead_letter_topics", new PatternFormat())
            .orElse(KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS);
    NameFilter topics = nameFilter(section, "topics");
    NameFilter groups = nameFilter(section, "groups");
    KafkaConfig.Effort effort = effort(section);
    List<Vocabulary> vocabularies =
        section.list("vocabularies", new EnumFormat<>(Vocabulary.class));
    List<KafkaConfig.Mirror> mirrors =
        section.has("mirrors")
            ? section.requiredSections("mirrors", mirror -> mirror(mirror, name))
            : List.of();
    return servers.map(s ->
        new BrokerConfig.Kafka(
            new KafkaConfig(
                String.join(",", s),
                properties,
                deadLetterTopics,
                topics,
                groups,
                effort,
                vocabularies,
                mirrors)));
  }

  private static Optional<KafkaConfig.Mirror> mirror(Section section, String target) {
    Optional<String> source = section.required("source", TextFormat.name());
    Optional<String> sourceAlias =
        section.value("source_alias", TextFormat.name()).or(() -> source);
    String targetAlias = section.value("target_alias", TextFormat.name()).orElse(target);
    return source.flatMap(
        from -> sourceAlias.map(alias -> new KafkaConfig.Mirror(from, alias, targetAlias)));
  }

  private static KafkaConfig.Effort effort(Section section) {
    KafkaConfig.Effort defaults = KafkaConfig.Effort.DEFAULT;
    return new KafkaConfig.Effort(
        section
            .value("unread_records", new WholeNumberFormat(0, 10_000))
            .orElse(defaults.unreadRecords()),
        section
            .value("unread_record_bytes", new WholeNumberFormat(64 << 10, 512 << 20))
            .orElse(defaults.unreadRecordBytes()),
        section.value("details_interval", DETAILS_INTERVAL).orElse(defaults.detailsInterval()));
  }

  private static Optional<Map<String, String>> kafkaProperties(Section section) {
    for (String property : List.of("bootstrap.servers", "bootstrap.controllers")) {
      if (section.has(property)) {
        section.reject(property, "not to be set here", "bootstrap_servers, one level up");
      }
    }
    return Optional.of(section.texts());
  }

  /** Reads which things of a kind are read. */
  static NameFilter nameFilter(Section broker, String key) {
    return broker
        .section(
            key,
            filter ->
                Optional.of(
                    new NameFilter(
                        filter.list("include", new PatternFormat()),
                        filter.list("exclude", new PatternFormat()))))
        .orElse(NameFilter.ALL);
  }
}
