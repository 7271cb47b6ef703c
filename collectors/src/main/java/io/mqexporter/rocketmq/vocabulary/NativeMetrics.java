package io.mqexporter.rocketmq.vocabulary;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import io.mqexporter.rocketmq.view.QueueCommit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.rocketmq.common.MixAll;

/** Renders each master as a broker of RocketMQ 5 renders itself. */
final class NativeMetrics {

  private static final String PROTOCOL = "remoting";
  private static final String FALSE = "false";

  private static final Map<String, String> PROCESSORS =
      new TreeMap<>(
          Map.of(
              "send", "sendThreadPoolQueueSize",
              "pull", "pullThreadPoolQueueSize",
              "lite_pull", "litePullThreadPoolQueueSize",
              "query_message", "queryThreadPoolQueueSize",
              "ack", "ackThreadPoolQueueSize",
              "transaction", "EndTransactionQueueSize"));

  private final Reading reading;
  private final MetricFamilies families = new MetricFamilies();

  private NativeMetrics(Reading reading) {
    this.reading = reading;
  }

  static List<MetricFamily> of(Reading reading) {
    var metrics = new NativeMetrics(reading);
    for (BrokerProcess process : reading.view().snapshot().processes()) {
      if (process.id() == MixAll.MASTER_ID) {
        process.figures().ifPresent(figures -> metrics.addFigures(process.broker(), figures));
      }
    }
    reading.view().snapshot().contents().forEach(metrics::addContents);
    reading
        .view()
        .commits()
        .forEach((consumption, commits) ->
            Reading.byBroker(commits)
                .forEach((broker, own) -> metrics.addConsumption(broker, consumption, own)));
    return metrics.families.toList();
  }

  private void addFigures(String broker, RuntimeFigures figures) {
    PROCESSORS.forEach((processor, key) ->
        families.add(
            NativeMetric.PROCESSOR_WATERMARK, figures.count(key), labels(broker, processor)));
    OptionalDouble total = figures.bytes("commitLogDirCapacity", "Total : ");
    OptionalDouble free = figures.bytes("commitLogDirCapacity", "Free : ");
    if (total.isPresent() && free.isPresent()) {
      addBoth(
          NativeMetric.STORAGE_SIZE,
          NativeMetric.STORAGE_SIZE_PLAIN,
          OptionalDouble.of(total.getAsDouble() - free.getAsDouble()),
          stored(broker));
    }
    families.add(
        NativeMetric.FLUSH_BEHIND, figures.bytes("remainHowManyDataToFlush", ""), stored(broker));
    families.add(
        NativeMetric.DISPATCH_BEHIND, figures.count("dispatchBehindBytes"), stored(broker));
    OptionalDouble earliest = figures.number("earliestMessageTimeStamp");
    if (earliest.isPresent()) {
      addBoth(
          NativeMetric.RESERVE_TIME,
          NativeMetric.RESERVE_TIME_PLAIN,
          OptionalDouble.of(
              Math.max(0, reading.view().snapshot().at().toEpochMilli() - earliest.getAsDouble())),
          stored(broker));
    }
    families.add(
        NativeMetric.TIMER_ENQUEUE_LAG, figures.count("timerOffsetBehind"), stored(broker));
    addBoth(
        NativeMetric.TIMER_DEQUEUE_LATENCY,
        NativeMetric.TIMER_DEQUEUE_LATENCY_PLAIN,
        millis(figures.number("timerReadBehind")),
        stored(broker));
  }

