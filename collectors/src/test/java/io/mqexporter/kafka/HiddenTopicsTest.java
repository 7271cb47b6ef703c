package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.NameFilter;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HiddenTopicsTest {

  private final HiddenTopics topics = new HiddenTopics();

  @Test
  void aTopicThatHasLogsAndIsNotListedTwiceIsHidden() {
    assertThat(find(Set.of("a", "b"), Set.of("a"))).isEmpty();
    assertThat(find(Set.of("a", "b"), Set.of("a"))).containsExactly("b");
  }

  @Test
  void aTopicThatIsBeingCreatedOrDeletedIsNot() {
    find(Set.of("created", "deleted"), Set.of());
    assertThat(find(Set.of("created"), Set.of("created"))).isEmpty();
    assertThat(find(Set.of("created", "deleted"), Set.of("created"))).isEmpty();
  }

  @Test
  void aTopicThatIsNotToBeReadIsNot() {
    var filter = new NameFilter(List.of(), List.of(Pattern.compile("b")));
    topics.find(Set.of("b", "c"), Set.of(), filter);
    assertThat(topics.find(Set.of("b", "c"), Set.of(), filter)).containsExactly("c");
  }

  private List<String> find(Set<String> withLogs, Set<String> listed) {
    return topics.find(withLogs, listed, NameFilter.ALL);
  }
}
