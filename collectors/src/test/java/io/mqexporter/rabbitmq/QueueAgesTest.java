package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.metric.FamilyText;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueAgesTest {

  private final ClusterMemory memory = new ClusterMemory(Duration.ofMinutes(10));

  @Test
  void anAgeLiesBetweenTheCollectionsAroundTheMessage() {
    observe(0, "quorum", 100, 0);
    observe(10, "quorum", 110, 10);
    assertThat(text(30, "quorum", 120, 15))
        .isEqualTo(
            """
            rabbitmq_queue_oldest_message_age_min_seconds{messaging_cluster="shop",vhost="/",queue="q"} 20
            rabbitmq_queue_oldest_message_age_max_seconds{messaging_cluster="shop",vhost="/",queue="q"} 30
            """);
  }

  @Test
  void aMessageFromBeforeTheFirstCollectionHasNoUpperBound() {
    observe(0, "stream", 100, 100);
    assertThat(text(60, "stream", 100, 100))
        .isEqualTo(
            """
            rabbitmq_queue_oldest_message_age_min_seconds{messaging_cluster="shop",vhost="/",queue="q"} 60
            """);
  }

  @Test
  void nothingIsSaidOfAnEmptyQueueAndOfOneThatTellsItself() {
    observe(0, "classic", 5, 0);
    assertThat(text(10, "classic", 5, 0)).isEmpty();
    RabbitMqSnapshot told = snapshot(20, "classic", 6, 1, ",\"head_message_timestamp\":1700000000");
    memory.observe(RabbitMqClusterState.of("shop", told));
    assertThat(FamilyText.of(QueueAges.of("shop", told, memory))).isEmpty();
  }

  private void observe(int seconds, String type, int published, int held) {
    memory.observe(RabbitMqClusterState.of("shop", snapshot(seconds, type, published, held, "")));
  }

  private String text(int seconds, String type, int published, int held) {
    observe(seconds, type, published, held);
    return FamilyText.of(
        QueueAges.of("shop", snapshot(seconds, type, published, held, ""), memory));
  }

  private static RabbitMqSnapshot snapshot(
      int seconds, String type, int published, int held, String further) {
    return Snapshots.ofQueues(
        Snapshots.START.plusSeconds(seconds),
        """
        [{"vhost":"/","name":"q","type":"%s","messages":%d,"message_stats":{"publish":%d}%s}]
        """
            .formatted(type, held, published, further));
  }
}
