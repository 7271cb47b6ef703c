package io.mqexporter.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.BrokerAddress;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.metric.FamilyText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JmxCollectorTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final String STATE = "kafka.server:type=KafkaServer,name=BrokerState";

  @Test
  void readsWhatTheMBeansSayAndNamesTheBroker() throws Exception {
    try (TestJvm jvm = TestJvm.broker(7, 3);
        JmxCollector collector = collector(List.of(jvm.address()))) {
      Collected collected = collector.collect(Deadline.after(LONG));

      assertThat(collected.missing()).isEmpty();
      assertThat(FamilyText.of(collected.families(), name -> name.startsWith("kafka_network")))
          .isEqualTo(
              "kafka_network_requestchannel_requestqueuesize{messaging_cluster=\"orders\",jvm=\"%s\",broker=\"7\"} 3\n"
                  .formatted(jvm.address()));
    }
  }

  @Test
  void findsTheBrokersOfTheCluster() throws Exception {
    try (TestJvm jvm = TestJvm.broker(7, 3);
        var collector =
            new JmxCollector(
                "orders",
                Settings.fixed(config(List.of(), OptionalInt.of(jvm.port()), 10)),
                () -> List.of(new BrokerAddress("127.0.0.1")))) {
      assertThat(collector.collect(Deadline.after(LONG)).families()).hasSize(3);
    }
  }

  @Test
  void saysThatNoBrokerIsKnownYet() {
    try (var collector =
        new JmxCollector(
            "orders", Settings.fixed(config(List.of(), OptionalInt.of(1), 10)), List::of)) {
      assertThatThrownBy(() -> collector.collect(Deadline.after(LONG)))
          .isInstanceOf(CollectionException.class)
          .hasMessage("no broker is known yet of which the JMX port could be read");
    }
  }

  @Test
  void saysThatNobodyListens() {
    int port = TestJvm.freePort();
    try (JmxCollector collector = collector(List.of("127.0.0.1:" + port))) {
      assertThatThrownBy(() -> collector.collect(Deadline.after(LONG)))
          .isInstanceOf(CollectionException.class)
          .hasMessageStartingWith("127.0.0.1:%d: no connection: ", port);
    }
  }

  @Test
  void saysThatThePasswordIsWrongAndTakesTheRightOne() throws Exception {
    try (TestJvm jvm = TestJvm.startWithPassword("right").with(TestJvm.QUEUE, TestMBean.value(1))) {
      try (JmxCollector collector = withPassword(jvm, "wrong")) {
        assertThatThrownBy(() -> collector.collect(Deadline.after(LONG)))
            .hasMessage(
                jvm.address() + ": refused: wrong user or password, or one without the right");
      }
      try (JmxCollector collector = withPassword(jvm, "right")) {
        assertThat(collector.collect(Deadline.after(LONG)).families()).hasSize(2);
      }
    }
  }

  @Test
  void fortyJvmsArriveWhileTenAcceptAndNeverAnswer() throws Exception {
    var jvms = new ArrayList<TestJvm>();
    var silent = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < 10; i++) {
        silent.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      }
      IntStream.range(0, 40).forEach(id -> jvms.add(TestJvm.broker(id, 1)));
      var addresses = new ArrayList<>(jvms.stream().map(TestJvm::address).toList());
      silent.forEach(socket -> addresses.add("127.0.0.1:" + socket.getLocalPort()));
      try (JmxCollector collector = collector(addresses)) {
        for (int pass = 0; pass < 3; pass++) {
          Collected collected = collector.collect(Deadline.after(Duration.ofSeconds(5)));

          assertThat(collected.families().getFirst().samples()).hasSize(40);
          assertThat(collected.missing()).hasSize(10);
          assertThat(collected.missing())
              .extracting(Missing::why)
              .containsOnly("did not answer in time");
        }
      }
    } finally {
      jvms.forEach(TestJvm::close);
      for (ServerSocket socket : silent) {
        closeQuietly(socket);
      }
    }
  }

  @Test
  void showsWhatItHasWhenAnMBeanHangs() throws Exception {
    var never = new CountDownLatch(1);
    var hangs =
        new TestMBean()
            .gives(
                "Value",
                () -> {
                  never.await();
                  return 0;
                });
    try (TestJvm jvm = TestJvm.broker(7, 3).with(STATE, hangs);
        JmxCollector collector = collector(List.of(jvm.address()))) {
      Collected collected = collector.collect(Deadline.after(SHORT));

      assertThat(collected.families()).hasSize(3);
      assertThat(collected.missing())
          .containsExactly(
              new Missing(jvm.address() + ": 1 of 3 MBeans", "did not answer in time"));
    } finally {
      never.countDown();
    }
  }

  @Test
  void namesAnMBeanThatThrowsAndAnAttributeThatVanished() throws Exception {
    var state = new TestMBean().gives("Value", () -> 3);
    try (TestJvm jvm = TestJvm.broker(7, 3).with(STATE, state);
        JmxCollector collector = collector(List.of(jvm.address()))) {
      assertThat(collector.collect(Deadline.after(LONG)).missing()).isEmpty();

      state.without("Value");
      assertThat(collector.collect(Deadline.after(LONG)).missing())
          .containsExactly(
              new Missing(
                  jvm.address() + ": 1 attributes, such as Value of " + STATE,
                  "not there any more"));

      state.gives(
          "Value",
          () -> {
            throw new IllegalStateException("broken");
          });
      Collected collected = collector.collect(Deadline.after(LONG));
      assertThat(collected.families()).hasSize(3);
      assertThat(collected.missing())
          .extracting(Missing::what)
          .contains(jvm.address() + ": 1 MBeans, such as " + STATE);
    }
  }

  @Test
  void forgetsAnMBeanThatIsGone() throws Exception {
    try (TestJvm jvm = TestJvm.broker(7, 3).with(STATE, TestMBean.value(3));
        JmxCollector collector = collector(List.of(jvm.address()))) {
      assertThat(collector.collect(Deadline.after(LONG)).families()).hasSize(4);

      jvm.remove(STATE);
      Collected collected = collector.collect(Deadline.after(LONG));

      assertThat(collected.families()).hasSize(3);
      assertThat(collected.missing()).isEmpty();
    }
  }

  @Test
  void boundsHowManyMBeansAreReadAndSaysSo() throws Exception {
    try (TestJvm jvm = TestJvm.start()) {
      for (int i = 0; i < 25; i++) {
        jvm.with("kafka.network:type=Acceptor,name=AcceptorBlockedPercent,listener=L" + i, rate());
      }
      try (JmxCollector collector = collector(List.of(jvm.address()))) {
        Collected collected = collector.collect(Deadline.after(LONG));

        assertThat(collected.families().getFirst().samples()).hasSize(10);
        assertThat(collected.missing())
            .containsExactly(
                new Missing(jvm.address() + ": 15 of 25 MBeans", "more than max_mbeans, 10"));
      }
    }
  }

  @Test
  void tellsOfThreadsThatWaitForEachOther() throws Exception {
    var threads =
        new TestMBean()
            .gives("ThreadCount", () -> 9)
            .gives("findDeadlockedThreads", () -> new long[] {4, 5});
    try (TestJvm jvm = TestJvm.start().with("java.lang:type=Threading", threads);
        JmxCollector collector = collector(List.of(jvm.address()))) {
      assertThat(
              FamilyText.of(
                  collector.collect(Deadline.after(LONG)).families(),
                  name -> name.equals("messaging_jvm_threads_deadlocked")))
          .endsWith(" 2\n");
    }
  }

  @Test
  void readsAnotherJvmOnTheSamePortAtOnce() throws Exception {
    try (TestJvm jvm = TestJvm.broker(1, 5);
        JmxCollector collector = collector(List.of(jvm.address()))) {
      assertThat(FamilyText.of(collector.collect(Deadline.after(LONG)).families()))
          .contains("broker=\"1\"} 5");

      jvm.replace().asBroker(2, 6);
      assertThat(FamilyText.of(collector.collect(Deadline.after(LONG)).families()))
          .contains("broker=\"2\"} 6");
    }
  }

  @Test
  void leavesAJvmAloneForAWhileAfterAFailure() throws Exception {
    var attempts = new AtomicInteger();
    try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        JmxCollector collector = collector(List.of("127.0.0.1:" + socket.getLocalPort()))) {
      Thread.ofVirtual().start(() -> countAndClose(socket, attempts));
      for (int pass = 0; pass < 20; pass++) {
        assertThatThrownBy(() -> collector.collect(Deadline.after(SHORT)))
            .isInstanceOf(CollectionException.class);
      }
      assertThat(attempts).hasValueLessThan(20);
    }
  }

  private static void countAndClose(ServerSocket socket, AtomicInteger attempts) {
    try {
      while (true) {
        socket.accept().close();
        attempts.incrementAndGet();
      }
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestMBean rate() {
    return new TestMBean().gives("OneMinuteRate", () -> 0.5);
  }

  private static JmxCollector withPassword(TestJvm jvm, String password) {
    var credentials = new JmxConfig.Credentials("monitor", new Secret(password));
    var config =
        new JmxConfig(
            List.of(jvm.address()),
            OptionalInt.empty(),
            Optional.of(credentials),
            Optional.empty(),
            Optional.empty(),
            10);
    return new JmxCollector("orders", Settings.fixed(config), List::of);
  }

  private static JmxCollector collector(List<String> addresses) {
    return new JmxCollector(
        "orders", Settings.fixed(config(addresses, OptionalInt.empty(), 10)), List::of);
  }

  private static JmxConfig config(List<String> addresses, OptionalInt port, int maxMbeans) {
    return new JmxConfig(
        addresses, port, Optional.empty(), Optional.empty(), Optional.empty(), maxMbeans);
  }
}
