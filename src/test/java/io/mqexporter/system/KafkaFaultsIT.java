package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.messaging.MessagingMetric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong in a cluster of three brokers, and what a collection then tells. The groups'
 * offsets have no copy, so that they are away with their broker.
 */
class KafkaFaultsIT {

  /** Has a copy on each broker. */
  private static final String SAFE = "safe";

  /** Has none. */
  private static final String SINGLE = "single";

  private static final int GROUPS = 60;
  private static final int PARTITIONS = 9;

  /**
   * How many times what a pass takes otherwise it may take while everything moves. A client that
   * does not pause sends thousands.
   */
  private static final int MANY_TIMES = 10;

  private static KafkaCluster cluster;
  private static Admin admin;
  private static KafkaChanges changes;

  private KafkaCollector collector;
  private KafkaPass healthy;
  private KafkaRequests requests;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        KafkaCluster.start(
            "kafka-faults",
            KafkaSetup.of(3)
                .with("offsets.topic.replication.factor", "1")
                // What is killed is noticed after this time.
                .with("broker.session.timeout.ms", "4000")
                .with("broker.heartbeat.interval.ms", "500"));
    admin = cluster.admin();
    changes = new KafkaChanges(admin);
    admin
        .createTopics(
            List.of(
                new NewTopic(SAFE, PARTITIONS, (short) 3),
                new NewTopic(SINGLE, PARTITIONS, (short) 1)))
        .all()
        .get();
    changes.commit(SAFE, "billing-", GROUPS);
  }

  @AfterAll
  static void stop() {
    admin.close();
    cluster.close();
  }

  @BeforeEach
  void readWhole() throws Exception {
    requests = KafkaRequests.count();
    collector = KafkaPass.collector(cluster);
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          healthy = KafkaPass.of(collector);
          assertThat(healthy.missing()).isEmpty();
          assertThat(healthy.values().value(MessagingMetric.BROKERS, "up")).contains(3.0);
          assertThat(states(healthy)).doesNotContainValue("Unknown");
        });
    healthy = KafkaPass.of(collector);
  }

  @AfterEach
  void close() {
    collector.close();
    requests.close();
    cluster.restartEnded();
  }

  @Test
  void aPassTakesAsManyRequestsForManyGroupsAsForFew() throws Exception {
    changes.commit(SAFE, "counted-", 500);
    Map<String, Integer> few = requests("counted-.?.");
    Map<String, Integer> many = requests("counted-.*");
    System.out.println("KafkaFaultsIT: a pass on three brokers takes " + many);
    assertThat(many).isEqualTo(few);
    // Who leads what is known; each broker lists its groups, and tells commits and offsets of all.
    assertThat(many)
        .containsEntry("LIST_GROUPS", 3)
        .containsEntry("OFFSET_FETCH", 3)
        // Start offsets, last stable offsets, end offsets.
        .containsEntry("LIST_OFFSETS", 9)
        // For the commits; that nobody is in these groups the lists tell.
        .containsEntry("FIND_COORDINATOR", 1)
        .doesNotContainKey("DESCRIBE_GROUPS");
    assertThat(requests("counted-1"))
        .allSatisfy(
            (api, count) -> assertThat(count).isLessThanOrEqualTo(many.getOrDefault(api, 0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stopped", "killed"})
  void oneBrokerIsAway(String how) throws Exception {
    Set<String> coordinated = coordinatedBy(2);
    Set<List<String>> led = ledBy(2);
    if (how.equals("stopped")) {
      cluster.stop(2);
    } else {
      cluster.kill(2);
    }
    KafkaPass broken =
        await()
            .pollInSameThread()
            .until(
                this::boundedPass,
                pass ->
                    pass.values().value(MessagingMetric.BROKERS, "up").equals(Optional.of(2.0))
                        && states(pass).containsValue("Unknown"));
    MetricValues values = broken.values();
    assertThat(broken.missing())
        .anyMatch(what -> what.startsWith("groups of ") && what.contains("partition"))
        .anyMatch(what -> what.startsWith("offsets of ") && what.contains(SINGLE));
    Map<String, String> states = states(broken);
    assertThat(states).hasSameSizeAs(states(healthy));
    assertThat(coordinated)
        .isNotEmpty()
        .allSatisfy(group -> {
          assertThat(states).containsEntry(group, "Unknown");
          assertThat(values.value(KafkaMetric.GROUP_LAST_KNOWN, group)).isPresent();
          assertThat(values.value(MessagingMetric.CONSUMER_STATUS, "", SAFE, group, "unknown"))
              .contains(1.0);
          assertThat(values.value(MessagingMetric.CONSUMER_LAG, "", SAFE, group)).isEmpty();
          assertThat(values.of(KafkaMetric.GROUP_LAG, Set.of(group))).isEmpty();
        });
    assertThat(states.keySet())
        .filteredOn(group -> !coordinated.contains(group))
        .isNotEmpty()
        .allSatisfy(group ->
            assertThat(values.value(MessagingMetric.CONSUMER_LAG, "", SAFE, group)).isPresent());
    assertThat(led)
        .isNotEmpty()
        .allSatisfy(partition -> {
          boolean offline = partition.getFirst().equals(SINGLE);
          assertThat(values.of(KafkaMetric.PARTITION_END).containsKey(partition))
              .isNotEqualTo(offline);
          assertThat(values.of(KafkaMetric.PARTITION_LEADER).containsKey(partition))
              .isNotEqualTo(offline);
        });
    for (int i = 0; i < 3; i++) {
      assertThat(boundedPass().values().of(KafkaMetric.GROUP_LAG)).isNotEmpty();
    }
    cluster.restart(2);
    awaitAsBefore();
  }

  @Test
  void allBrokersAreAway() throws Exception {
    IntStream.rangeClosed(1, 3).forEach(cluster::kill);
    for (int i = 0; i < 2; i++) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> KafkaPass.of(collector)).isInstanceOf(CollectionException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(KafkaPass.TIMEOUT);
    }
    cluster.restartEnded();
    awaitAsBefore();
  }

  @Test
  void brokersAreRestartedOneAfterTheOther() throws Exception {
    try (var traffic = KafkaTraffic.start(cluster.bootstrapServers(), SAFE)) {
      await().until(() -> traffic.consumed() > 0);
      collectUntil(
          CompletableFuture.runAsync(() -> {
            for (int broker = 1; broker <= 3; broker++) {
              cluster.stop(broker);
              cluster.restart(broker);
            }
          }),
          MANY_TIMES);
    }
    awaitAsBefore();
  }

  @Test
  void leadersMoveDuringAPass() throws Exception {
    try (var traffic = KafkaTraffic.start(cluster.bootstrapServers(), SAFE)) {
      await().until(() -> traffic.consumed() > 0);
      collectUntil(
          CompletableFuture.runAsync(() -> changes.moveLeaders(SAFE, PARTITIONS, 20)), MANY_TIMES);
    }
  }

  @Test
  void numbersAreSoundWhileOffsetsMove() throws Exception {
    var soundness = new KafkaSoundness();
    try (var traffic = KafkaTraffic.start(cluster.bootstrapServers(), SAFE)) {
      await()
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(10))
          .during(Duration.ofSeconds(10))
          .untilAsserted(() -> {
            KafkaPass pass = boundedPass();
            soundness.check(pass);
            assertThat(pass.missing()).isEmpty();
            // Nobody here uses transactions.
            assertThat(pass.values().of(KafkaMetric.PARTITION_LAST_STABLE)).isEmpty();
          });
      assertThat(traffic.consumed()).isPositive();
    }
  }

  @Test
  void topicsAreDeletedAndCreatedAgainDuringPasses() throws Exception {
    CompletableFuture<Void> changing =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; i < 10; i++) {
            changes.createAndDelete("brief-" + i % 2, PARTITIONS, "billing-0");
          }
        });
    collectUntil(
        changing,
        MANY_TIMES,
        pass ->
            assertThat(pass.values().of(KafkaMetric.GROUP_LAG).values()).allMatch(lag -> lag >= 0));
    KafkaPass after = KafkaPass.whole(collector);
    assertThat(after.values().value(KafkaMetric.TOPIC_PARTITIONS, "brief-0")).isEmpty();
    assertThat(after.values().of(MessagingMetric.CONSUMER_LAG).keySet())
        .allSatisfy(labels -> assertThat(labels).doesNotContain("brief-0", "brief-1"));
  }

  @Test
  void tenThousandGroupsComeWithinAMinute() throws Exception {
    int groups = 10_000;
    CompletableFuture<Void> coming =
        CompletableFuture.runAsync(() -> changes.commit(SAFE, "many-", groups))
            .orTimeout(100, TimeUnit.SECONDS);
    int before = states(healthy).size();
    var last = new AtomicInteger(before);
    collectUntil(
        coming,
        2,
        pass -> {
          int now = states(pass).size();
          assertThat(now).isGreaterThanOrEqualTo(last.getAndSet(now));
        });
    KafkaPass all = KafkaPass.whole(collector);
    assertThat(states(all)).hasSize(before + groups);
    assertThat(all.values().of(KafkaMetric.GROUP_LAG)).hasSizeGreaterThanOrEqualTo(groups);
    // This one may be the first to see some of them, and look for who coordinates them.
    assertThat(all.requests()).isLessThanOrEqualTo(2 * healthy.requests());
    // As the pass that it is compared with, one that follows a whole one.
    requests.take();
    all = KafkaPass.of(collector);
    assertThat(all.requests())
        .as("%s, missing %s", requests.take(), all.missing())
        .isLessThanOrEqualTo(healthy.requests());
    admin
        .deleteConsumerGroups(IntStream.range(0, groups).mapToObj(i -> "many-" + i).toList())
        .all()
        .get();
    assertThat(states(KafkaPass.whole(collector))).hasSize(before);
  }

  /** Returns what a pass sends that reads the groups of some names, when all is known before. */
  private Map<String, Integer> requests(String groups) {
    try (KafkaCollector some =
        KafkaPass.collector(
            cluster, NameFilter.ALL, new NameFilter(List.of(Pattern.compile(groups)), List.of()))) {
      KafkaPass.whole(some);
      requests.take();
      KafkaPass.whole(some);
      return requests.take();
    }
  }

  /** Collects once, with at most twice the requests that it takes when all is well. */
  private KafkaPass boundedPass() throws Exception {
    return boundedPass(2);
  }

  /** Collects once, with at most some times the requests that it takes when all is well. */
  private KafkaPass boundedPass(int times) throws Exception {
    requests.take();
    KafkaPass pass = KafkaPass.of(collector);
    Map<String, Integer> byApi = requests.take();
    if (pass.requests() > healthy.requests()) {
      System.out.printf(
          "KafkaFaultsIT: %d requests, %d when all is well, in %d ms: %s%n",
          pass.requests(), healthy.requests(), pass.time().toMillis(), byApi);
    }
    assertThat(pass.time()).isLessThan(KafkaPass.TIMEOUT);
    assertThat(pass.requests())
        .as("%s missing %s", byApi, pass.missing())
        .isLessThanOrEqualTo(times * healthy.requests());
    return pass;
  }

  /** Collects as long as something happens that must not show in the numbers. */
  private void collectUntil(CompletableFuture<Void> happening, int times) {
    var soundness = new KafkaSoundness();
    collectUntil(
        happening,
        times,
        pass -> {
          soundness.check(pass);
          assertThat(states(pass).keySet()).containsAll(states(healthy).keySet());
        });
  }

  /** Collects as long as something happens; not all the time, so that it is not held up by that. */
  private void collectUntil(
      CompletableFuture<Void> happening, int times, Consumer<KafkaPass> check) {
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          check.accept(boundedPass(times));
          return happening.isDone();
        });
    happening.join();
  }

  private void awaitAsBefore() {
    await()
        .pollInSameThread()
        .ignoreException(CollectionException.class)
        .untilAsserted(() -> {
          KafkaPass pass = KafkaPass.of(collector);
          assertThat(pass.missing()).isEmpty();
          assertThat(states(pass).keySet()).containsAll(states(healthy).keySet());
          assertThat(states(pass)).doesNotContainValue("Unknown");
          assertThat(pass.values().of(KafkaMetric.GROUP_LAG).keySet())
              .containsAll(healthy.values().of(KafkaMetric.GROUP_LAG).keySet());
        });
  }

  private Set<String> coordinatedBy(int broker) {
    return healthy.values().of(KafkaMetric.GROUP_COORDINATOR).entrySet().stream()
        .filter(entry -> entry.getValue() == broker)
        .map(entry -> entry.getKey().getFirst())
        .collect(Collectors.toSet());
  }

  private Set<List<String>> ledBy(int broker) {
    return healthy.values().of(KafkaMetric.PARTITION_LEADER).entrySet().stream()
        .filter(entry -> entry.getValue() == broker)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Map<String, String> states(KafkaPass pass) {
    return pass.values().of(KafkaMetric.GROUP_STATE).keySet().stream()
        .collect(Collectors.toMap(List::getFirst, List::getLast));
  }
}
