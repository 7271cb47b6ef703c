package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.brokers.Ports;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Brokers that answer what they should not, each on a socket. */
class RocketMqRefusalsIT {

  private static final List<String> CONSUMPTION = List.of("g", "t");
  private static final int MORE_THAN_THE_LIMIT = 65 << 20;

  private ScriptedRocketMq server;
  private RocketMqCollector collector;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedRocketMq.start();
    collector = RocketMqPass.collector(server.address());
  }

  @AfterEach
  void stop() throws IOException {
    collector.close();
    server.close();
  }

  @Test
  void readsWhatIsThereWithoutAnyFault() throws Exception {
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing()).isEmpty();
    assertThat(pass.values().of(RocketMqMetric.CONSUMER_LAG)).isEqualTo(Map.of(CONSUMPTION, 6.0));
    assertThat(pass.values().of(RocketMqBrokerMetric.SLAVES_CONNECTED))
        .isEqualTo(Map.of(List.of("a"), 0.0));
  }

  @Test
  void aBrokerThatIsBusyCostsOnlyWhatItDidNotAnswer() throws Exception {
    server.refuse(
        RequestCode.GET_ALL_CONSUMER_OFFSET,
        ResponseCode.SYSTEM_BUSY,
        "[OVERLOAD]system busy, start flow control for a while");
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing())
        .containsExactly(
            "committed offsets of broker a: %s: busy, request 43 was refused: [OVERLOAD]system busy, start flow control for a while"
                .formatted(server.address()));
    assertThat(pass.values().of(RocketMqMetric.CONSUMER_LAG)).isEmpty();
    assertThat(pass.values().of(RocketMqMetric.TOPIC_MAX_OFFSET)).hasSize(1);
    server.answer(RequestCode.GET_ALL_CONSUMER_OFFSET, "{\"offsetTable\":{\"t@g\":{0:9}}}");
    assertThat(RocketMqPass.of(collector).values().of(RocketMqMetric.CONSUMER_LAG))
        .isEqualTo(Map.of(CONSUMPTION, 1.0));
  }

  @Test
  void aMissingRightIsNamedAndCostsOnlyItsOwnFamilies() throws Exception {
    server.refuse(
        RequestCode.GET_CONSUMER_CONNECTION_LIST,
        ResponseCode.NO_PERMISSION,
        "User:monitor has no permission to access Group:g");
    server.refuse(RequestCode.GET_TOPIC_STATS_INFO, ResponseCode.NO_PERMISSION, "no right for t");
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing())
        .containsExactlyInAnyOrder(
            "clients of 1 consumer groups of broker a: %s: not permitted: User:monitor has no permission to access Group:g"
                .formatted(server.address()),
            "offsets of 1 topics of broker a: %s: not permitted: no right for t"
                .formatted(server.address()));
    assertThat(pass.values().of(RocketMqMetric.CONSUMER_COMMITTED)).hasSize(1);
    assertThat(pass.values().of(RocketMqMetric.CONSUMER_LAG)).isEmpty();
  }

  @Test
  void whatABrokerDoesNotKnowIsAskedForAgainOnlyAfterItHasStartedAnew() throws Exception {
    for (int code : new int[] {RequestCode.GET_BROKER_HA_STATUS, RequestCode.GET_TIMER_METRICS}) {
      server.refuse(code, ResponseCode.REQUEST_CODE_NOT_SUPPORTED, "not supported");
    }
    for (int i = 0; i < 3; i++) {
      assertThat(RocketMqPass.of(collector).missing()).isEmpty();
    }
    assertThat(server.asked(RequestCode.GET_BROKER_HA_STATUS)).isEqualTo(1);
    assertThat(server.asked(RequestCode.GET_TIMER_METRICS)).isEqualTo(1);
    server.started(2);
    server.answer(RequestCode.GET_BROKER_HA_STATUS, "{\"haConnectionInfo\":[]}");
    assertThat(RocketMqPass.of(collector).values().of(RocketMqBrokerMetric.SLAVES_CONNECTED))
        .hasSize(1);
    assertThat(server.asked(RequestCode.GET_BROKER_HA_STATUS)).isEqualTo(2);
    assertThat(server.asked(RequestCode.GET_TIMER_METRICS)).isEqualTo(2);
  }

  @Test
  void anAddressThatCannotBeReachedIsNamedWithTheSettingThatDecidesIt() throws Exception {
    String wrong = "127.0.0.1:" + Ports.free();
    server.layout("\"cluster\":\"c\",", server.address(), wrong);
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing())
        .containsExactly(
            "broker a#1: %s: connection refused (the address that the broker has registered; its brokerIP1 decides it)"
                .formatted(wrong));
    assertThat(pass.values().of(RocketMqBrokerMetric.BROKER_UP))
        .isEqualTo(Map.of(List.of("a", "0"), 1.0, List.of("a", "1"), 0.0));
    server.layout("\"cluster\":\"c\",", wrong, wrong);
    assertThatThrownBy(() -> RocketMqPass.of(collector))
        .isInstanceOf(CollectionException.class)
        .hasMessageStartingWith("broker " + wrong)
        .hasMessageContaining("brokerIP1");
  }

  @Test
  void aBrokerWithoutAClusterIsReadAllTheSame() throws Exception {
    server.layout("", server.address(), server.address());
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing()).isEmpty();
    assertThat(pass.values().of(RocketMqMetric.CONSUMER_LAG)).isEqualTo(Map.of(CONSUMPTION, 6.0));
  }

  @Test
  void anAnswerThatCannotBeUnderstoodCostsOnlyItself() throws Exception {
    server.answer(RequestCode.GET_ALL_CONSUMER_OFFSET, "{\"offsetTable\":{\"t@g\":{0:4}");
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing())
        .containsExactly(
            "committed offsets of broker a: %s: the answer to request 43 cannot be understood"
                .formatted(server.address()));
    assertThat(pass.values().of(RocketMqMetric.TOPIC_MAX_OFFSET)).hasSize(1);
  }

  @Test
  void aTopicThatIsDeletedDuringACollectionIsNotMissing() throws Exception {
    server.refuse(
        RequestCode.GET_TOPIC_STATS_INFO, ResponseCode.TOPIC_NOT_EXIST, "topic[t] not exist");
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing()).isEmpty();
    assertThat(pass.values().of(RocketMqMetric.TOPIC_MAX_OFFSET)).isEmpty();
    assertThat(pass.values().of(RocketMqMetric.CONSUMER_LAG)).isEmpty();
  }

  @Test
  void aFrameAboveTheLimitCostsTheBrokerAndNotTheAgent() throws Exception {
    server.answer(RequestCode.GET_ALL_CONSUMER_OFFSET, "x".repeat(MORE_THAN_THE_LIMIT));
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing())
        .contains(
            "broker a: %s: the connection broke before the answer came"
                .formatted(server.address()));
    assertThat(pass.values().of(RocketMqBrokerMetric.NAME_SERVER_UP).values()).containsOnly(1.0);
    server.answer(RequestCode.GET_ALL_CONSUMER_OFFSET, "{\"offsetTable\":{\"t@g\":{0:4}}}");
    assertThat(RocketMqPass.of(collector).missing()).isEmpty();
  }

  @Test
  void aFrameThatBreaksOffCostsTheBrokerUntilItsNextCollection() throws Exception {
    behindProxy(proxy -> {
      proxy.set(TcpProxy.Mode.RESET);
      RocketMqPass pass = RocketMqPass.of(collector);
      assertThat(pass.missing())
          .singleElement()
          .asString()
          .startsWith("broker a: 127.0.0.1:" + proxy.port());
      assertThat(pass.values().of(RocketMqBrokerMetric.BROKER_UP))
          .containsEntry(List.of("a", "0"), 0.0)
          .containsEntry(List.of("a", "1"), 1.0);
      proxy.set(TcpProxy.Mode.FORWARD);
      assertThat(RocketMqPass.of(collector).missing()).isEmpty();
    });
  }

  @Test
  void aBrokerThatHangsCostsTheOthersNothing() throws Exception {
    behindProxy(proxy -> {
      RocketMqPass.of(collector);
      proxy.set(TcpProxy.Mode.HANG);
      Collected collected = collector.collect(Deadline.after(Duration.ofSeconds(4)));
      assertThat(collected.missing())
          .singleElement()
          .satisfies(missing -> {
            assertThat(missing.what()).isEqualTo("broker a");
            assertThat(missing.why()).startsWith("127.0.0.1:" + proxy.port() + ": no answer");
          });
      assertThat(new MetricValues(collected.families()).of(RocketMqBrokerMetric.BROKER_UP))
          .isEqualTo(Map.of(List.of("a", "0"), 0.0, List.of("a", "1"), 1.0));
    });
  }

  private interface Faults {
    void of(TcpProxy proxy) throws Exception;
  }

  /** Registers the master at the address of a proxy; its slave is reached without. */
  private void behindProxy(Faults faults) throws Exception {
    try (var proxy = TcpProxy.start(0, URI.create("tcp://" + server.address()).getPort())) {
      server.layout("\"cluster\":\"c\",", "127.0.0.1:" + proxy.port(), server.address());
      faults.of(proxy);
    }
  }

  @Test
  void anIdleTopicIsAskedForOnceWhereTheLogStandsStill() throws Exception {
    server.answer(
        RequestCode.GET_BROKER_RUNTIME_INFO,
        """
        {"table":{"commitLogMinOffset":"0","commitLogMaxOffset":"100","dispatchBehindBytes":"0"}}
        """);
    for (int i = 0; i < 3; i++) {
      assertThat(RocketMqPass.of(collector).values().of(RocketMqMetric.CONSUMER_LAG))
          .isEqualTo(Map.of(CONSUMPTION, 6.0));
    }
    assertThat(server.asked(RequestCode.GET_TOPIC_STATS_INFO)).isEqualTo(1);
    server.answer(RequestCode.GET_ALL_CONSUMER_OFFSET, "{\"offsetTable\":{\"t@g\":{0:5}}}");
    assertThat(RocketMqPass.of(collector).values().of(RocketMqMetric.CONSUMER_LAG))
        .isEqualTo(Map.of(CONSUMPTION, 5.0));
    assertThat(server.asked(RequestCode.GET_TOPIC_STATS_INFO))
        .as("a commit may be for a message that was written since")
        .isEqualTo(2);
  }

  @Test
  void aNameServerThatHangsCostsASecond() throws Exception {
    try (var silent = new SilentServer();
        var both =
            RocketMqPass.collector("127.0.0.1:%d;%s".formatted(silent.port(), server.address()))) {
      long start = System.nanoTime();
      RocketMqPass pass = RocketMqPass.of(both);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(pass.missing())
          .singleElement()
          .asString()
          .startsWith("name server 127.0.0.1:" + silent.port())
          .contains("no answer within");
      assertThat(pass.values().of(RocketMqMetric.CONSUMER_LAG)).hasSize(1);
      start = System.nanoTime();
      pass = RocketMqPass.of(both);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("while it goes on hanging, it costs little")
          .isLessThan(Duration.ofMillis(900));
      assertThat(pass.missing())
          .containsExactly(
              "name server 127.0.0.1:%1$d: 127.0.0.1:%1$d: no answer within 0.1 s after another one's"
                  .formatted(silent.port()));
    }
  }
}
