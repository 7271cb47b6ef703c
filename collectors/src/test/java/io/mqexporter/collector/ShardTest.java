package io.mqexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShardTest {

  private static final int NAMES = 10_000;

  @Test
  void eachNameBelongsToOneShare() {
    for (int total : new int[] {1, 2, 3, 4, 7, 64}) {
      List<Shard> shards = shards(total);

      assertThat(names())
          .allSatisfy(name -> {
            assertThat(shards.stream().filter(shard -> shard.ownsGroup("shop", name))).hasSize(1);
            assertThat(shards.stream().filter(shard -> shard.ownsDestination("shop", name)))
                .hasSize(1);
          });
      assertThat(shards.stream().filter(shard -> shard.ownsCluster("shop"))).hasSize(1);
    }
  }

  @Test
  void sharesAreOfAboutTheSameSize() {
    assertThat(shards(4))
        .allSatisfy(shard ->
            assertThat(names().filter(name -> shard.ownsGroup("shop", name)).count())
                .isBetween(NAMES / 4L - NAMES / 40, NAMES / 4L + NAMES / 40));
  }

  @Test
  void oneMoreTakesOnlyItsPart() {
    List<Shard> three = shards(3);
    List<Shard> four = shards(4);

    long moved =
        names()
            .filter(name ->
                IntStream.range(0, 3)
                    .anyMatch(i ->
                        three.get(i).ownsGroup("shop", name)
                            && !four.get(i).ownsGroup("shop", name)))
            .count();

    assertThat(moved)
        .isEqualTo(names().filter(name -> four.get(3).ownsGroup("shop", name)).count());
  }

  @Test
  void anAgentOfAnotherReleaseAgrees() {
    // Whoever changes these lets series jump while agents are replaced one by one.
    assertThat(owner(5, "billing")).isEqualTo(3);
    assertThat(owner(5, "orders")).isEqualTo(4);
    assertThat(owner(5, "größe")).isEqualTo(4);
  }

  @Test
  void thereIsNoShareBeyondTheTotal() {
    assertThatThrownBy(() -> new Shard(3, 3)).hasMessage("shard 3 of 3");
    assertThatThrownBy(() -> new Shard(-1, 3)).hasMessage("shard -1 of 3");
    assertThatThrownBy(() -> new Shard(0, 0)).hasMessage("shard 0 of 0");
  }

  private static int owner(int total, String group) {
    return IntStream.range(0, total)
        .filter(i -> new Shard(i, total).ownsGroup("shop", group))
        .findFirst()
        .orElseThrow();
  }

  private static List<Shard> shards(int total) {
    return IntStream.range(0, total).mapToObj(i -> new Shard(i, total)).toList();
  }

  private static Stream<String> names() {
    return IntStream.range(0, NAMES).mapToObj(i -> "group-" + i);
  }
}
