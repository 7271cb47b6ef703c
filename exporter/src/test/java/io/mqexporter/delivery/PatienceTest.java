package io.mqexporter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PatienceTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("test.receiver");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final ReceiverState state = new ReceiverState("elasticsearch", "log events", logger);

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void aStateIsSaidOnceHoweverManyAttemptsItTakes() throws InterruptedException {
    var patience = new Patience(state, Duration.ofMillis(1), Duration.ofMillis(4), new Random(1));
    Queue<String> troubles = new ArrayDeque<>(List.of("no connection", "status 503", "status 503"));

    String result =
        patience.untilDone(() -> {
          if (!troubles.isEmpty()) {
            throw new UnavailableException(troubles.remove());
          }
          return "done";
        });

    assertThat(result).isEqualTo("done");
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "elasticsearch: no connection: log events wait until it works again",
            "elasticsearch: takes log events again, after 0 s");
    assertThat(state.away()).isZero();
  }

  @Test
  void anAnswerFromBeforeTheFailureSaysNothing() {
    long before = System.nanoTime();
    state.failed("no connection");
    state.answered(before);

    assertThat(state.away()).isPositive();
    assertThat(lines.list).hasSize(1);
  }

  @Test
  void pausesGrowToALimitAndAreNotTheSameForAll() {
    var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), new Random(1));
    List<Long> pauses = IntStream.range(0, 40).mapToObj(_ -> backoff.next().toMillis()).toList();

    assertThat(pauses.getFirst()).isBetween(100L, 200L);
    assertThat(pauses.get(3)).isBetween(800L, 1_600L);
    assertThat(pauses.subList(8, 40)).allMatch(millis -> millis >= 15_000 && millis <= 30_000);
    assertThat(pauses.subList(8, 40)).hasSizeGreaterThan(1).doesNotHaveDuplicates();
  }

  @Test
  void aServerThatWantsToBeLeftAloneForAnHourIsNot() throws InterruptedException {
    var backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), new Random(1));
    long start = System.nanoTime();
    backoff.pause(Duration.ofHours(1));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }
}
