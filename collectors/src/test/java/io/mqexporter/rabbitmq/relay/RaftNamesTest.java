package io.mqexporter.rabbitmq.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.relay.ExpositionReader;
import io.mqexporter.relay.RelayedFamily;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaftNamesTest {

  private static final String PAGE =
      """
      # TYPE rabbitmq_detailed_raft_term counter
      rabbitmq_detailed_raft_term 3
      rabbitmq_raft_log_commit_index 1
      """;

  @Test
  void raftMetricsHaveTheirFormerAndTheirNewNamesOnRequest() throws Exception {
    List<RelayedFamily> since =
        ExpositionReader.read(
            new ByteArrayInputStream(PAGE.getBytes(StandardCharsets.UTF_8)), true, (_, _) -> true);
    assertThat(RaftNames.BOTH.apply(since))
        .extracting(RelayedFamily::name)
        .containsExactlyInAnyOrder(
            "rabbitmq_detailed_raft_term",
            "rabbitmq_detailed_raft_term_total",
            "rabbitmq_raft_log_commit_index",
            "rabbitmq_raft_commit_index");
    assertThat(RaftNames.OWN.apply(since)).isEqualTo(since);
  }
}