  private void addContents(BrokerContents contents) {
    String broker = contents.broker();
    Integer permission = reading.view().snapshot().registry().permissions().get(broker);
    if (permission != null) {
      families.add(NativeMetric.BROKER_PERMISSION, (long) permission, labels(broker));
    }
    contents
        .topics()
        .ifPresent(topics -> {
          families.add(NativeMetric.TOPIC_NUMBER, topics.size(), labels(broker));
          new TreeMap<>(topics).forEach((topic, settings) -> addTopic(contents, topic, settings));
        });
    contents
        .groups()
        .ifPresent(
            groups -> families.add(NativeMetric.GROUP_NUMBER, groups.size(), labels(broker)));
    contents
        .details()
        .producers()
        .ifPresent(producers -> {
          var all = producers.values().stream().flatMap(one -> one.values().stream()).toList();
          count(all)
              .forEach((client, count) ->
                  families.add(
                      NativeMetric.PRODUCER_CONNECTIONS,
                      count,
                      labels(broker, client.get(0), client.get(1), PROTOCOL)));
        });
    new TreeMap<>(contents.clients())
        .forEach((group, clients) -> addClients(broker, group, clients));
    new TreeMap<>(contents.details().timed().orElse(Map.of()))
        .forEach((topic, count) ->
            families.add(
                NativeMetric.TIMING_MESSAGES,
                (long) count,
                labels(broker, "local", "disk", topic)));
  }

  private void addTopic(BrokerContents contents, String topic, TopicSettings settings) {
    if (reading.view().topics().get(topic) instanceof TopicKind.Ordinary) {
      String type = settings.messageType().toLowerCase(Locale.ROOT);
      families.add(
          NativeMetric.MESSAGES_IN,
          Reading.written(contents, topic),
          labels(contents.broker(), topic, type.isEmpty() ? "unspecified" : type, FALSE));
    }
  }

  private void addClients(String broker, String group, GroupClients clients) {
    count(clients.clients().values())
        .forEach((client, count) ->
            families.add(
                NativeMetric.CONSUMER_CONNECTIONS,
                count,
                labels(
                    broker,
                    group,
                    client.get(0),
                    client.get(1),
                    clients.mode().orElse(""),
                    PROTOCOL,
                    FALSE)));
  }

  private void addConsumption(String broker, GroupTopic consumption, List<QueueCommit> commits) {
    String group = consumption.group();
    if (reading.view().members().isBroadcasting(group)) {
      return;
    }
    boolean retry = reading.view().topics().get(consumption.topic()) instanceof TopicKind.Retry;
    String[] labels = labels(broker, group, consumption.topic(), Boolean.toString(retry), FALSE);
    families.add(
        NativeMetric.LAG_MESSAGES,
        Reading.sum(commits, commit -> commit.consumption().lag()),
        labels);
    addBoth(
        NativeMetric.LAG_LATENCY,
        NativeMetric.LAG_LATENCY_PLAIN,
        millis(reading.lagSeconds(consumption, commits)),
        labels);
    families.add(
        NativeMetric.INFLIGHT_MESSAGES, Reading.sum(commits, QueueCommit::inFlight), labels);
    families.add(NativeMetric.READY_MESSAGES, Reading.sum(commits, QueueCommit::ready), labels);
  }

  private void addBoth(
      NativeMetric withUnit, NativeMetric plain, OptionalDouble value, String... labels) {
    families.add(withUnit, value, labels);
    families.add(plain, value, labels);
  }

  /** Counts clients by language and version, as brokers write them: {@code java, v5_5_0}. */
  private static Map<List<String>, Integer> count(Collection<Client> clients) {
    var counts = new TreeMap<List<String>, Integer>((a, b) -> a.toString().compareTo(b.toString()));
    for (Client client : clients) {
      String version = client.version().replace('.', '_');
      counts.merge(
          List.of(
              client.language().toLowerCase(Locale.ROOT),
              Character.isDigit(version.isEmpty() ? ' ' : version.charAt(0))
                  ? "v" + version
                  : version.toLowerCase(Locale.ROOT)),
          1,
          Integer::sum);
    }
    return counts;
  }

  private String[] stored(String broker) {
    return labels(broker, "local", "disk");
  }

  private String[] labels(String broker, String... own) {
    var labels =
        new ArrayList<>(List.of(reading.target(), reading.cluster(broker), "broker", broker));
    labels.addAll(List.of(own));
    return labels.toArray(String[]::new);
  }

  private static OptionalDouble millis(OptionalDouble seconds) {
    return seconds.isPresent() ? OptionalDouble.of(seconds.getAsDouble() * 1000) : seconds;
  }
}
