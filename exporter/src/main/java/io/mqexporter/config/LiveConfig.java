package io.mqexporter.config;

import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.otlp.OtlpConfig;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A configuration whose targets and sinks follow the files that their values come from. */
public final class LiveConfig {

  private final Config config;
  private final Map<String, LiveSection<Sources>> targets;
  private final Optional<LiveSection<LogsConfig>> logs;
  private final Optional<LiveSection<OtlpConfig>> otlp;
  private final Map<String, String> texts;

  LiveConfig(
      Config config,
      Map<String, LiveSection<Sources>> targets,
      Optional<LiveSection<LogsConfig>> logs,
      Optional<LiveSection<OtlpConfig>> otlp,
      Map<String, String> texts) {
    this.config = config;
    this.targets = Map.copyOf(targets);
    this.logs = logs;
    this.otlp = otlp;
    this.texts = Map.copyOf(texts);
  }

  /** Returns the configuration as it was read at first. */
  public Config config() {
    return config;
  }

  /** Returns what tells whether a target is the same in another edition of the file. */
  public String textOf(String target) {
    return Objects.requireNonNull(texts.get(target), target);
  }

  /**
   * Returns how a target is reached, now and later.
   *
   * @param type the broker's own configuration
   */
  public <T> Settings<T> settings(String target, Class<T> type) {
    LiveSection<Sources> live = Objects.requireNonNull(targets.get(target), target);
    return () -> {
      Edition<Sources> edition = live.current();
      return new Edition<>(type.cast(ofBroker(edition.value().broker())), edition.number());
    };
  }

  /** Returns how the JVMs of a target that has any are reached, now and later. */
  public Settings<JmxConfig> jmxSettings(String target) {
    LiveSection<Sources> live = Objects.requireNonNull(targets.get(target), target);
    return () -> {
      Edition<Sources> edition = live.current();
      return new Edition<>(edition.value().jmx().orElseThrow(), edition.number());
    };
  }

  /** Returns which logs are forwarded where, now and later; empty if none is. */
  public Optional<Settings<LogsConfig>> logs() {
    return logs.map(live -> live);
  }

  /** Returns where metrics are pushed to, now and later; empty if nowhere. */
  public Optional<Settings<OtlpConfig>> otlp() {
    return otlp.map(live -> live);
  }

  private static Object ofBroker(BrokerConfig broker) {
    return switch (broker) {
      case BrokerConfig.Kafka(var kafka) -> kafka;
      case BrokerConfig.RabbitMq(var rabbitMq) -> rabbitMq;
      case BrokerConfig.RocketMq(var rocketMq) -> rocketMq;
    };
  }
}
