package io.mqexporter.config;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.messaging.LagObjectives.LagObjective;
import io.mqexporter.process.ProcessConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A configuration as YAML to show: with every default filled in, and without secrets. */
public final class ConfigText {

  private ConfigText() {}

  /**
   * Returns a configuration as a file of the same form. Secrets and what came from other files are
   * {@code <secret>} there.
   */
  public static String of(Config config) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    return new Yaml(options).dump(shown(tree(config), "", config.hiddenKeys()));
  }

  private static Object shown(Object value, String path, Set<String> hiddenKeys) {
    return switch (value) {
      case Map<?, ?> map -> {
        var shown = new LinkedHashMap<Object, Object>();
        String prefix = path.isEmpty() ? "" : path + ".";
        map.forEach((key, v) -> shown.put(key, shown(v, prefix + key, hiddenKeys)));
        yield shown;
      }
      case Sections(List<SequencedMap<String, Object>> sections) -> {
        var shown = new ArrayList<>();
        for (Object section : sections) {
          shown.add(shown(section, "%s[%d]".formatted(path, shown.size()), hiddenKeys));
        }
        yield shown;
      }
      case List<?> list -> {
        // Not toList(): YAML would write one empty list, and aliases of it for the others.
        var shown = new ArrayList<>();
        list.forEach(v -> shown.add(shown(v, path, hiddenKeys)));
        yield shown;
      }
      case Secret _ -> Secret.MASK;
      case Integer number when !hiddenKeys.contains(path) -> number;
      default ->
          hiddenKeys.contains(path) || SecretNames.isSecret(path)
              ? Secret.MASK
              : References.escaped(value.toString());
    };
  }

  /** A list of sections, whose paths have a number. */
  record Sections(List<SequencedMap<String, Object>> sections) {}

  private static SequencedMap<String, Object> tree(Config config) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("interval", DurationFormat.text(config.interval()));
    tree.put("timeout", DurationFormat.text(config.timeout()));
    tree.put("granularity", EnumFormat.text(config.granularity()));
    tree.put("max_series", config.maxSeries());
    tree.put("lag_objectives", tree(config.lagObjectives()));
    tree.put("targets", new Sections(config.targets().stream().map(ConfigText::tree).toList()));
    config.logs().ifPresent(logs -> tree.put("logs", LogsText.tree(logs)));
    config.otlp().ifPresent(otlp -> tree.put("otlp", OtlpText.tree(otlp)));
    return tree;
  }

  private static SequencedMap<String, Object> tree(TargetConfig target) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", target.name());
    tree.put("interval", DurationFormat.text(target.interval()));
    tree.put("timeout", DurationFormat.text(target.timeout()));
    tree.put("granularity", EnumFormat.text(target.granularity()));
    tree.put("max_series", target.maxSeries());
    tree.put("lag_objectives", tree(target.lagObjectives()));
    switch (target.broker()) {
      case BrokerConfig.Kafka(KafkaConfig kafka) -> tree.put("kafka", tree(kafka));
      case BrokerConfig.RabbitMq(RabbitMqConfig rabbitMq) -> tree.put("rabbitmq", tree(rabbitMq));
      case BrokerConfig.RocketMq(RocketMqConfig rocketMq) -> tree.put("rocketmq", tree(rocketMq));
    }
    target.sidecarOf().ifPresent(broker -> tree.put("sidecar_of", broker));
    target.jmx().ifPresent(jmx -> tree.put("jmx", tree(jmx)));
    target.process().ifPresent(process -> tree.put("process", tree(process)));
    return tree;
  }

  private static Sections tree(LagObjectives objectives) {
    return new Sections(objectives.lagObjectives().stream().map(ConfigText::tree).toList());
  }

  private static SequencedMap<String, Object> tree(LagObjective objective) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("consumers", objective.consumers().pattern());
    tree.put("objective", DurationFormat.text(objective.objective()));
    return tree;
  }

  private static SequencedMap<String, Object> tree(KafkaConfig kafka) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("bootstrap_servers", kafka.bootstrapServers());
    tree.put("properties", new TreeMap<>(kafka.properties()));
    tree.put("dead_letter_topics", kafka.deadLetterTopics().pattern());
    tree.put("topics", tree(kafka.topics()));
    tree.put("groups", tree(kafka.groups()));
    tree.put("unread_records", kafka.effort().unreadRecords());
    tree.put("unread_record_bytes", kafka.effort().unreadRecordBytes());
    tree.put("details_interval", DurationFormat.text(kafka.effort().detailsInterval()));
    tree.put("vocabularies", kafka.vocabularies().stream().map(EnumFormat::text).toList());
    if (!kafka.mirrors().isEmpty()) {
      tree.put("mirrors", new Sections(kafka.mirrors().stream().map(ConfigText::tree).toList()));
    }
    return tree;
  }

  private static SequencedMap<String, Object> tree(KafkaConfig.Mirror mirror) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("source", mirror.source());
    tree.put("source_alias", mirror.sourceAlias());
    tree.put("target_alias", mirror.targetAlias());
    return tree;
  }

  private static SequencedMap<String, Object> tree(RabbitMqConfig rabbitMq) {
    var tree = new LinkedHashMap<String, Object>();
    if (!rabbitMq.urls().isEmpty()) {
      tree.put("url", rabbitMq.urls());
    }
    tree.put("username", rabbitMq.access().username());
    tree.put("password", rabbitMq.access().password());
    rabbitMq.access().tls().ifPresent(tls -> TlsText.put(tree, tls));
    tree.put("vhosts", tree(rabbitMq.vhosts()));
    tree.put("queues", tree(rabbitMq.queues()));
    tree.put("details_interval", DurationFormat.text(rabbitMq.effort().detailsInterval()));
    tree.put("queue_statistics", EnumFormat.text(rabbitMq.effort().queueStatistics()));
    RabbitMqConfig.Sources sources = rabbitMq.sources();
    tree.put("sources", sources.sources().stream().sorted().map(EnumFormat::text).toList());
    tree.put("prometheus_addresses", sources.prometheusAddresses());
    tree.put("prometheus_families", sources.prometheusFamilies());
    tree.put("raft_names", EnumFormat.text(sources.raftNames()));
    tree.put("vocabularies", rabbitMq.vocabularies().stream().map(EnumFormat::text).toList());
    return tree;
  }

  private static SequencedMap<String, Object> tree(RocketMqConfig rocketMq) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name_servers", rocketMq.nameServers());
    tree.put("topics", tree(rocketMq.topics()));
    tree.put("groups", tree(rocketMq.groups()));
    rocketMq
        .access()
        .credentials()
        .ifPresent(credentials -> {
          tree.put("access_key", credentials.accessKey());
          tree.put("secret_key", credentials.secretKey());
        });
    tree.put("tls", rocketMq.access().tls().isPresent());
    rocketMq.access().tls().ifPresent(tls -> TlsText.put(tree, tls));
    tree.put("controllers", rocketMq.further().controllers());
    tree.put("prometheus_addresses", rocketMq.further().prometheusAddresses());
    tree.put("client_statistics", rocketMq.further().clientStatistics());
    tree.put("exact_lag_time", rocketMq.further().exactLagTime());
    tree.put("broker_statistics", rocketMq.further().brokerStatistics());
    tree.put("vocabularies", rocketMq.vocabularies().stream().map(EnumFormat::text).toList());
    return tree;
  }

  private static SequencedMap<String, Object> tree(JmxConfig jmx) {
    var tree = new LinkedHashMap<String, Object>();
    if (!jmx.addresses().isEmpty()) {
      tree.put("addresses", jmx.addresses());
    }
    jmx.port().ifPresent(port -> tree.put("port", port));
    jmx.credentials()
        .ifPresent(credentials -> {
          tree.put("username", credentials.username());
          tree.put("password", credentials.password());
        });
    jmx.tls().ifPresent(tls -> tree.put("tls", tree(tls)));
    jmx.rules().ifPresent(rules -> tree.put("rules", rules.file().toString()));
    tree.put("max_mbeans", jmx.maxMbeans());
    return tree;
  }

  private static SequencedMap<String, Object> tree(JmxConfig.Tls tls) {
    var tree = new LinkedHashMap<String, Object>();
    tls.trustStore().ifPresent(file -> tree.put("trust_store", file.toString()));
    tls.trustStorePassword().ifPresent(secret -> tree.put("trust_store_password", secret));
    tls.keyStore().ifPresent(file -> tree.put("key_store", file.toString()));
    tls.keyStorePassword().ifPresent(secret -> tree.put("key_store_password", secret));
    tree.put("verify_host", tls.verifyHost());
    return tree;
  }

  private static SequencedMap<String, Object> tree(ProcessConfig process) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("broker", process.broker());
    tree.put("command", process.command().pattern());
    process.data().ifPresent(folder -> tree.put("data", folder.toString()));
    return tree;
  }

  private static SequencedMap<String, Object> tree(NameFilter filter) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("include", filter.include().stream().map(Pattern::pattern).toList());
    tree.put("exclude", filter.exclude().stream().map(Pattern::pattern).toList());
    return tree;
  }
}
