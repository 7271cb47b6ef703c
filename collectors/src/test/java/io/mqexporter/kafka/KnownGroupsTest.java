package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.GroupListing;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownGroupsTest {

  private static final GroupListing LED_BY_1 = listing(OptionalInt.of(1));
  private static final GroupListing LED_BY_2 = listing(OptionalInt.of(2));
  private static final GroupListing LEADERLESS = listing(OptionalInt.empty());
  private static final Group BILLING = Snapshots.committing("billing", new Commit("orders", 0, 5));

  private final KnownGroups groups = new KnownGroups();

  @Test
  void aGroupThatIsListedStaysAsItIs() {
    assertThat(complete(0, LED_BY_1, BILLING)).containsExactly(BILLING);
  }

  @Test
  void aGroupThatItsCoordinatorDoesNotListIsGone() {
    complete(0, LED_BY_1, BILLING);
    assertThat(complete(10, LED_BY_1)).isEmpty();
  }

  @Test
  void aGroupWhoseCoordinatorIsAwayIsUnknownAndKeepsItsTopics() {
    complete(0, LED_BY_1, BILLING);
    assertThat(complete(1000, LEADERLESS)).containsExactly(unknown());
    assertThat(complete(9000, LEADERLESS)).containsExactly(unknown());
  }

  @Test
  void aGroupIsUnknownWhileItsNewCoordinatorMayStillBeLoadingIt() {
    complete(0, LED_BY_1, BILLING);
    assertThat(complete(10, LED_BY_2)).containsExactly(unknown());
    assertThat(complete(100, LED_BY_2)).containsExactly(unknown());
    assertThat(complete(130, LED_BY_2)).isEmpty();
  }

  @Test
  void aCoordinatorThatCameBackMayStillBeLoading() {
    complete(0, LED_BY_1, BILLING);
    complete(1000, LEADERLESS);
    assertThat(complete(1010, LED_BY_1)).containsExactly(unknown());
    assertThat(complete(1020, LED_BY_1, BILLING)).containsExactly(BILLING);
    assertThat(complete(1030, LED_BY_1)).isEmpty();
  }

  @Test
  void aBrokerThatDidNotAnswerTakesNoGroupsAway() {
    complete(0, LED_BY_1, BILLING);
    assertThat(complete(10, new GroupListing(false, LED_BY_1.leaders())))
        .containsExactly(unknown());
  }

  @Test
  void aGroupsTopicThatCouldNotBeReadForOnceTakesNoGroupsAway() {
    complete(0, LED_BY_1, BILLING);
    assertThat(complete(10, new GroupListing(true, List.of()))).containsExactly(unknown());
  }

  @Test
  void whereTheGroupsTopicIsNeverReadAGroupThatIsNotListedIsGone() {
    complete(0, new GroupListing(true, List.of()), BILLING);
    assertThat(complete(10, new GroupListing(true, List.of()))).isEmpty();
  }

  @Test
  void aGroupWhoseOffsetsDidNotComeIsKnownByItsTopicsFromBefore() {
    complete(0, LED_BY_1, BILLING);
    var listed = new Group("billing", "classic", "Empty", Optional.empty(), new Progress.Unknown());
    assertThat(complete(10, LED_BY_1, listed))
        .singleElement()
        .extracting(Group::state, Group::progress)
        .containsExactly("Empty", unknown().progress());
  }

  private List<Group> complete(long second, GroupListing listing, Group... listed) {
    return groups.complete(Snapshots.at(Instant.ofEpochSecond(second), List.of(), listing, listed));
  }

  private static Group unknown() {
    return new Group(
        "billing",
        "classic",
        "Unknown",
        Optional.empty(),
        new Progress.Unknown(Set.of("orders"), Optional.of(Instant.EPOCH)));
  }

  private static GroupListing listing(OptionalInt leader) {
    return new GroupListing(true, List.of(leader));
  }
}
