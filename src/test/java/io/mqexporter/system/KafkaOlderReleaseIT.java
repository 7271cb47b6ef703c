package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaRelease;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaMetric;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds what is collected from a broker of an older release against Kafka's own tools. */
class KafkaOlderReleaseIT {

  private static final List<String> PROTOCOLS = List.of("classic");

  @Test
  void everythingEqualsWhatTheToolsFind() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KafkaOlderReleaseIT: again with -Dseed=" + seed);
    try (var cluster = KafkaCluster.start("kafka-3.9", KafkaSetup.of(1).of(KafkaRelease.V3_9));
        KafkaShapes _ =
            KafkaShapes.create(
                cluster.bootstrapServers(), new KafkaShapes.Extent(12, 1, 20, 3, PROTOCOLS), seed);
        KafkaCollector collector = KafkaPass.collector(cluster)) {
      MetricValues values = KafkaPass.whole(collector).values();
      assertThat(values.of(KafkaMetric.GROUP_STATE)).hasSizeGreaterThan(15);
      var differences = new KafkaDifferences(cluster.bootstrapServers(), values);
      assertThat(differences.offsets()).isEmpty();
      assertThat(differences.groups(PROTOCOLS)).isEmpty();
      assertThat(differences.partitions()).isEmpty();
      assertThat(differences.sizes()).isEmpty();
    }
  }
}
