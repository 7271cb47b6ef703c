package io.mqexporter.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Settings;
import io.mqexporter.jmx.rules.RuleException;
import io.mqexporter.jmx.rules.RuleFile;
import io.mqexporter.metric.FamilyText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule files of jmx_exporter, applied to MBeans that a test chooses. */
@Timeout(60)
class RulesTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private static final String METERS =
      """
      lowercaseOutputName: true
      includeObjectNames: ["app:*"]
      rules:
        - pattern: app<type=(\\w+), topic=(\\w+)><>Count
          name: app_$1_total
          type: COUNTER
          help: How often.
          labels: {topic: $2}
        - pattern: app<type=(\\w+), topic=(\\w+)><>State
          name: app_$1_state
          labels: {topic: $2, jvm: its own}
      """;

  @Test
  void whatTheRulesMakeIsThereFromTheFirstPassOn() throws Exception {
    try (TestJvm jvm =
            TestJvm.broker(7, 3).with(meter("a"), counts(5)).with(meter("b"), counts(6));
        JmxCollector collector = collector(METERS, 100, jvm)) {
      for (int pass = 0; pass < 3; pass++) {
        Collected collected = collector.collect(Deadline.after(LONG));

        assertThat(collected.missing()).isEmpty();
        assertThat(made(collected))
            .isEqualTo(
                """
                app_meter_state{messaging_cluster="orders",jvm="J",exported_jvm="its own",topic="a"} 1
                app_meter_state{messaging_cluster="orders",jvm="J",exported_jvm="its own",topic="b"} 1
                app_meter_total{messaging_cluster="orders",jvm="J",topic="a"} 5
                app_meter_total{messaging_cluster="orders",jvm="J",topic="b"} 6
                """
                    .replace("J", jvm.address()));
      }
    }
  }

  @Test
  void anyNumberOfJvmsIsReadByOneFile() throws Exception {
    TestJvm[] jvms = new TestJvm[10];
    Arrays.setAll(jvms, i -> TestJvm.start().with(meter("a"), counts(i)));
    try (JmxCollector collector = collector(METERS, 100, jvms)) {
      Collected collected = collector.collect(Deadline.after(LONG));

      assertThat(collected.missing()).isEmpty();
      for (int i = 0; i < jvms.length; i++) {
        assertThat(made(collected))
            .contains(
                "app_meter_total{messaging_cluster=\"orders\",jvm=\"%s\",topic=\"a\"} %d\n"
                    .formatted(jvms[i].address(), i));
      }
    } finally {
      Arrays.stream(jvms).forEach(TestJvm::close);
    }
  }

  @Test
  void anMBeanThatHangsInTheMiddleCostsItsOwnSeriesAndIsNamed() throws Exception {
    var never = new CountDownLatch(1);
    TestMBean hangs =
        counts(1)
            .gives(
                "Count",
                () -> {
                  never.await();
                  return 0;
                });
    try (TestJvm jvm = TestJvm.broker(7, 3).with(meter("a"), counts(5)).with(meter("b"), hangs);
        JmxCollector collector = collector(METERS, 100, jvm)) {
      Collected collected = collector.collect(Deadline.after(Duration.ofSeconds(4)));

      assertThat(made(collected)).contains("topic=\"a\"} 5").doesNotContain("topic=\"b\"");
      assertThat(FamilyText.of(collected.families())).contains("requestqueuesize");
      assertThat(collected.missing())
          .containsExactly(
              new Missing(jvm.address() + ": 1 of 2 MBeans", "did not answer in time"));
    } finally {
      never.countDown();
    }
  }

  @Test
  void anAttributeThatCannotBeReadCostsItselfAlone() throws Exception {
    TestMBean odd =
        counts(5)
            .gives("Odd", Thread::currentThread)
            .gives("Odder", Object::new)
            // The library asks for it once, and then no more.
            .gives("Name", () -> ObjectName.WILDCARD);
    try (TestJvm jvm = TestJvm.broker(7, 3).with(meter("a"), odd);
        JmxCollector collector = collector(METERS, 100, jvm)) {
      for (int pass = 0; pass < 3; pass++) {
        Collected collected = collector.collect(Deadline.after(LONG));

        assertThat(collected.missing()).isEmpty();
        assertThat(made(collected)).contains("app_meter_total", "} 5\n");
      }
    }
  }

  @Test
  void anMBeanThatComesIsThereAtTheNextPassAndOneThatGoesIsGone() throws Exception {
    try (TestJvm jvm = TestJvm.broker(7, 3).with(meter("a"), counts(5));
        JmxCollector collector = collector(METERS, 100, jvm)) {
      collector.collect(Deadline.after(LONG));

      jvm.with(meter("b"), counts(6));
      assertThat(soon(collector, "topic=\"b\"} 6", true)).isTrue();
      jvm.remove(meter("a"));
      assertThat(soon(collector, "topic=\"a\"", false)).isTrue();
    }
  }

  @Test
  void whatTheRulesMakeStandsInPlaceOfWhatIsBuiltIn() throws Exception {
    String rules =
        """
        rules:
          - pattern: kafka.network<type=RequestChannel, name=RequestQueueSize><>Value
            name: kafka_network_requestchannel_requestqueuesize
            labels: {own: label}
        """;
    try (TestJvm jvm = TestJvm.broker(7, 3);
        JmxCollector collector = collector(rules, 100, jvm)) {
      Collected collected = collector.collect(Deadline.after(LONG));

      assertThat(FamilyText.of(collected.families(), name -> name.endsWith("requestqueuesize")))
          .isEqualTo(
              "kafka_network_requestchannel_requestqueuesize{messaging_cluster=\"orders\",jvm=\"%s\",own=\"label\"} 3\n",
              jvm.address());
    }
  }

  @Test
  void tooManyMBeansAreBoundedAndSaid() throws Exception {
    TestJvm jvm = TestJvm.broker(7, 3);
    for (int i = 0; i < 30; i++) {
      jvm.with(meter("t" + i), counts(i));
    }
    try (jvm;
        JmxCollector collector = collector(METERS, 10, jvm)) {
      Collected collected = collector.collect(Deadline.after(LONG));

      assertThat(made(collected).lines().filter(line -> line.startsWith("app_meter_total")))
          .hasSize(10);
      assertThat(collected.missing())
          .containsExactly(new Missing(jvm.address() + ": 20 MBeans", "more than max_mbeans, 10"));
    }
  }

  private static boolean soon(JmxCollector collector, String text, boolean there) throws Exception {
    Deadline end = Deadline.after(LONG);
    boolean seen = !there;
    while (seen != there && !end.hasPassed()) {
      seen = made(collector.collect(Deadline.after(LONG))).contains(text);
    }
    return seen == there;
  }

  private static String meter(String topic) {
    return "app:type=Meter,topic=" + topic;
  }

  private static TestMBean counts(int count) {
    return new TestMBean().gives("Count", () -> count).gives("State", () -> true);
  }

  private static String made(Collected collected) {
    return FamilyText.of(collected.families(), name -> name.startsWith("app_"));
  }

  private static JmxCollector collector(String rules, int maxMbeans, TestJvm... jvms)
      throws RuleException {
    var config =
        new JmxConfig(
            Arrays.stream(jvms).map(TestJvm::address).toList(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(RuleFile.of(Path.of("rules.yaml"), rules)),
            maxMbeans);
    return new JmxCollector("orders", Settings.fixed(config), List::of);
  }
}
