package io.mqexporter.kafka;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a Kafka cluster is reached.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param properties further properties of the Kafka admin client, such as {@code security.protocol}
 *     and {@code sasl.jaas.config}; they may hold secrets
 * @param deadLetterTopics the names of the topics that count as dead-letter queues, matched as a
 *     whole: Kafka itself knows no such thing
 * @param topics which topics are read
 * @param groups which groups are read
 * @param effort how much is read of what costs much
 * @param vocabularies the other exporters whose families there are beside ours, each once
 * @param mirrors from where MirrorMaker 2 copies topics to this cluster
 */
public record KafkaConfig(
    String bootstrapServers,
    Map<String, String> properties,
    Pattern deadLetterTopics,
    NameFilter topics,
    NameFilter groups,
    Effort effort,
    List<Vocabulary> vocabularies,
    List<Mirror> mirrors) {

  /** The names that Spring, Kafka Connect users and others give to dead-letter topics. */
  public static final Pattern DEFAULT_DEAD_LETTER_TOPICS =
      Pattern.compile("(?i)(.+[._-])?(dlt|dlq|dead[._-]?letters?)([._-].+)?");

  /**
   * How much is read of what costs much.
   *
   * @param unreadRecords at how many places a collection may look for the oldest record that a
   *     group has yet to read; 0 for not at all
   * @param unreadRecordBytes after how many bytes that ends
   * @param detailsInterval the time from one reading of log directories, configuration,
   *     transactions and quotas to the next
   */
  public record Effort(int unreadRecords, int unreadRecordBytes, Duration detailsInterval) {

    /** What is enough for most clusters. */
    public static final Effort DEFAULT = new Effort(200, 4 << 20, Duration.ofMinutes(1));
  }

  /**
   * A cluster of which MirrorMaker 2 copies topics.
   *
   * @param source the target that it is
   * @param sourceAlias what MirrorMaker 2 calls it
   * @param targetAlias what MirrorMaker 2 calls the cluster with the copies
   */
  public record Mirror(String source, String sourceAlias, String targetAlias) {

    /** Returns how the names of the copies begin, by MirrorMaker's default. */
    String prefix() {
      return sourceAlias + ".";
    }
  }

  /** Copies the lists and properties, and puts the vocabularies in their order. */
  public KafkaConfig {
    mirrors = List.copyOf(mirrors);
    properties = Map.copyOf(properties);
    vocabularies = vocabularies.stream().distinct().sorted().toList();
  }

  /** Creates a configuration by which all is read that is by default. */
  public KafkaConfig(
      String bootstrapServers, Map<String, String> properties, Pattern deadLetterTopics) {
    this(
        bootstrapServers,
        properties,
        deadLetterTopics,
        NameFilter.ALL,
        NameFilter.ALL,
        Effort.DEFAULT,
        List.of(),
        List.of());
  }

  /** Returns the same for which only these topics and groups are read. */
  public KafkaConfig reading(NameFilter newTopics, NameFilter newGroups) {
    return new KafkaConfig(
        bootstrapServers,
        properties,
        deadLetterTopics,
        newTopics,
        newGroups,
        effort,
        vocabularies,
        mirrors);
  }

  /** Returns the same with another effort. */
  public KafkaConfig with(Effort newEffort) {
    return new KafkaConfig(
        bootstrapServers,
        properties,
        deadLetterTopics,
        topics,
        groups,
        newEffort,
        vocabularies,
        mirrors);
  }

  /** Returns the same with the families of these other exporters. */
  public KafkaConfig speaking(List<Vocabulary> newVocabularies) {
    return new KafkaConfig(
        bootstrapServers,
        properties,
        deadLetterTopics,
        topics,
        groups,
        effort,
        newVocabularies,
        mirrors);
  }
}
