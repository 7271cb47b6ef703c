package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Missing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.Test;

class GapsTest {

  private final Gaps gaps = new Gaps();

  @Test
  void failuresAreOneLineForEachReason() {
    var failures = new LinkedHashMap<String, Throwable>();
    failures.put("a", new TimeoutException());
    failures.put("b", GroupAuthorizationException.forGroupId("b"));
    failures.put("c", new TimeoutException());
    gaps.add("committed offsets", "group", failures);
    assertThat(gaps.toList())
        .containsExactly(
            new Missing("committed offsets of 2 groups (a, c)", "no answer in time"),
            new Missing("committed offsets of 1 group (b)", "not allowed: no right to the group"));
  }

  @Test
  void onlyTheFirstNamesAreShown() {
    gaps.add("offsets", "partition", List.of(1, 2, 3, 4), "no leader");
    assertThat(gaps.toList())
        .containsExactly(new Missing("offsets of 4 partitions (1, 2, 3, ...)", "no leader"));
  }

  @Test
  void whatDidNotFailIsNotMissing() {
    gaps.add("offsets", "partition", List.of(), "no leader");
    assertThat(gaps.toList()).isEmpty();
  }
}
