package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Shard;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.TopicCommits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

final class GroupReaderTest {

  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void commitsArePutTogetherWhileTheCommonPoolIsBusy() throws Exception {
    var gaps = new Gaps();
    var reader =
        new GroupReader(
            NameFilter.ALL, NameFilter.ALL, new WantedTopics("test", Shard.WHOLE), gaps);
    var request =
        new GroupRequest(
            Map.of(),
            Map.of(
                "billing",
                KafkaFuture.completedFuture(
                    Map.of(new TopicPartition("orders", 0), new OffsetAndMetadata(7)))),
            Map.of());
    var listing =
        new GroupListing(
            "billing", Optional.of(GroupType.CLASSIC), "", Optional.of(GroupState.EMPTY));
    Stage stage = Stage.until(Deadline.after(Duration.ofSeconds(5)), 1);
    var release = new CountDownLatch(1);
    occupyCommonPool(release);
    try {
      GroupReader.Answered answered =
          reader.await(request, Set.of(), new Persistence(() -> 0, 1, () -> {}), stage);
      List<Group> groups =
          reader.groups(new GroupReader.Listed(List.of(listing), true, Set.of()), answered);
      assertThat(groups)
          .extracting(Group::progress)
          .containsExactly(new Progress.Committed(commits()));
      assertThat(gaps.toList()).isEmpty();
    } finally {
      release.countDown();
    }
  }

  private static List<TopicCommits> commits() {
    var commits = new TopicCommits.Sorter();
    commits.add("orders", 0, 7);
    return commits.sorted();
  }

  private static void occupyCommonPool(CountDownLatch release) throws InterruptedException {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    int threads = Math.max(1, pool.getParallelism());
    var occupied = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      pool.execute(() -> {
        occupied.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    }
    occupied.await();
  }
}
