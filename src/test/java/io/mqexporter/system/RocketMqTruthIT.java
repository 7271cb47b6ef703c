package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.RocketMqAdmin;
import io.mqexporter.brokers.RocketMqAdmin.Answer;
import io.mqexporter.brokers.RocketMqAdmin.GroupProgress;
import io.mqexporter.brokers.RocketMqAdmin.QueueProgress;
import io.mqexporter.brokers.RocketMqAdmin.QueueStatus;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqMetric;
import io.mqexporter.rocketmq.vocabulary.NativeMetric;
import io.mqexporter.rocketmq.vocabulary.RocketMqExporterMetric;
import io.mqexporter.rocketmq.vocabulary.RocketMqExporterRuntimeMetric;
import io.mqexporter.rocketmq.vocabulary.Vocabulary;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.rocketmq.common.PopAckConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the numbers of a collection against those of {@code mqadmin}, with everything at rest. What
 * the tool does not tell, or tells wrongly, is a test of its own.
 */
class RocketMqTruthIT {

  private static RocketMqBroker broker;
  private static RocketMqShapes shapes;
  private static RocketMqCollector collector;
  private static RocketMqAdmin admin;
  private static RocketMqAtRest atRest;
  private static Answer<GroupProgress> groups;
  private static Map<String, Answer<QueueProgress>> progress;
  private static Map<String, Answer<QueueStatus>> status;

