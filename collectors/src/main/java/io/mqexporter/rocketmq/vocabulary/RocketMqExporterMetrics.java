package io.mqexporter.rocketmq.vocabulary;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rocketmq.snapshot.BrokerStatistic;
import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import io.mqexporter.rocketmq.view.QueueCommit;
import io.mqexporter.rocketmq.view.RocketMqClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.rocketmq.common.MixAll;

/** Renders a cluster as rocketmq-exporter does. */
final class RocketMqExporterMetrics {

  /** The place of CLUSTERING among the ways of consuming, by which that exporter names it. */
  private static final String CLUSTERING = "1";

  private final Reading reading;
  private final MetricFamilies families = new MetricFamilies();

  private RocketMqExporterMetrics(Reading reading) {
    this.reading = reading;
  }

  static List<MetricFamily> of(Reading reading) {
    var metrics = new RocketMqExporterMetrics(reading);
    reading.rates().begin(reading.view().snapshot().at());
    for (BrokerProcess process : reading.view().snapshot().processes()) {
      process.figures().ifPresent(figures -> metrics.addProcess(process, figures));
    }
    reading.view().snapshot().contents().forEach(metrics::addContents);
    reading.view().commits().forEach(metrics::addConsumption);
    reading.view().topics().forEach(metrics::addDeadLetters);
    reading.view().groups().forEach(metrics::addGroup);
    return metrics.families.toList();
  }

  private void addProcess(BrokerProcess process, RuntimeFigures figures) {
    String[] labels = {reading.target(), process.cluster(), process.address(), process.broker()};
    if (process.id() != MixAll.MASTER_ID) {
      OptionalLong masters =
          reading
              .master(process.broker())
              .flatMap(BrokerProcess::figures)
              .map(RocketMqExporterMetrics::logEnd)
              .orElse(OptionalLong.empty());
      OptionalLong own = logEnd(figures);
      if (masters.isPresent() && own.isPresent()) {
        families.add(
            RocketMqExporterMetric.COMMIT_LOG_DIFF,
            Math.max(0, masters.getAsLong() - own.getAsLong()),
            labels);
      }
      return;
    }
    addRate(RocketMqExporterMetric.BROKER_TPS, figures.count("msgPutTotalTodayNow"), labels);
    addRate(RocketMqExporterMetric.BROKER_QPS, figures.count("msgGetTotalTodayNow"), labels);
    String[] ofFigures = {
      reading.target(),
      process.cluster(),
      process.address(),
      "",
      figures.table().getOrDefault("brokerVersionDesc", ""),
      figures.table().getOrDefault("bootTimestamp", ""),
      figures.table().getOrDefault("brokerVersion", "")
    };
    for (var metric : RocketMqExporterRuntimeMetric.values()) {
      families.add(metric, metric.of(figures), ofFigures);
    }
  }

  private void addContents(BrokerContents contents) {
    String cluster = reading.cluster(contents.broker());
    for (String topic : new TreeMap<>(contents.offsets()).keySet()) {
      TopicKind kind = reading.view().topics().get(topic);
      if (kind != null) {
        addTopic(topic, kind, Reading.written(contents, topic), cluster, contents.broker());
      }
    }
    var statistics = new TreeMap<BrokerStatistic, Double>(BrokerStatistic.ORDER);
    statistics.putAll(contents.details().perSecond());
    statistics.forEach((statistic, perSecond) -> addStatistic(contents, statistic, perSecond));
    contents
        .details()
        .producers()
        .ifPresent(producers ->
            new TreeMap<>(producers)
                .forEach((group, clients) ->
                    families.add(
                        RocketMqExporterMetric.PRODUCER_COUNT,
                        clients.size(),
                        reading.target(),
                        cluster,
                        contents.broker(),
                        group)));
  }

  private void addStatistic(BrokerContents contents, BrokerStatistic statistic, double perSecond) {
    String cluster = reading.cluster(contents.broker());
    String topic = statistic.topic();
    String[] ofConsumption = {
      reading.target(), cluster, contents.broker(), topic, statistic.group()
    };
    switch (statistic.kind()) {
      case TOPIC_PUT_SIZE ->
          families.add(
              RocketMqExporterMetric.PRODUCER_SIZE,
              perSecond,
              reading.target(),
              cluster,
              contents.broker(),
              topic);
      case GROUP_GET_SIZE ->
          families.add(RocketMqExporterMetric.CONSUMER_SIZE, perSecond, ofConsumption);
      case SNDBCK_PUT_NUMS ->
          families.add(RocketMqExporterMetric.SEND_BACK, perSecond, ofConsumption);
    }
  }

