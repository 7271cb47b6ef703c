package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.Details.LogDir;
import io.mqexporter.kafka.snapshot.Details.Quota;
import io.mqexporter.kafka.snapshot.Details.Transactions;
import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.metric.MetricFamilies;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** Renders the details of a cluster. */
final class DetailMetrics {

  private final MetricFamilies families;
  private final String cluster;

  DetailMetrics(MetricFamilies families, String cluster) {
    this.families = families;
    this.cluster = cluster;
  }

  /** Adds all details that are known. */
  void add(Details details) {
    details.logDirs().ifPresent(logDirs -> logDirs.forEach(this::addLogDir));
    details.logDirs().ifPresent(this::addRoom);
    details.reassignments().ifPresent(this::addReassignments);
    details.transactions().ifPresent(this::addTransactions);
    details.quotas().ifPresent(quotas -> quotas.forEach(this::addQuota));
    new TreeMap<>(details.features())
        .forEach(
            (feature, level) -> families.add(KafkaMetric.FEATURE_LEVEL, level, cluster, feature));
    new TreeMap<>(details.configs()).forEach(this::addConfig);
  }

  private void addLogDir(LogDir logDir) {
    String[] labels = {cluster, Integer.toString(logDir.broker()), logDir.path()};
    families.add(KafkaMetric.LOG_DIR_OFFLINE, logDir.offline() ? 1 : 0, labels);
    if (!logDir.offline()) {
      families.add(KafkaMetric.LOG_DIR_BYTES, logDir.bytes(), labels);
      families.add(KafkaMetric.LOG_DIR_MAX_LAG, logDir.maxLag(), labels);
      families.add(KafkaMetric.LOG_DIR_TOTAL, logDir.totalBytes(), labels);
      families.add(KafkaMetric.LOG_DIR_USABLE, logDir.usableBytes(), labels);
    }
  }

  /** Of several volumes of a broker the one counts that is full first. */
  private void addRoom(List<LogDir> logDirs) {
    var fullest = new TreeMap<Integer, LogDir>();
    for (LogDir logDir : logDirs) {
      if (!logDir.offline() && logDir.usableBytes().isPresent()) {
        fullest.merge(
            logDir.broker(),
            logDir,
            BinaryOperator.minBy(Comparator.comparingLong(each -> each.usableBytes().getAsLong())));
      }
    }
    fullest.forEach((broker, logDir) -> {
      String[] labels = {MessagingSystem.KAFKA.labelValue(), cluster, Integer.toString(broker)};
      families.add(BrokerMetric.DISK_SIZE, logDir.totalBytes(), labels);
      families.add(BrokerMetric.DISK_FREE, logDir.usableBytes(), labels);
    });
  }

  private void addReassignments(Map<String, Integer> reassignments) {
    int all = reassignments.values().stream().mapToInt(Integer::intValue).sum();
    families.add(KafkaMetric.REASSIGNING, all, cluster);
    reassignments.forEach(
        (topic, count) -> families.add(KafkaMetric.TOPIC_REASSIGNING, count, cluster, topic));
  }

  private void addTransactions(Transactions transactions) {
    transactions
        .states()
        .forEach((state, count) -> families.add(KafkaMetric.TRANSACTIONS, count, cluster, state));
    transactions
        .oldestStart()
        .ifPresent(start ->
            families.add(KafkaMetric.TRANSACTION_START, start.toEpochMilli() / 1000.0, cluster));
    transactions
        .hanging()
        .ifPresent(topics -> {
          int all =
              topics.values().stream()
                  .flatMap(partitions -> partitions.values().stream())
                  .mapToInt(Integer::intValue)
                  .sum();
          families.add(KafkaMetric.TRANSACTIONS_HANGING, all, cluster);
          topics.forEach((topic, partitions) ->
              partitions.forEach((partition, count) ->
                  families.add(
                      KafkaMetric.PARTITION_HANGING,
                      count,
                      cluster,
                      topic,
                      Integer.toString(partition))));
        });
  }

  private void addQuota(Quota quota) {
    families.add(
        KafkaMetric.QUOTA,
        quota.limit(),
        cluster,
        quota.user(),
        quota.clientId(),
        quota.ip(),
        quota.name());
  }

  private void addConfig(String topic, Map<String, String> config) {
    families.add(
        KafkaMetric.TOPIC_CONFIG,
        1,
        Stream.concat(
                Stream.of(cluster, topic),
                TopicConfigs.NAMES.stream().map(name -> config.getOrDefault(name, "")))
            .toArray(String[]::new));
  }
}
