package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PersistenceTest {

  private final AtomicLong requests = new AtomicLong(1000);
  private final AtomicInteger discarded = new AtomicInteger();
  private final Persistence persistence =
      new Persistence(requests::get, 100, discarded::incrementAndGet);

  @Test
  void aClientThatGetsNoFurtherIsDiscarded() {
    Persistence.Watch watch = persistence.watch();
    watch.check(() -> 5);
    requests.addAndGet(100);
    watch.check(() -> 5);
    assertThat(discarded).hasValue(0);
    requests.addAndGet(1);
    watch.check(() -> 5);
    assertThat(discarded).hasValue(1);
  }

  @Test
  void aClientThatGetsFurtherMayAskOn() {
    Persistence.Watch watch = persistence.watch();
    var answers = new AtomicLong();
    while (answers.incrementAndGet() < 10) {
      requests.addAndGet(90);
      watch.check(answers::get);
    }
    assertThat(discarded).hasValue(0);
  }

  @Test
  void aClientThatMustAskForEachKeyAloneMayAskMore() {
    Persistence.Watch watch = persistence.forEach(1000).watch();
    watch.check(() -> 0);
    requests.addAndGet(2100);
    watch.check(() -> 0);
    assertThat(discarded).hasValue(0);
    requests.addAndGet(1);
    watch.check(() -> 0);
    assertThat(discarded).hasValue(1);
  }
}
