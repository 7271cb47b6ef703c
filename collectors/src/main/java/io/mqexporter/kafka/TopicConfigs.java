package io.mqexporter.kafka;

import static java.util.Objects.requireNonNull;

import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The configuration of topics, each read again after some minutes: brokers send all of it or none,
 * some kilobytes for each topic.
 */
final class TopicConfigs {

  /** What is kept of the configuration. */
  static final List<String> NAMES =
      List.of(
          "cleanup.policy",
          "retention.ms",
          "retention.bytes",
          "min.insync.replicas",
          "max.message.bytes",
          "message.timestamp.type",
          "unclean.leader.election.enable");

  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final int TOPICS_A_REQUEST = 500;

  private final Map<String, Known> known = new HashMap<>();

  private record Known(Map<String, String> values, Instant readAt) {}

  /** Reads the configuration of new topics and of those that were last read long ago. */
  void update(Admin admin, KafkaSnapshot snapshot, Instant now, Stage stage, Gaps gaps)
      throws InterruptedException {
    Set<String> topics =
        snapshot.topics().stream().map(Topic::name).collect(Collectors.toUnmodifiableSet());
    known.keySet().retainAll(topics);
    List<String> wanted = topics.stream().filter(topic -> isOld(topic, now)).sorted().toList();
    var failures = new HashMap<String, Throwable>();
    int asked = 0;
    while (asked < wanted.size() && !stage.end().hasPassed()) {
      int next = Math.min(wanted.size(), asked + TOPICS_A_REQUEST);
      read(admin, wanted.subList(asked, next), now, stage, failures);
      asked = next;
    }
    failures.keySet().forEach(known::remove);
    gaps.add("configuration", "topic", failures);
    gaps.add(
        "configuration",
        "topic",
        wanted.subList(asked, wanted.size()).stream()
            .filter(topic -> !known.containsKey(topic))
            .toList(),
        "not yet read");
  }

  /** Returns what is known. */
  Map<String, Map<String, String>> byTopic() {
    return known.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().values()));
  }

  private boolean isOld(String topic, Instant now) {
    Known config = known.get(topic);
    return config == null || !config.readAt().plus(MAX_AGE).isAfter(now);
  }

  private void read(
      Admin admin, List<String> topics, Instant now, Stage stage, Map<String, Throwable> failures)
      throws InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Map<ConfigResource, KafkaFuture<Config>> result =
        admin.describeConfigs(resources, stage.limit(new DescribeConfigsOptions())).values();
    Answers<ConfigResource, Config> answers =
        Answers.await(resources, resource -> requireNonNull(result.get(resource)), stage.end());
    answers
        .values()
        .forEach((topic, config) -> known.put(topic.name(), new Known(values(config), now)));
    answers.failures().forEach((topic, failure) -> failures.put(topic.name(), failure));
  }

  private static Map<String, String> values(Config config) {
    var values = new HashMap<String, String>();
    for (String name : NAMES) {
      ConfigEntry entry = config.get(name);
      if (entry != null && entry.value() != null) {
        values.put(name, entry.value());
      }
    }
    return values;
  }
}
