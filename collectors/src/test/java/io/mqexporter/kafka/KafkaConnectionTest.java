package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {

  @ParameterizedTest
  @ValueSource(strings = {"PT0.1S", "PT10S", "PT5M"})
  void theClientCanBeMadeForAnyTimeout(Duration timeout) throws CollectionException {
    try (var connection = connection()) {
      Admin admin = connection.admin(Deadline.after(timeout));
      assertThat(connection.admin(Deadline.after(timeout))).isSameAs(admin);
    }
  }

  @Test
  void aDiscardedClientIsMadeAnew() throws CollectionException {
    try (var connection = connection()) {
      Admin admin = connection.admin(Deadline.after(Duration.ofSeconds(1)));
      connection.discard();
      assertThat(connection.admin(Deadline.after(Duration.ofSeconds(1)))).isNotSameAs(admin);
      assertThat(connection.requestsSent()).isZero();
    }
  }

  private static KafkaConnection connection() {
    return new KafkaConnection(
        "shop", new KafkaConfig("127.0.0.1:1", Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS));
  }
}
