package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {

  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  @ParameterizedTest
  @ValueSource(strings = {"PT0.1S", "PT10S", "PT5M"})
  void theClientCanBeMadeForAnyTimeout(Duration timeout) throws Exception {
    // The first of a JVM takes as long as its classes take to be loaded.
    try (var first = connection()) {
      first.admin(deadline());
    }
    try (var connection = connection()) {
      Admin admin = connection.admin(Deadline.after(timeout));
      assertThat(connection.admin(Deadline.after(timeout))).isSameAs(admin);
    }
  }

  @Test
  void aDiscardedClientIsMadeAnew() throws Exception {
    try (var connection = connection()) {
      Admin admin = connection.admin(deadline());
      connection.discard();
      assertThat(connection.admin(deadline())).isNotSameAs(admin);
      assertThat(connection.requestsSent()).isZero();
    }
  }

  @Test
  void aClientIsMadeAnewWhenTheSettingsHaveChanged() throws Exception {
    var settings = new AtomicReference<>(new Edition<>(config(Map.of()), 1));
    try (var connection = new KafkaConnection("shop", settings::get)) {
      Admin first = connection.admin(deadline());
      settings.set(new Edition<>(config(Map.of()), 2));
      Admin second = connection.admin(deadline());
      assertThat(second).isNotSameAs(first);
      assertThat(connection.admin(deadline())).isSameAs(second);
    }
  }

  @Test
  void theFormerClientStaysWhileNoneCanBeMadeOfTheNewSettings() throws Exception {
    var settings = new AtomicReference<>(new Edition<>(config(Map.of()), 1));
    try (var connection = new KafkaConnection("shop", settings::get)) {
      Admin first = connection.admin(deadline());
      settings.set(new Edition<>(config(Map.of("security.protocol", "NONE")), 2));
      assertThat(connection.admin(deadline())).isSameAs(first);
      settings.set(new Edition<>(config(Map.of()), 3));
      assertThat(connection.admin(deadline())).isNotSameAs(first);
    }
  }

  @Test
  void aLoginThatHangsCostsNoMoreThanTheTimeOfACollection() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var connection =
            new KafkaConnection("shop", Settings.fixed(config(oauth(silent.getLocalPort()))))) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> connection.admin(Deadline.after(Duration.ofSeconds(1))))
          .isInstanceOf(CollectionException.class)
          .hasMessage("Kafka at 127.0.0.1:1: no answer to the login in time");
      assertThat(connection.requestsSent()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void whatTheOAuthClientIsToldToUseIsAllowed() {
    System.clearProperty(ALLOWED_URLS);
    AllowedResources.allow(Map.of("sasl.oauthbearer.token.endpoint.url", "http://login/token"));
    AllowedResources.allow(Map.of());
    AllowedResources.allow(Map.of("sasl.oauthbearer.token.endpoint.url", "file:///token"));
    assertThat(System.clearProperty(ALLOWED_URLS)).isEqualTo("http://login/token,file:///token");
  }

  private static Map<String, String> oauth(int port) {
    String oauth = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLogin";
    return Map.of(
        "security.protocol", "SASL_PLAINTEXT",
        "sasl.mechanism", "OAUTHBEARER",
        "sasl.oauthbearer.token.endpoint.url", "http://127.0.0.1:" + port,
        "sasl.login.callback.handler.class", oauth + "CallbackHandler",
        "sasl.jaas.config", oauth + "Module required clientId=a clientSecret=b;");
  }

  private static Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(5));
  }

  private static KafkaConnection connection() {
    return new KafkaConnection("shop", Settings.fixed(config(Map.of())));
  }

  private static KafkaConfig config(Map<String, String> properties) {
    return new KafkaConfig("127.0.0.1:1", properties, KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS);
  }
}