  private void addTopic(
      String topic, TopicKind kind, OptionalLong written, String cluster, String broker) {
    String[] labels = {reading.target(), cluster, broker, topic};
    switch (kind) {
      case TopicKind.Ordinary _ -> {
        families.add(RocketMqExporterMetric.PRODUCER_OFFSET, written, labels);
        addRate(RocketMqExporterMetric.PRODUCER_TPS, written, labels);
      }
      case TopicKind.Retry _ -> families.add(RocketMqExporterMetric.RETRY_OFFSET, written, labels);
      case TopicKind.DeadLetter(String group) ->
          families.add(
              RocketMqExporterMetric.DLQ_OFFSET, written, reading.target(), cluster, broker, group);
      case TopicKind.Internal _ -> {}
    }
  }

  private void addConsumption(GroupTopic consumption, List<QueueCommit> commits) {
    String group = consumption.group();
    if (reading.view().members().isBroadcasting(group)) {
      return;
    }
    OptionalLong lag = reading.consumption(consumption, commits).lag();
    boolean retry = reading.view().topics().get(consumption.topic()) instanceof TopicKind.Retry;
    families.add(
        retry ? RocketMqExporterMetric.GROUP_RETRY_DIFF : RocketMqExporterMetric.GROUP_DIFF,
        lag,
        diff(group, consumption.topic()));
    Reading.byBroker(commits)
        .forEach((broker, own) -> {
          String[] labels = {
            reading.target(), reading.cluster(broker), broker, consumption.topic(), group
          };
          OptionalLong committed =
              OptionalLong.of(own.stream().mapToLong(QueueCommit::committed).sum());
          families.add(RocketMqExporterMetric.CONSUMER_OFFSET, committed, labels);
          families.add(RocketMqExporterMetric.GROUP_TOTAL_OFFSET, committed, labels);
          addRate(RocketMqExporterMetric.CONSUMER_TPS, committed, labels);
          addRate(RocketMqExporterMetric.GROUP_CONSUME_TPS, committed, labels);
          OptionalDouble seconds = reading.lagSeconds(consumption, own);
          if (seconds.isPresent()) {
            families.add(RocketMqExporterMetric.LATENCY, seconds.getAsDouble() * 1000, labels);
          }
        });
  }

  private void addDeadLetters(String topic, TopicKind kind) {
    if (kind instanceof TopicKind.DeadLetter(String group)) {
      families.add(
          RocketMqExporterMetric.GROUP_DLQ_DIFF,
          RocketMqClusterState.destination(reading.view(), topic, true).messages(),
          diff(group, topic));
    }
  }

  private void addGroup(String group) {
    reading
        .view()
        .members()
        .clients(group)
        .ifPresent(clients ->
            families.add(
                RocketMqExporterMetric.GROUP_COUNT,
                clients.size(),
                reading.target(),
                addresses(clients),
                String.join(",", clients.keySet()),
                group));
    reading
        .view()
        .members()
        .statistics(group)
        .forEach((client, told) -> addClient(group, client, told));
  }

  private void addClient(String group, String identifier, ClientStatistics told) {
    new TreeMap<>(told.topics())
        .forEach((topic, of) -> {
          String[] labels = {reading.target(), told.client().address(), identifier, group, topic};
          families.add(RocketMqExporterMetric.CLIENT_FAILED, of.failedWithinHour(), labels);
          families.add(RocketMqExporterMetric.CLIENT_FAILED_TPS, of.failedPerSecond(), labels);
          families.add(RocketMqExporterMetric.CLIENT_OK_TPS, of.consumedPerSecond(), labels);
          families.add(RocketMqExporterMetric.CLIENT_TIME, of.consumeMillis(), labels);
          families.add(RocketMqExporterMetric.CLIENT_PULL_TIME, of.pullMillis(), labels);
          families.add(RocketMqExporterMetric.CLIENT_PULL_TPS, of.pulledPerSecond(), labels);
        });
  }

  private static String addresses(NavigableMap<String, Client> clients) {
    return clients.values().stream().map(Client::address).collect(Collectors.joining(","));
  }

  private String[] diff(String group, String topic) {
    OptionalInt members = reading.view().members().count(group);
    return new String[] {
      reading.target(),
      group,
      topic,
      members.isPresent() ? Integer.toString(members.getAsInt()) : "",
      CLUSTERING
    };
  }

  private void addRate(RocketMqExporterMetric metric, OptionalLong counter, String... labels) {
    if (counter.isPresent()) {
      var name = new ArrayList<>(List.of(labels));
      name.add(metric.name());
      families.add(metric, reading.rates().of(name, counter.getAsLong()), labels);
    }
  }

  private static OptionalLong logEnd(RuntimeFigures figures) {
    return figures.count("commitLogMaxOffset");
  }
}
