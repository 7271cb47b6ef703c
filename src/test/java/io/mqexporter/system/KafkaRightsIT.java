package io.mqexporter.system;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.brokers.RightsScript;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.KafkaConfig.Effort;
import io.mqexporter.kafka.KafkaMetric;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads a broker as a principal that may describe, with and without each of its rights. */
class KafkaRightsIT {

  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";
  private static final String ALL = ResourcePattern.WILDCARD_RESOURCE;
  private static final String NOT_ALLOWED = "not allowed: ";

  private static final AclBinding CLUSTER =
      allow(ResourceType.CLUSTER, Resource.CLUSTER_NAME, DESCRIBE);
  private static final AclBinding CONFIGS =
      allow(ResourceType.CLUSTER, Resource.CLUSTER_NAME, DESCRIBE_CONFIGS);
  private static final AclBinding TOPICS = allow(ResourceType.TOPIC, ALL, DESCRIBE);
  private static final AclBinding TOPIC_CONFIGS = allow(ResourceType.TOPIC, ALL, DESCRIBE_CONFIGS);
  private static final AclBinding GROUPS = allow(ResourceType.GROUP, ALL, DESCRIBE);

  private static KafkaCluster broker;
  private static Admin admin;
  private static KafkaCollector collector;

  @BeforeAll
  static void start() throws Exception {
    broker =
        KafkaCluster.start(
            "kafka-rights",
            KafkaSetup.of(1)
                .withListener("CLIENTS", "SASL_PLAINTEXT")
                .with("listener.name.clients.sasl.enabled.mechanisms", "PLAIN")
                .with(
                    "listener.name.clients.plain.sasl.jaas.config",
                    LOGIN + "user_agent=agent-password;")
                .with(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("super.users", "User:ANONYMOUS"));
    admin = broker.admin();
    var topics = List.of(new NewTopic("orders", 1, (short) 1), new NewTopic("bills", 1, (short) 1));
    admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
    produce("orders");
    commit("packing", "orders", "bills");
    commit("posting", "orders");
    admin
        .alterShareGroupOffsets("sharing", Map.of(new TopicPartition("orders", 0), 0L))
        .all()
        .get(30, TimeUnit.SECONDS);
    collector = collector(new Effort(0, 1 << 20, Duration.ZERO));
  }

  @AfterAll
  static void stop() {
    try (KafkaCluster _ = broker;
        Admin _ = admin) {
      if (collector != null) {
        collector.close();
      }
    }
  }

  @BeforeEach
  void readEverything() throws Exception {
    set(CLUSTER, CONFIGS, TOPICS, TOPIC_CONFIGS, GROUPS);
    collectUntil(KafkaRightsIT::isWhole);
  }

  @Test
  void describingIsAllThatIsNeeded() throws Exception {
    set(CLUSTER, CONFIGS, TOPICS, TOPIC_CONFIGS, GROUPS);
    Collected whole = collectUntil(KafkaRightsIT::isWhole);
    assertThat(values(whole).of(KafkaMetric.GROUP_MEMBERS))
        .containsOnlyKeys(List.of("packing"), List.of("posting"), List.of("sharing"));
    assertThat(values(whole).value(KafkaMetric.GROUP_LAG, "sharing", "orders", "0")).isPresent();
  }

  @Test
  void withoutTheClusterOnlyWhatIsItsOwnIsMissing() throws Exception {
    set(TOPICS, TOPIC_CONFIGS, GROUPS);
    Collected collected = collectUntil(c -> names(c, "active controller"));
    assertThat(collected.missing())
        .allSatisfy(missing -> assertThat(missing.why()).startsWith(NOT_ALLOWED));
    assertThat(topics(collected)).containsExactlyInAnyOrder("orders", "bills");
    assertThat(commits(collected)).hasSize(3);
  }

  @Test
  void withoutAGroupOnlyThatGroupIsMissing() throws Exception {
    set(
        CLUSTER,
        CONFIGS,
        TOPICS,
        TOPIC_CONFIGS,
        allow(ResourceType.GROUP, "packing", DESCRIBE),
        allow(ResourceType.GROUP, "sharing", DESCRIBE));
    Collected collected = collectUntil(c -> names(c, "committed offsets of 1 group (posting)"));
    // That nobody is in it is listed to whoever may describe the cluster.
    assertThat(collected.missing())
        .extracting(Missing::what)
        .containsExactly("committed offsets of 1 group (posting)");
    assertThat(collected.missing())
        .allSatisfy(missing -> assertThat(missing.why()).startsWith(NOT_ALLOWED));
    assertThat(commits(collected))
        .containsExactlyInAnyOrder(
            List.of("packing", "orders", "0"), List.of("packing", "bills", "0"));
    assertThat(topics(collected)).containsExactlyInAnyOrder("orders", "bills");
  }

  /** Brokers do not list such a topic, nor the commits on it; that they have it, logs tell. */
  @Test
  void withoutATopicOnlyThatTopicIsGone() throws Exception {
    set(
        CLUSTER,
        CONFIGS,
        allow(ResourceType.TOPIC, "orders", DESCRIBE),
        allow(ResourceType.TOPIC, "orders", DESCRIBE_CONFIGS),
        GROUPS);
    Collected collected =
        collectUntil(c ->
            c.missing().stream()
                .map(Missing::what)
                .anyMatch(what ->
                    what.startsWith("partitions and offsets of") && what.contains("bills")));
    assertThat(topics(collected)).containsExactly("orders");
    assertThat(commits(collected))
        .containsExactlyInAnyOrder(
            List.of("packing", "orders", "0"), List.of("posting", "orders", "0"));
  }

  @Test
  void aRightIsTakenAwayAndGivenBack() throws Exception {
    set(CLUSTER, CONFIGS, TOPICS, TOPIC_CONFIGS);
    Collected without = collectUntil(c -> names(c, "committed offsets of 2 groups"));
    assertThat(commits(without)).isEmpty();
    assertThat(topics(without)).hasSize(2);

    set(CLUSTER, CONFIGS, TOPICS, TOPIC_CONFIGS, GROUPS);
    assertThat(commits(collectUntil(KafkaRightsIT::isWhole))).hasSize(3);
  }

  @Test
  void withNoRightAtAllItSaysSo() throws Exception {
    set();
    Collected collected = collectUntil(c -> topics(c).isEmpty());
    assertThat(collected.missing())
        .isNotEmpty()
        .allSatisfy(missing -> assertThat(missing.why()).startsWith(NOT_ALLOWED));
  }

  @Test
  void withoutTheRightToDescribeConfigurationOnlyThatIsMissing() throws Exception {
    set(CLUSTER, TOPICS, GROUPS);
    collectUntil(c -> names(c, "client quotas"));
    // What was read of a topic is kept for long; a new collector has read nothing yet.
    try (KafkaCollector fresh = collector(new Effort(0, 1 << 20, Duration.ZERO))) {
      Collected collected = fresh.collect(Deadline.after(Duration.ofMinutes(1)));
      assertThat(collected.missing())
          .extracting(Missing::what)
          .containsExactlyInAnyOrder("client quotas", "configuration of 2 topics (bills, orders)");
      assertThat(collected.missing())
          .allSatisfy(missing -> assertThat(missing.why()).startsWith(NOT_ALLOWED));
      assertThat(topics(collected)).hasSize(2);
      assertThat(commits(collected)).hasSize(3);
    }
  }

  @Test
  void onlyLookingAtRecordsTakesTheRightToReadThem() throws Exception {
    try (KafkaCollector looking = collector(new Effort(10, 1 << 20, Duration.ZERO))) {
      Collected described = looking.collect(Deadline.after(Duration.ofMinutes(1)));
      assertThat(described.missing())
          .singleElement()
          .satisfies(missing -> assertThat(missing.why()).startsWith(NOT_ALLOWED));

      set(CLUSTER, CONFIGS, TOPICS, TOPIC_CONFIGS, GROUPS, allow(ResourceType.TOPIC, ALL, READ));
      await()
          .pollInSameThread()
          .until(
              () -> looking.collect(Deadline.after(Duration.ofMinutes(1))),
              collected -> collected.missing().isEmpty());
    }
  }

  @Test
  void theScriptGivesTheRightsThatItNeedsAndNoOthers() throws Exception {
    set();
    RightsScript.kafka(broker.bootstrapServers(), "User:agent");

    try (KafkaCollector looking = collector(new Effort(10, 1 << 20, Duration.ZERO))) {
      await()
          .pollInSameThread()
          .until(
              () -> looking.collect(Deadline.after(Duration.ofMinutes(1))), KafkaRightsIT::isWhole);
    }
    assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get(30, TimeUnit.SECONDS))
        .extracting(binding -> binding.entry().operation())
        .containsOnly(DESCRIBE, DESCRIBE_CONFIGS, READ);
  }

