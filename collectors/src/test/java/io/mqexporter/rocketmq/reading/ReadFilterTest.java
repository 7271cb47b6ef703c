package io.mqexporter.rocketmq.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadFilterTest {

  private static final Set<String> BROKERS = Set.of("broker-a", "cluster");
  private static final Set<String> GROUPS = Set.of("billing", "billing_eu", "tmp-1");
  private static final Map<Integer, Long> OFFSETS = Map.of(0, 1L);

  private static final ReadFilter FILTER =
      new ReadFilter(
          new NameFilter(List.of(Pattern.compile("orders.*")), List.of()),
          new NameFilter(List.of(), List.of(Pattern.compile("tmp-.*"))));

  @Test
  void topicsOfUsersAreReadByTheirNames() {
    assertThat(topics("orders", "orders-eu", "payments")).containsExactly("orders", "orders-eu");
  }

  @Test
  void retryAndDeadLetterTopicsFollowTheirGroup() {
    assertThat(
            topics(
                "%RETRY%billing",
                "%DLQ%billing",
                "%RETRY%billing_eu_orders",
                "%RETRY%tmp-1",
                "%RETRY%tmp-1_orders",
                "%DLQ%tmp-1"))
        .containsExactly("%DLQ%billing", "%RETRY%billing", "%RETRY%billing_eu_orders");
  }

  @Test
  void topicsOfTheBrokersAreKept() {
    assertThat(topics("TBW102", "broker-a")).containsExactly("TBW102", "broker-a");
  }

  @Test
  void groupsAreReadByTheirNames() {
    assertThat(FILTER.groups(Map.of("billing", 1, "tmp-1", 2))).isEqualTo(Map.of("billing", 1));
  }

  @Test
  void commitsAreReadWhereBothGroupAndTopicAre() {
    var read = new GroupTopic("billing", "orders");
    var retry = new GroupTopic("billing", "%RETRY%billing");
    var all =
        Map.of(
            read,
            OFFSETS,
            retry,
            OFFSETS,
            new GroupTopic("billing", "payments"),
            OFFSETS,
            new GroupTopic("tmp-1", "orders"),
            OFFSETS);

    Commits commits =
        FILTER.commits(new Commits(all, Optional.of(all), Set.of("billing")), BROKERS, GROUPS);

    Map<GroupTopic, Map<Integer, Long>> expected = Map.of(read, OFFSETS, retry, OFFSETS);
    assertThat(commits).isEqualTo(new Commits(expected, Optional.of(expected), Set.of("billing")));
  }

  private static List<String> topics(String... names) {
    Map<String, String> all =
        Stream.of(names).collect(Collectors.toMap(Function.identity(), Function.identity()));
    return FILTER.topics(all, BROKERS, GROUPS).keySet().stream().sorted().toList();
  }
}
