package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TransactionReaderTest {

  private static final Instant NOW = Instant.ofEpochSecond(1000);

  @Test
  void aTransactionOfASilentProducerThatNoCoordinatorKnowsHangs() {
    assertThat(hanging(producer(7, 900, OptionalLong.of(3))))
        .isEqualTo(Map.of("orders", Map.of(0, 1)));
  }

  @Test
  void oneThatACoordinatorKnowsDoesNot() {
    assertThat(hanging(producer(1, 900, OptionalLong.of(3)))).isEmpty();
  }

  @Test
  void oneWhoseProducerWasHeardOfOfLateMayHaveEndedMeanwhile() {
    assertThat(hanging(producer(7, 990, OptionalLong.of(3)))).isEmpty();
  }

  @Test
  void aProducerWithoutATransactionHoldsNobodyUp() {
    assertThat(hanging(producer(7, 900, OptionalLong.empty()))).isEmpty();
  }

  private static Map<String, Map<Integer, Integer>> hanging(ProducerState producer) {
    return TransactionReader.hanging(
        Map.of(new TopicPartition("orders", 0), List.of(producer)),
        List.of(new TransactionListing("known", 1, TransactionState.ONGOING)),
        NOW);
  }

  private static ProducerState producer(long id, long lastSecond, OptionalLong start) {
    return new ProducerState(id, 0, 0, lastSecond * 1000, OptionalInt.empty(), start);
  }
}
