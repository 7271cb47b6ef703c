package io.mqexporter.kafka;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.Details.Quota;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClientQuotasOptions;
import org.apache.kafka.clients.admin.DescribeClientQuotasResult;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.DescribeFeaturesResult;
import org.apache.kafka.clients.admin.DescribeLogDirsOptions;
import org.apache.kafka.clients.admin.DescribeLogDirsResult;
import org.apache.kafka.clients.admin.ListPartitionReassignmentsOptions;
import org.apache.kafka.clients.admin.ListPartitionReassignmentsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** Reads what changes slowly or costs much to read. */
final class DetailReader {

  private static final String DEFAULT_ENTITY = "<default>";

  private final Admin admin;
  private final NameFilter topics;
  private final Clock clock;
  private final Gaps gaps = new Gaps();

  DetailReader(Admin admin, NameFilter topics, Clock clock) {
    this.admin = admin;
    this.topics = topics;
    this.clock = clock;
  }

  /**
   * Reads the details of a cluster.
   *
   * @param configs what is known of the topics' configuration, which this brings up to date
   * @param hiddenTopics finds the topics that are not listed
   */
  Details read(KafkaSnapshot snapshot, TopicConfigs configs, HiddenTopics hiddenTopics, Stage stage)
      throws InterruptedException {
    DescribeLogDirsResult logDirs =
        admin.describeLogDirs(
            snapshot.brokers().stream().map(Broker::id).toList(),
            stage.limit(new DescribeLogDirsOptions()));
    ListPartitionReassignmentsResult reassignments =
        admin.listPartitionReassignments(stage.limit(new ListPartitionReassignmentsOptions()));
    DescribeClientQuotasResult quotas =
        admin.describeClientQuotas(
            ClientQuotaFilter.all(), stage.limit(new DescribeClientQuotasOptions()));
    DescribeFeaturesResult features =
        admin.describeFeatures(stage.limit(new DescribeFeaturesOptions()));
    var transactions = new TransactionReader(admin, gaps, clock).read(snapshot, stage);
    var logDirReader = new LogDirReader(gaps);
    var sizes = logDirReader.await(logDirs, stage);
    findHidden(sizes.topicBytes().keySet(), hiddenTopics, stage);
    var moving = reassignments(reassignments, stage);
    var limits = quotas(quotas, stage);
    var levels = features(features, stage);
    configs.update(admin, snapshot, clock.instant(), stage, gaps);
    return new Details(
        sizes.logDirs(),
        sizes.partitionBytes(),
        sizes.topicBytes(),
        configs.byTopic(),
        moving,
        transactions,
        limits,
        levels,
        gaps.toList());
  }

  private void findHidden(Set<String> withLogs, HiddenTopics hiddenTopics, Stage stage)
      throws InterruptedException {
    var listing = admin.listTopics(stage.limit(new ListTopicsOptions()).listInternal(true));
    try {
      Set<String> listed = Answers.await(listing.names(), stage.end());
      gaps.add(
          "partitions and offsets",
          "topic",
          hiddenTopics.find(withLogs, listed, topics),
          "not allowed: brokers have it and do not list it");
    } catch (NoAnswerException e) {
      addGap("topics", e);
    }
  }

  private Optional<Map<String, Integer>> reassignments(
      ListPartitionReassignmentsResult result, Stage stage) throws InterruptedException {
    try {
      var byTopic = new TreeMap<String, Integer>();
      Answers.await(result.reassignments(), stage.end())
          .keySet()
          .forEach(partition -> byTopic.merge(partition.topic(), 1, Integer::sum));
      return Optional.of(byTopic);
    } catch (NoAnswerException e) {
      addGap("partition reassignments", e);
    }
    return Optional.empty();
  }

  private Optional<List<Quota>> quotas(DescribeClientQuotasResult result, Stage stage)
      throws InterruptedException {
    try {
      var quotas = new ArrayList<Quota>();
      Answers.await(result.entities(), stage.end())
          .forEach((entity, limits) ->
              limits.forEach((name, limit) ->
                  quotas.add(
                      new Quota(
                          part(entity, ClientQuotaEntity.USER),
                          part(entity, ClientQuotaEntity.CLIENT_ID),
                          part(entity, ClientQuotaEntity.IP),
                          name,
                          limit))));
      quotas.sort(
          Comparator.comparing(Quota::user)
              .thenComparing(Quota::clientId)
              .thenComparing(Quota::ip)
              .thenComparing(Quota::name));
      return Optional.of(quotas);
    } catch (NoAnswerException e) {
      addGap("client quotas", e);
    }
    return Optional.empty();
  }

  /** Returns whom a quota is for; the client names the default by null. */
  private static String part(ClientQuotaEntity entity, String type) {
    Map<String, String> entries = entity.entries();
    return entries.containsKey(type)
        ? Optional.ofNullable(entries.get(type)).orElse(DEFAULT_ENTITY)
        : "";
  }

  private Map<String, Integer> features(DescribeFeaturesResult result, Stage stage)
      throws InterruptedException {
    var levels = new HashMap<String, Integer>();
    try {
      Answers.await(result.featureMetadata(), stage.end())
          .finalizedFeatures()
          .forEach((name, range) -> levels.put(name, (int) range.maxVersionLevel()));
    } catch (NoAnswerException e) {
      addGap("features", e);
    }
    return levels;
  }

  /** Notes what should be there; what a broker is too old for should not. */
  private void addGap(String part, NoAnswerException e) {
    if (!(e.failure() instanceof UnsupportedVersionException)) {
      gaps.add(part, e.failure());
    }
  }
}