  @BeforeAll
  static void collect() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("RocketMqTruthIT: again with -Dseed=" + seed);
    broker = RocketMqBroker.start("rocketmq-truth");
    shapes = new RocketMqShapes(broker, seed);
    collector =
        new RocketMqCollector(
            "truth",
            new RocketMqConfig(List.of(broker.nameServer()), Optional.empty()),
            Duration.ofMinutes(5),
            Clock.systemUTC());
    atRest = RocketMqAtRest.await(collector, shapes.pullGroups(), RocketMqShapes.BUSY);
    admin = new RocketMqAdmin(broker.cluster());
    groups = admin.groups();
    progress = askAll(shapes.groups(), admin::progress);
    var topics = new TreeSet<>(shapes.messages().keySet());
    topics.add("%DLQ%" + RocketMqShapes.DEAD_LETTERS);
    topics.add("%RETRY%" + RocketMqShapes.RETRYING);
    status = askAll(topics, admin::status);
  }

  @AfterAll
  static void stop() {
    try (RocketMqBroker _ = broker;
        RocketMqShapes _ = shapes;
        RocketMqCollector _ = collector) {
      assertThat(broker).isNotNull();
    }
  }

  @Test
  void everythingIsRead() {
    assertThat(atRest.collected().missing()).isEmpty();
    assertThat(values(RocketMqMetric.CONSUMER_TOPICS)).hasSizeGreaterThanOrEqualTo(60);
    assertThat(values(RocketMqMetric.CONSUMER_TOPICS).keySet())
        .isEqualTo(shapes.groups().stream().map(List::of).collect(Collectors.toSet()));
  }

  @Test
  void whatTheFiltersLeaveOutIsNotRead() throws Exception {
    List<String> consumption = values(RocketMqMetric.CONSUMER_LAG).keySet().iterator().next();
    String group = consumption.getFirst();
    String topic = consumption.getLast();
    var config =
        new RocketMqConfig(List.of(broker.nameServer()), Optional.empty())
            .reading(only(topic), only(group));
    try (var filtering =
        new RocketMqCollector("truth", config, Duration.ofMinutes(5), Clock.systemUTC())) {
      Collected filtered = filtering.collect(Deadline.after(Duration.ofMinutes(1)));
      var read = new MetricValues(filtered.families());
      assertThat(filtered.missing()).isEmpty();
      assertThat(read.of(RocketMqMetric.CONSUMER_LAG).keySet()).containsExactly(consumption);
      assertThat(read.of(RocketMqMetric.CONSUMER_TOPICS).keySet()).containsExactly(List.of(group));
      assertThat(read.of(RocketMqMetric.TOPIC_READ_QUEUES).keySet())
          .extracting(List::getFirst)
          .contains(topic)
          .allMatch(name -> name.equals(topic) || name.contains("%" + group));
      assertThat(filtering.requestsSent())
          .as("but for the layout, the lists and what is read once a minute, one for each topic")
          .isLessThan(16);
    }
  }

  @Test
  void noMoreThanFourRequestsAreUnderWayAtABroker() throws Exception {
    int port = URI.create("tcp://" + broker.broker()).getPort();
    try (var relay = FrameRelay.start(port);
        var nameServer = ScriptedRocketMq.start()) {
      nameServer.layout("\"cluster\":\"c\",", relay.address(), nameServer.address());
      try (var relayed = RocketMqPass.collector(nameServer.address())) {
        RocketMqPass pass = RocketMqPass.of(relayed);
        assertThat(pass.values().of(RocketMqMetric.CONSUMER_LAG))
            .isEqualTo(values(RocketMqMetric.CONSUMER_LAG));
      }
      assertThat(relay.requests()).isGreaterThan(RocketMqShapes.TOPICS);
      assertThat(relay.most()).isEqualTo(4);
    }
  }

  @Test
  void offsetsOfTopicsEqualThoseOfTheTool() {
    var min = new HashMap<List<String>, Double>();
    var max = new HashMap<List<String>, Double>();
    status.forEach((topic, answer) ->
        answer
            .rows()
            .forEach(row -> {
              var key = List.of(topic, row.broker(), Integer.toString(row.queueId()));
              min.put(key, (double) row.minOffset());
              max.put(key, (double) row.maxOffset());
            }));
    assertThat(status.values()).allSatisfy(answer -> assertThat(answer.errorCode()).isEmpty());
    assertThat(atRest.values().of(RocketMqMetric.TOPIC_MIN_OFFSET, status.keySet())).isEqualTo(min);
    assertThat(atRest.values().of(RocketMqMetric.TOPIC_MAX_OFFSET, status.keySet())).isEqualTo(max);
  }

  @Test
  void committedOffsetsAndLagsEqualThoseOfTheTool() {
    Map<List<String>, Double> committed = values(RocketMqMetric.CONSUMER_COMMITTED);
    var toolCommitted = new HashMap<List<String>, Double>();
    var toolLag = new HashMap<List<String>, Double>();
    var toolMax = new HashMap<List<String>, Double>();
    for (String group : groupsThatTheToolTells()) {
      for (QueueProgress row : progress(group).rows()) {
        List<String> key =
            List.of(group, row.topic(), row.broker(), Integer.toString(row.queueId()));
        if (committed.containsKey(key)) {
          toolCommitted.put(key, (double) row.consumerOffset());
          toolLag.put(key, (double) row.diff());
          toolMax.put(key.subList(1, 4), (double) row.brokerOffset());
        } else {
          // The tool prints 0 where nothing was ever committed.
          assertThat(row.consumerOffset()).as(row.toString()).isZero();
        }
      }
    }
    assertThat(toolCommitted).hasSizeGreaterThan(100);
    assertThat(
            MetricValues.differences(
                atRest.values().of(RocketMqMetric.CONSUMER_COMMITTED, groupsThatTheToolTells()),
                toolCommitted))
        .isEmpty();
    assertThat(
            MetricValues.differences(
                atRest.values().of(RocketMqMetric.CONSUMER_QUEUE_LAG, groupsThatTheToolTells()),
                toolLag))
        .isEmpty();
    assertThat(values(RocketMqMetric.TOPIC_MAX_OFFSET)).containsAllEntriesOf(toolMax);
    System.out.printf(
        "RocketMqTruthIT: %d groups, %d topics, %d committed queues, 0 differences%n",
        shapes.groups().size(), shapes.messages().size(), toolCommitted.size());
  }

  @Test
  void sumsOfLagAreThoseOfTheirQueues() {
    Map<List<String>, Double> queues =
        values(RocketMqMetric.CONSUMER_QUEUE_LAG).entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().subList(0, 2),
                    Collectors.summingDouble(Map.Entry::getValue)));
    assertThat(values(RocketMqMetric.CONSUMER_LAG)).isEqualTo(queues);
    Map<List<String>, Double> common = new HashMap<>();
    // Without the vhost, and group before topic.
    values(MessagingMetric.CONSUMER_LAG)
        .forEach((labels, lag) -> common.put(List.of(labels.get(2), labels.get(1)), lag));
    assertThat(common).isEqualTo(queues);
  }

  @Test
  void whatIsInFlightEqualsTheTool() {
    var inflight = new HashMap<List<String>, Double>();
    Set<String> told = groupsThatTheToolTells();
    // The broker counts elsewhere what these hold, and the tool shows 0.
    told.remove(RocketMqShapes.POPPING);
    for (String group : told) {
      for (QueueProgress row : progress(group).rows()) {
        if (values(RocketMqMetric.CONSUMER_COMMITTED)
            .containsKey(
                List.of(group, row.topic(), row.broker(), Integer.toString(row.queueId())))) {
          inflight.merge(List.of(group, row.topic()), (double) row.inflight(), Double::sum);
        }
      }
    }
    assertThat(inflight.values()).anyMatch(value -> value > 0);
    assertThat(
            MetricValues.differences(
                atRest.values().of(RocketMqMetric.CONSUMER_INFLIGHT, told), inflight))
        .isEmpty();
  }

  @Test
  void ofAGroupThatPopsItIsNotKnownWhatIsInFlight() {
    List<String> consumption = List.of(RocketMqShapes.POPPING, RocketMqShapes.BUSY);
    assertThat(values(RocketMqMetric.CONSUMER_CONNECTIONS))
        .containsEntry(List.of(RocketMqShapes.POPPING, "JAVA", "5.5.0", "pop"), 1.0);
    assertThat(values(RocketMqMetric.CONSUMER_LAG)).containsEntry(consumption, 0.0);
    assertThat(values(RocketMqMetric.CONSUMER_INFLIGHT)).doesNotContainKey(consumption);
    assertThat(values(RocketMqMetric.CONSUMER_READY)).doesNotContainKey(consumption);
  }

  @Test
  void theNotesOfWhatWasPoppedAreNoMoreThanWereWritten() {
    long written =
        admin.status(PopAckConstants.REVIVE_TOPIC + RocketMqBroker.CLUSTER).rows().stream()
            .mapToLong(QueueStatus::maxOffset)
            .sum();
    assertThat(values(RocketMqBrokerMetric.POP_REVIVE_LAG))
        .containsOnlyKeys(List.of(RocketMqBroker.BROKER))
        .allSatisfy((_, notes) -> assertThat(notes).isBetween(0.0, (double) written));
  }

  @Test
  void membersAreThoseOfTheTool() {
    String group =
        shapes.groups().stream().filter(one -> one.startsWith("push-0")).findFirst().orElseThrow();
    String told = admin.run("consumerConnection", "-g", group);
    assertThat(told)
        .contains("JAVA")
        .contains("V5_5_0")
        .contains("ConsumeType: CONSUME_PASSIVELY")
        .contains("MessageModel: CLUSTERING");
    assertThat(values(RocketMqMetric.CONSUMER_CONNECTIONS))
        .containsEntry(List.of(group, "JAVA", "5.5.0", "push"), 1.0);
    assertThat(values(RocketMqMetric.CONSUMER_BROADCASTING)).containsEntry(List.of(group), 0.0);
  }

  @Test
  void whatCouldBeFetchedIsTheRestOfTheLag() {
    Map<List<String>, Double> lag = values(RocketMqMetric.CONSUMER_LAG);
    assertThat(values(RocketMqMetric.CONSUMER_READY)).isNotEmpty();
    values(RocketMqMetric.CONSUMER_READY)
        .forEach((consumption, ready) ->
            assertThat(
                    ready + values(RocketMqMetric.CONSUMER_INFLIGHT).getOrDefault(consumption, 0.0))
                .as(consumption.toString())
                .isEqualTo(lag.get(consumption)));
  }

  @Test
  void producersAreCounted() {
    assertThat(values(RocketMqMetric.PRODUCER_CONNECTIONS))
        .containsEntry(List.of("shapes-producer", "JAVA", "5.5.0"), 1.0);
  }

  @Test
  void otherVocabulariesSayTheSame() throws Exception {
    var config =
        new RocketMqConfig(List.of(broker.nameServer()), Optional.empty())
            .speaking(List.of(Vocabulary.values()));
    try (var speaking =
        new RocketMqCollector("truth", config, Duration.ofMinutes(5), Clock.systemUTC())) {
      var read =
          new MetricValues(speaking.collect(Deadline.after(Duration.ofMinutes(1))).families());
      assertThat(read.of(RocketMqMetric.CONSUMER_LAG)).as("theirs in its place").isEmpty();
      assertThat(by(read.of(RocketMqExporterMetric.GROUP_DIFF), 0, 1))
          .isEqualTo(values(RocketMqMetric.CONSUMER_LAG));
      assertThat(by(read.of(NativeMetric.LAG_MESSAGES), 3, 4))
          .containsAllEntriesOf(values(RocketMqMetric.CONSUMER_LAG));
      assertThat(read.of(RocketMqExporterMetric.PRODUCER_COUNT))
          .containsEntry(
              List.of(RocketMqBroker.CLUSTER, RocketMqBroker.BROKER, "shapes-producer"), 1.0);
      assertThat(
              Stream.of(RocketMqExporterRuntimeMetric.values())
                  .filter(metric -> read.of(metric).isEmpty()))
          .as("the broker has not measured for a minute yet")
          .allMatch(metric -> metric.name().matches("PMDT_.*|.*_TPS60?0?|PUT_LATENCY_.*"));
    }
  }

  private static Map<List<String>, Double> by(
      Map<List<String>, Double> values, int first, int second) {
    var by = new HashMap<List<String>, Double>();
    values.forEach(
        (labels, value) -> by.put(List.of(labels.get(first), labels.get(second)), value));
    return by;
  }

  @Test
  void clientsEqualThoseOfTheTool() {
    Map<List<String>, Double> members = values(MessagingMetric.CONSUMER_MEMBERS);
    assertThat(groups.rows()).hasSizeGreaterThanOrEqualTo(60);
    for (GroupProgress row : groups.rows()) {
      assertThat(members).containsEntry(List.of("", "", row.group()), (double) row.clients());
    }
  }

  @Test
  void deadLettersAndRetriesEqualTheToolsOffsets() {
    double dead = held("%DLQ%" + RocketMqShapes.DEAD_LETTERS);
    double retried = held("%RETRY%" + RocketMqShapes.RETRYING);
    assertThat(dead).isPositive();
    assertThat(retried).isPositive();
    assertThat(values(RocketMqMetric.CONSUMER_DEAD_LETTERS))
        .isEqualTo(Map.of(List.of(RocketMqShapes.DEAD_LETTERS), dead));
    assertThat(values(MessagingMetric.DEAD_LETTERS))
        .isEqualTo(Map.of(List.of("", "%DLQ%" + RocketMqShapes.DEAD_LETTERS), dead));
    assertThat(values(RocketMqMetric.CONSUMER_RETRY_HELD))
        .containsEntry(
            List.of(RocketMqShapes.RETRYING, "%RETRY%" + RocketMqShapes.RETRYING), retried);
    assertThat(values(MessagingMetric.DESTINATION_MESSAGES).keySet())
        .noneMatch(labels -> labels.get(1).startsWith("%RETRY%"));
  }

  @Test
  void aGroupThatNeverCommittedHasNoLagHereAndNoLineInTheTool() {
    for (String group : List.of(RocketMqShapes.NEVER, RocketMqShapes.NEWCOMER)) {
      assertThat(seriesWithLag(group)).as(group).isEmpty();
      assertThat(progress(group).rows()).as(group).isEmpty();
      assertThat(values(RocketMqMetric.CONSUMER_TOPICS)).containsEntry(List.of(group), 0.0);
    }
    assertThat(values(MessagingMetric.CONSUMER_MEMBERS))
        .containsEntry(List.of("", "", RocketMqShapes.NEWCOMER), 1.0)
        .containsEntry(List.of("", "", RocketMqShapes.NEVER), 0.0);
  }

  @Test
  void queuesWithoutACommitHaveNoLagHereAndAllMessagesInTheTool() {
    assertThat(values(RocketMqMetric.CONSUMER_COMMITTED).keySet())
        .filteredOn(labels -> labels.getFirst().equals(RocketMqShapes.PARTIAL))
        .containsExactly(
            List.of(RocketMqShapes.PARTIAL, RocketMqShapes.BUSY, RocketMqBroker.BROKER, "1"));
    assertThat(progress(RocketMqShapes.PARTIAL).rows())
        .filteredOn(row -> row.queueId() != 1)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.diff()).isEqualTo(row.brokerOffset()));
  }

  @Test
  void aGroupWithoutARetryTopicHasALagHereAndAnErrorInTheTool() {
    String group = RocketMqShapes.WITHOUT_RETRY_TOPIC;
    assertThat(progress(group).errorCode()).hasValue(17);
    int queueOne = shapes.counts(RocketMqShapes.BUSY)[0];
    assertThat(values(RocketMqMetric.CONSUMER_LAG))
        .containsEntry(List.of(group, RocketMqShapes.BUSY), queueOne - 1.0);
  }

  @Test
  void aCommitBeyondTheEndHasNoLagHereAndANegativeOneInTheTool() {
    String group = RocketMqShapes.BEYOND;
    assertThat(progress(group).rows()).anyMatch(row -> row.diff() == -7);
    assertThat(seriesWithLag(group)).isEmpty();
    assertThat(values(MessagingMetric.CONSUMER_STATUS))
        .containsEntry(List.of("", RocketMqShapes.BUSY, group, "rewound"), 1.0);
  }

  @Test
  void broadcastingGroupsAreToldApartAndHaveNoLag() {
    for (String group : List.of(RocketMqShapes.CAST_ONLINE, RocketMqShapes.CAST_OFFLINE)) {
      assertThat(seriesWithLag(group)).as(group).isEmpty();
      assertThat(values(RocketMqMetric.CONSUMER_BROADCASTING)).containsEntry(List.of(group), 1.0);
    }
  }

  @Test
  void aCollectionNeedsFarFewerRequestsThanTheAdminClient() throws Exception {
    AdminClientRequests.Cost theirs = AdminClientRequests.of(broker, shapes);
    System.out.printf(
        "RocketMqTruthIT: %d requests a collection in %d ms, %d with MQAdminExt in %d ms%n",
        atRest.requests(), atRest.time().toMillis(), theirs.requests(), theirs.time().toMillis());
    assertThat(atRest.requests()).isLessThan(theirs.requests());
  }

  /** Groups for which the tool prints something, all of it comparable. */
  private static Set<String> groupsThatTheToolTells() {
    var told = new TreeSet<>(shapes.groups());
    told.remove(RocketMqShapes.WITHOUT_RETRY_TOPIC);
    told.remove(RocketMqShapes.BEYOND);
    return told;
  }

  private static Set<List<String>> seriesWithLag(String group) {
    var series = new HashSet<List<String>>();
    for (MetricDescriptor metric :
        List.of(
            RocketMqMetric.CONSUMER_LAG,
            RocketMqMetric.CONSUMER_QUEUE_LAG,
            MessagingMetric.CONSUMER_LAG)) {
      values(metric).keySet().stream()
          .filter(labels -> labels.contains(group))
          .forEach(series::add);
    }
    return series;
  }

  private static Answer<QueueProgress> progress(String group) {
    return Optional.ofNullable(progress.get(group)).orElseThrow();
  }

  private static double held(String topic) {
    return Optional.ofNullable(status.get(topic)).orElseThrow().rows().stream()
        .mapToLong(row -> row.maxOffset() - row.minOffset())
        .sum();
  }

  private static <T> Map<String, T> askAll(Collection<String> subjects, Function<String, T> tool) {
    var answers = new TreeMap<String, T>();
    subjects.forEach(subject -> answers.put(subject, tool.apply(subject)));
    return answers;
  }

  private static NameFilter only(String name) {
    return new NameFilter(List.of(Pattern.compile(Pattern.quote(name))), List.of());
  }

  private static Map<List<String>, Double> values(MetricDescriptor descriptor) {
    return atRest.values().of(descriptor);
  }
}