  private static KafkaCollector collector(Effort effort) {
    var config =
        new KafkaConfig(
            broker.bootstrapServers("CLIENTS"),
            Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + "username=agent password=agent-password;"),
            KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS);
    return new KafkaCollector(
        "rights", config.with(effort), Duration.ofMinutes(5), Clock.systemUTC());
  }

  private static boolean isWhole(Collected collected) {
    return collected.missing().isEmpty()
        && topics(collected).size() == 2
        && commits(collected).size() == 3;
  }

  private static boolean names(Collected collected, String part) {
    return collected.missing().stream().anyMatch(missing -> missing.what().startsWith(part));
  }

  private static List<String> topics(Collected collected) {
    return values(collected).of(KafkaMetric.TOPIC_PARTITIONS).keySet().stream()
        .map(List::getFirst)
        .toList();
  }

  private static List<List<String>> commits(Collected collected) {
    return List.copyOf(values(collected).of(KafkaMetric.GROUP_OFFSET).keySet());
  }

  private static MetricValues values(Collected collected) {
    return new MetricValues(collected.families());
  }

  /** Collects until rights that were changed have come into force. */
  private static Collected collectUntil(Predicate<Collected> isInForce) {
    return await()
        .pollInSameThread()
        .until(() -> collector.collect(Deadline.after(Duration.ofMinutes(1))), isInForce);
  }

  private static void set(AclBinding... rights) throws Exception {
    var superfluous = new ArrayList<AclBindingFilter>();
    for (AclBinding binding :
        admin.describeAcls(AclBindingFilter.ANY).values().get(30, TimeUnit.SECONDS)) {
      if (!List.of(rights).contains(binding)) {
        superfluous.add(binding.toFilter());
      }
    }
    admin.createAcls(List.of(rights)).all().get(30, TimeUnit.SECONDS);
    admin.deleteAcls(superfluous).all().get(30, TimeUnit.SECONDS);
  }

  private static AclBinding allow(ResourceType type, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:agent", "*", operation, AclPermissionType.ALLOW));
  }

  private static void produce(String topic) throws Exception {
    Map<String, Object> properties =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      producer.send(new ProducerRecord<>(topic, new byte[1])).get(30, TimeUnit.SECONDS);
    }
  }

  private static void commit(String group, String... topics) throws Exception {
    for (String topic : topics) {
      admin
          .alterConsumerGroupOffsets(
              group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }
}
