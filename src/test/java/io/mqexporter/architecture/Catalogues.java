package io.mqexporter.architecture;

import io.mqexporter.collection.CollectionMetric;
import io.mqexporter.exposition.AgentMetric;
import io.mqexporter.jmx.JmxMetric;
import io.mqexporter.jmx.mbean.JvmMetric;
import io.mqexporter.jmx.mbean.KafkaClientMetric;
import io.mqexporter.jmx.mbean.KafkaConnectMetric;
import io.mqexporter.jmx.mbean.KafkaControllerMetric;
import io.mqexporter.jmx.mbean.KafkaServerMetric;
import io.mqexporter.jmx.mbean.KafkaStreamsMetric;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.kafka.vocabulary.BurrowMetric;
import io.mqexporter.kafka.vocabulary.KafkaExporterMetric;
import io.mqexporter.kafka.vocabulary.KminionMetric;
import io.mqexporter.logs.forward.LogMetric;
import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.otlp.OtlpMetric;
import io.mqexporter.rabbitmq.RabbitMqMemoryMetric;
import io.mqexporter.rabbitmq.RabbitMqMetric;
import io.mqexporter.rabbitmq.RabbitMqNodeMetric;
import io.mqexporter.rabbitmq.RabbitMqQueueMetric;
import io.mqexporter.rabbitmq.RabbitMqVhostMetric;
import io.mqexporter.rabbitmq.vocabulary.RabbitMqExporterMetric;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqMetric;
import io.mqexporter.rocketmq.vocabulary.NativeMetric;
import io.mqexporter.rocketmq.vocabulary.RocketMqExporterMetric;
import io.mqexporter.rocketmq.vocabulary.RocketMqExporterRuntimeMetric;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every metric that the agent can expose, but for those of its own JVM and process. */
public final class Catalogues {

  private Catalogues() {}

  /**
   * One catalogue.
   *
   * @param title its heading
   * @param introduction what its metrics have in common
   * @param ofPeer whether its names are those of another exporter, which may break our rules
   * @param metrics its constants
   */
  public record Catalogue(
      String title, String introduction, boolean ofPeer, List<MetricDescriptor> metrics) {

    Catalogue(String title, String introduction, MetricDescriptor[]... metrics) {
      this(title, introduction, false, Arrays.stream(metrics).flatMap(Arrays::stream).toList());
    }

    static Catalogue ofPeer(String title, String introduction, MetricDescriptor... metrics) {
      return new Catalogue(title, introduction, true, List.of(metrics));
    }
  }

