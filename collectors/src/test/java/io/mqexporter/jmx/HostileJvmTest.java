package io.mqexporter.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Settings;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listens there is no JVM that means well. */
@Timeout(60)
class HostileJvmTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  /** What a JVM sends in the hope that it is read: reading it runs code. */
  private static final class Exploit implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    private static final AtomicInteger runs = new AtomicInteger();

    private final String[] payload = {"rm", "-rf"};

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      runs.addAndGet(payload.length);
    }
  }

  private static final class Foreign extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;
  }

  @Test
  void objectsOfOtherClassesAreNeverMadeAndTheRestIsRead() throws Exception {
    try (TestJvm jvm = listeners(50)) {
      jvm.with(acceptor("evil"), new TestMBean().gives("OneMinuteRate", Exploit::new));
      jvm.with(
          acceptor("evil-proxy"),
          new TestMBean()
              .gives(
                  "OneMinuteRate",
                  () ->
                      java.lang.reflect.Proxy.newProxyInstance(
                          HostileJvmTest.class.getClassLoader(),
                          new Class<?>[] {Comparable.class},
                          (Serializable & java.lang.reflect.InvocationHandler)
                              (_, _, _) -> Exploit.runs.incrementAndGet())));
      try (JmxCollector collector = collector(jvm.address())) {
        Collected collected = collector.collect(Deadline.after(LONG));

        assertThat(collected.families().getFirst().samples()).hasSize(50);
        assertThat(collected.missing()).hasSize(1);
        assertThat(collected.missing().getFirst().what())
            .startsWith(jvm.address() + ": 2 MBeans, such as kafka.network:type=Acceptor");
        assertThat(collected.missing().getFirst().why())
            .matches("is a (io.mqexporter.*Exploit|proxy), which is not read");
        assertThat(Exploit.runs).hasValue(0);
      }
    }
  }

  @Test
  void anExceptionOfAnotherClassIsNamed() throws Exception {
    try (TestJvm jvm = listeners(1)) {
      jvm.with(
          acceptor("odd"),
          new TestMBean()
              .gives(
                  "OneMinuteRate",
                  () -> {
                    throw new Foreign();
                  }));
      try (JmxCollector collector = collector(jvm.address())) {
        Collected collected = collector.collect(Deadline.after(LONG));

        assertThat(collected.families().getFirst().samples()).hasSize(1);
        assertThat(collected.missing())
            .containsExactly(
                new Missing(
                    jvm.address() + ": 1 MBeans, such as " + acceptor("odd"),
                    "failed with a %s, which is not read".formatted(Foreign.class.getName())));
      }
    }
  }

  @Test
  void oneMBeanThatHangsHoldsUpNoOther() throws Exception {
    var never = new CountDownLatch(1);
    var hangs =
        new TestMBean()
            .gives(
                "OneMinuteRate",
                () -> {
                  never.await();
                  return 0;
                });
    try (TestJvm jvm = listeners(100).with(acceptor("L0-hangs"), hangs);
        JmxCollector collector = collector(jvm.address())) {
      Collected collected = collector.collect(Deadline.after(Duration.ofSeconds(4)));

      assertThat(collected.families().getFirst().samples()).hasSize(100);
      assertThat(collected.missing())
          .containsExactly(
              new Missing(jvm.address() + ": 1 of 101 MBeans", "did not answer in time"));
    } finally {
      never.countDown();
    }
  }

  @Test
  void boundsAHundredThousandMBeans() throws Exception {
    try (TestJvm jvm = listeners(100_000);
        JmxCollector collector = collector(jvm.address())) {
      Collected collected = collector.collect(Deadline.after(Duration.ofSeconds(50)));

      assertThat(collected.families().getFirst().samples()).hasSize(1_000);
      assertThat(collected.missing())
          .containsExactly(
              new Missing(
                  jvm.address() + ": 99000 of 100000 MBeans", "more than max_mbeans, 1000"));
    }
  }

  @Test
  void saysThatThePortSpeaksSomethingElse() throws Exception {
    try (var http = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(http));
      String address = "127.0.0.1:" + http.getLocalPort();
      try (JmxCollector collector = collector(address)) {
        assertThatThrownBy(() -> collector.collect(Deadline.after(LONG)))
            .hasMessage(address + ": speaks no RMI: it demands TLS, or is no JMX port");
      }
    }
  }

  private static void refuse(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[7]);
      socket.getOutputStream().write("HTTP/1.1 400\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatCannotBeSentIsNamedAndTheRestIsRead() throws Exception {
    try (TestJvm jvm = listeners(50)) {
      jvm.with(acceptor("L0-odd"), new TestMBean().gives("OneMinuteRate", Object::new));
      try (JmxCollector collector = collector(jvm.address())) {
        for (int pass = 0; pass < 2; pass++) {
          Collected collected = collector.collect(Deadline.after(LONG));

          assertThat(collected.families().getFirst().samples()).hasSize(50);
          assertThat(collected.missing())
              .containsExactly(
                  new Missing(
                      jvm.address() + ": 1 MBeans, such as " + acceptor("L0-odd"),
                      "gives what cannot be sent: java.lang.Object"));
        }
      }
    }
  }

  private static TestJvm listeners(int count) {
    TestJvm jvm = TestJvm.start();
    for (int i = 0; i < count; i++) {
      jvm.with(acceptor("L" + i), new TestMBean().gives("OneMinuteRate", () -> 0.5));
    }
    return jvm;
  }

  private static String acceptor(String listener) {
    return "kafka.network:type=Acceptor,name=AcceptorBlockedPercent,listener=" + listener;
  }

  private static JmxCollector collector(String address) {
    var config =
        new JmxConfig(
            List.of(address),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1_000);
    return new JmxCollector("orders", Settings.fixed(config), List::of);
  }
}
