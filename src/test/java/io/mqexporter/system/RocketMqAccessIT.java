package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig.Credentials;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads a broker that controls access. Name servers do not. */
class RocketMqAccessIT {

  private static RocketMqBroker broker;

  @BeforeAll
  static void start() {
    broker = RocketMqBroker.startWithAccessControl("rocketmq-access");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void readsEverythingWithTheRightSecret() throws Exception {
    assertThat(collect(signedBy(RocketMqBroker.USER, RocketMqBroker.SECRET)).missing()).isEmpty();
  }

  @Test
  void saysThatItIsNotPermittedWithAWrongSecret() {
    assertThatThrownBy(() -> collect(signedBy(RocketMqBroker.USER, "wrong")))
        .isInstanceOf(CollectionException.class)
        .hasMessage("broker %s: not permitted: check signature failed.", broker.broker());
  }

  @Test
  void saysThatItIsNotPermittedAsAnUnknownUser() {
    assertThatThrownBy(() -> collect(signedBy("joe", RocketMqBroker.SECRET)))
        .isInstanceOf(CollectionException.class)
        .hasMessage("broker %s: not permitted: User:joe is not found.", broker.broker());
  }

  @Test
  void saysThatItIsNotPermittedWithoutCredentials() {
    assertThatThrownBy(() -> collect(Optional.empty()))
        .isInstanceOf(CollectionException.class)
        .hasMessage("broker %s: not permitted: username cannot be null.", broker.broker());
  }

  @Test
  void usesARenewedSecretAtTheNextCollection() throws Exception {
    var settings =
        new AtomicReference<>(new Edition<>(config(signedBy(RocketMqBroker.USER, "wrong")), 1));
    try (var collector = collector(settings::get)) {
      assertThatThrownBy(() -> collector.collect(deadline()))
          .isInstanceOf(CollectionException.class);
      settings.set(new Edition<>(config(signedBy(RocketMqBroker.USER, RocketMqBroker.SECRET)), 2));
      assertThat(collector.collect(deadline()).missing()).isEmpty();
    }
  }

  private static Optional<Credentials> signedBy(String user, String secret) {
    return Optional.of(new Credentials(user, new Secret(secret)));
  }

  private static Collected collect(Optional<Credentials> credentials)
      throws CollectionException, InterruptedException {
    try (var collector = collector(Settings.fixed(config(credentials)))) {
      return collector.collect(deadline());
    }
  }

  private static RocketMqCollector collector(Settings<RocketMqConfig> settings) {
    return new RocketMqCollector(
        "access",
        settings,
        new ClusterMemory(Duration.ofMinutes(5)),
        LagObjectives.NONE,
        Clock.systemUTC());
  }

  private static RocketMqConfig config(Optional<Credentials> credentials) {
    return new RocketMqConfig(List.of(broker.nameServer()), credentials);
  }

  private static Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(10));
  }
}
