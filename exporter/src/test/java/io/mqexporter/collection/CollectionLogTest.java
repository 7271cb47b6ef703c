package io.mqexporter.collection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mqexporter.collection.LeftOut.Reason;
import io.mqexporter.metric.Granularity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectionLogTest {

  private static final Target TARGET =
      new Target(
          "kafka",
          "orders",
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          new SeriesLimit(Granularity.PARTITION, 1000));

  private static final LeftOut TOO_MUCH = new LeftOut(Reason.BUDGET, List.of("kafka_lag"), 500);

  private final Logger logger = new LoggerContext().getLogger("test");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final CollectionLog log = new CollectionLog(logger, TARGET);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @Test
  void oneLineWhenTheBudgetIsExceededAndOneWhenItIsNoLonger() {
    log.stateOf(success());
    log.stateOf(success(TOO_MUCH));
    log.stateOf(success(TOO_MUCH));
    log.stateOf(success());
    log.stateOf(success());

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "orders (kafka): up, read whole in 5 ms",
            "orders (kafka): more series than max_series, 1000; left out: 500 series of kafka_lag",
            "orders (kafka): within max_series, 1000, again");
  }

  @Test
  void aFailureSaysNothingAboutTheBudget() {
    log.stateOf(success(TOO_MUCH));
    log.stateOf(new CollectionResult.Failure(TARGET, Instant.EPOCH, Duration.ZERO, 2, "refused"));
    log.stateOf(success(TOO_MUCH));

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("max_series"))
        .hasSize(1);
  }

  @Test
  void aGranularityThatIsSetIsNotWorthALine() {
    log.stateOf(success(new LeftOut(Reason.GRANULARITY, List.of("kafka_lag"), 500)));

    assertThat(lines.list).hasSize(1);
  }

  private static CollectionResult success(LeftOut... leftOut) {
    return new CollectionResult.Success(
        TARGET, Instant.EPOCH, Duration.ofMillis(5), 10, List.of(leftOut));
  }
}