  /** Returns all of them, in the order of METRICS.md. */
  public static List<Catalogue> all() {
    return List.of(
        new Catalogue(
            "Every broker",
            "The same words for Kafka, RabbitMQ and RocketMQ. A destination is a topic or a queue;"
                + " where a broker has no consumer groups or virtual hosts, that label is absent.",
            MessagingMetric.values()),
        new Catalogue(
            "What brokers use of their machines",
            "The same words for Kafka, RabbitMQ and RocketMQ, beside their own. Brokers tell of the disk"
                + " that holds their messages, a RabbitMQ node of all but its processor time and the size of its"
                + " disk; `messaging_broker_name` is the id of a Kafka node, the name of a RabbitMQ node, or"
                + " `name:id` of a RocketMQ broker. Of several disks of a Kafka broker the one counts that has"
                + " least room. The rest is told by JMX of a Kafka broker (`jmx`), or by the operating system of"
                + " a broker on the same machine (`process`).",
            BrokerMetric.values()),
        new Catalogue(
            "Kafka",
            "Names and labels are kafka_exporter's where the meaning is the same, so that its"
                + " dashboards go on working. What is not known has no sample here, where that"
                + " exporter shows 0 or -1.",
            KafkaMetric.values()),
        Catalogue.ofPeer(
            "Kafka, in kafka_exporter's words",
            "On request (`vocabularies: [kafka-exporter]`), beside the families above that bear its"
                + " names anyway. A sum is absent while one of its parts is not known, where that"
                + " exporter sums up the others and -1.",
            KafkaExporterMetric.values()),
        Catalogue.ofPeer(
            "Kafka, in KMinion's words",
            "On request (`vocabularies: [kminion]`). Types and labels are KMinion's, with"
                + " `messaging_cluster` beside them, for there may be several clusters. What is not"
                + " known is absent, where KMinion shows 0 or `N/A`: the lag of a commit beyond the"
                + " end or on a topic that is gone, a sum with an unknown part, the state of a group"
                + " whose coordinator is away. The controller is the active one. Groups of the newer"
                + " protocols are there, topics that Kafka itself marks as internal are not. Left out"
                + " is what cannot be known from what is read: the labels `version` and"
                + " `cluster_version`; what KMinion counts while it reads `__consumer_offsets`"
                + " (`kminion_exporter_offset_consumer_records_consumed_total`,"
                + " `kminion_kafka_consumer_group_offset_commits_total`); its own requests and log"
                + " lines; its end-to-end tests. Of the configuration, `kminion_kafka_topic_info` has"
                + " `cleanup_policy` alone, which is its default.",
            KminionMetric.values()),
        Catalogue.ofPeer(
            "Kafka, in Burrow's words",
            "On request (`vocabularies: [burrow]`). Types and labels are Burrow's; `cluster` is the"
                + " name of the target. The status is judged by the window of"
                + " `messaging_consumer_status` and put into Burrow's numbers; while the window does"
                + " not say, it is absent, and 0 (NOTFOUND) never shows. Group and offset are there as"
                + " soon as they are read, and gone when they are gone.",
            BurrowMetric.values()),
        Catalogue.ofPeer(
            "Kafka's MBeans",
            "With `jmx` in the configuration. Names are those that jmx_exporter's rules for Kafka make"
                + " of the same MBeans, and milliseconds stay milliseconds where such a name says so"
                + " (`totaltimems`). Labels are the MBean's keys in snake case, beside"
                + " `messaging_cluster`, `jvm` (the address that was read) and `broker` (the id of the"
                + " node), as one agent reads many JVMs. What is better here: percentiles are a summary"
                + " with `_sum` and `_count`, so that a mean over any time can be had; a histogram"
                + " without values is absent, where its quantiles would be 0; idle shares are those of"
                + " the last minute, not the mean since the process was started; counters of the"
                + " coordinators are counters; `_ms` and a gauge's `_count`, which promtool refuses, are"
                + " `_seconds` and a plural; what its name calls a total is a counter and ends so"
                + " (`record_errors_total`). Which of these a JVM has depends on its release and role:"
                + " brokers and controllers; workers of Kafka Connect, and MirrorMaker 2, which is one"
                + " (as plugins since Kafka 4.2, with `connector` and `task`); applications of Kafka Streams; producers"
                + " and consumers, in whatever JVM they are.",
            Stream.of(
                    KafkaServerMetric.values(),
                    KafkaControllerMetric.values(),
                    KafkaConnectMetric.values(),
                    KafkaClientMetric.values(),
                    KafkaStreamsMetric.values())
                .flatMap(Stream::of)
                .toArray(MetricDescriptor[]::new)),
        new Catalogue(
            "JVMs",
            "With `jmx` in the configuration, of every JVM that is read, whatever runs in it. What a rule"
                + " file makes (`rules`) has its own names, with the labels `messaging_cluster` and `jvm`.",
            JmxMetric.values(),
            JvmMetric.values()),
        new Catalogue(
            "RabbitMQ",
            "Names are those of RabbitMQ's own Prometheus plugin where the meaning is the same.",
            RabbitMqMetric.values(),
            RabbitMqNodeMetric.values(),
            RabbitMqMemoryMetric.values(),
            RabbitMqVhostMetric.values(),
            RabbitMqQueueMetric.values()),
        Catalogue.ofPeer(
            "RabbitMQ, in rabbitmq_exporter's words",
            "On request (`vocabularies: [rabbitmq-exporter]`). Names and labels are those of kbudde's"
                + " rabbitmq_exporter, with `messaging_cluster` before them. A family of ours that has"
                + " the same name gives way. Two of them mean something else:"
                + " `rabbitmq_queue_messages_delivered_total` counts messages that are acknowledged"
                + " then, and `rabbitmq_queue_state` may be 0. So that each name has one meaning on a"
                + " page, all RabbitMQ targets have this vocabulary, or none. What the broker does not tell is absent, where that"
                + " exporter shows 0 and so a counter that began anew; `rabbitmq_up` is 0 for a part"
                + " that is missing, not for all. `self` is always 1, since one agent sees each thing"
                + " once, behind a load balancer too. Left out are rates, which `rate()` makes of the"
                + " counters; what the broker no longer tells (mirrors, garbage collection, idle"
                + " since), has no meaning since RabbitMQ 4.1 (aliveness) or is never told"
                + " (`rabbitmq_queue_messages_returned_total`); totals of memory; series of single"
                + " connections; and what that exporter says of itself.",
            RabbitMqExporterMetric.values()),
        new Catalogue(
            "RocketMQ",
            "Names are those of RocketMQ 5's own metrics where the meaning is the same. A group that"
                + " never committed has no lag here, where the broker's tools show the whole topic; a"
                + " broadcasting group has none, where they may show an old one. Queues of static topics"
                + " bear the broker `__syslo__global__`, as with those tools; what was written"
                + " since such a queue moved to another broker is lag here, and may be left out there.",
            RocketMqBrokerMetric.values(),
            RocketMqMetric.values()),
        Catalogue.ofPeer(
            "RocketMQ, in rocketmq-exporter's words",
            "On request (`vocabularies: [rocketmq-exporter]`). Names and labels are those of Apache's"
                + " rocketmq-exporter, with `messaging_cluster` before them; all are gauges there. They"
                + " come from the same requests as everything else. What is better here: `cluster` is"
                + " the cluster of the broker; a group that never committed has no lag, where that"
                + " exporter shows the whole topic, and a broadcasting group has none at all; what is"
                + " not known is absent, where it shows -1 or what it found an hour ago;"
                + " `rocketmq_brokeruntime_remain_howmanydata_toflush` is in bytes, not in whatever unit"
                + " the broker has rounded to; `rocketmq_group_dlqdiff`, which that exporter never has,"
                + " is what the dead-letter topic holds. Rates are those of the offsets over the last"
                + " minute. `countOfOnlineConsumers`, `caddr` and `localaddr` change with the clients, so"
                + " that series come and go as they do there. `rocketmq_client_*` need"
                + " `client_statistics`. `rocketmq_producer_message_size`,"
                + " `rocketmq_consumer_message_size` and `rocketmq_send_back_nums` need"
                + " `broker_statistics`, as they take a request for each topic or consumption that"
                + " moves; of the others they are 0. All three are by second.",
            Stream.of(RocketMqExporterMetric.values(), RocketMqExporterRuntimeMetric.values())
                .flatMap(Stream::of)
                .toArray(MetricDescriptor[]::new)),
        Catalogue.ofPeer(
            "RocketMQ, in its brokers' own words",
            "On request (`vocabularies: [rocketmq-native]`). Names and labels are those that RocketMQ"
                + " 5's brokers expose themselves, with `messaging_cluster` before them, for every"
                + " release and without a port of their own; a family whose name got its unit with 5.1.4"
                + " is there under both names. A family of ours that has the same name gives way. What"
                + " is better here: groups have a lag whether they are online or not, and no filter of"
                + " a subscription is estimated; broadcasting groups have none, where the broker shows"
                + " 0. `rocketmq_messages_in_total` is the sum of end offsets, so that a restart does not"
                + " reset it. Left out is what only the broker itself counts: bytes, what it gave to"
                + " consumers, latencies, transactions that ended.",
            NativeMetric.values()),
        new Catalogue(
            "Logs",
            "With `logs` in the configuration. `messaging_cluster` is absent where a source has no"
                + " target. A `pattern` is one of the source's `paths`; there are no series for single"
                + " files.",
            LogMetric.values()),
        new Catalogue(
            "The agent",
            "What the agent says about its collections and itself; besides these it exposes the"
                + " jvm_* and process_* metrics of its own process. `mq_exporter_otlp_*` are there with `otlp` in"
                + " the configuration.",
            CollectionMetric.values(),
            AgentMetric.values(),
            OtlpMetric.values()));
  }

  /** Returns the metrics whose names are our choice. */
  static Stream<MetricDescriptor> ours() {
    return all().stream()
        .filter(catalogue -> !catalogue.ofPeer())
        .flatMap(catalogue -> catalogue.metrics().stream());
  }

  /** Returns the metrics of all of them. */
  public static Stream<MetricDescriptor> metrics() {
    return all().stream().flatMap(catalogue -> catalogue.metrics().stream());
  }
}
