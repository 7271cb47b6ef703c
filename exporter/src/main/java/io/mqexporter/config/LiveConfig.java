package io.mqexporter.config;

import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import java.util.Map;
import java.util.Objects;

/** A configuration whose targets follow the files that their values come from. */
public final class LiveConfig {

  private final Config config;
  private final Map<String, LiveTarget> targets;

  LiveConfig(Config config, Map<String, LiveTarget> targets) {
    this.config = config;
    this.targets = Map.copyOf(targets);
  }

  /** Returns the configuration as it was read at first. */
  public Config config() {
    return config;
  }

  /**
   * Returns how a target is reached, now and later.
   *
   * @param type the broker's own configuration
   */
  public <T> Settings<T> settings(String target, Class<T> type) {
    LiveTarget live = Objects.requireNonNull(targets.get(target), target);
    return () -> {
      Edition<BrokerConfig> edition = live.current();
      return new Edition<>(type.cast(ofBroker(edition.value())), edition.number());
    };
  }

  private static Object ofBroker(BrokerConfig broker) {
    return switch (broker) {
      case BrokerConfig.Kafka(var kafka) -> kafka;
      case BrokerConfig.RabbitMq(var rabbitMq) -> rabbitMq;
      case BrokerConfig.RocketMq(var rocketMq) -> rocketMq;
    };
  }
}
