package io.mqexporter.bench;

import com.sun.management.OperatingSystemMXBean;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.jmx.rules.RuleFile;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A pass over a JVM with 10,500 MBeans against jmx_exporter's collector with a rule for them. */
final class JmxBenchmark {

  private static final int TOPICS = 1_500;
  private static final int MBEANS = TOPICS * 7;
  private static final int WARM_UP_PASSES = 10;
  private static final int PASSES = 15;
  private static final Duration ONE_WAY = Duration.ofNanos(500_000);

  private JmxBenchmark() {}

  static void run() throws Exception {
    manyBrokers();
    int port = Ports.free();
    try (ServerProcess _ = start("bench-jmx", "127.0.0.1", port)) {
      compare("loopback", port, 9);
    }
    int delayed = Ports.free();
    try (ServerProcess _ = start("bench-jmx-delayed", "127.0.0.2", delayed);
        DelayProxy _ =
            DelayProxy.start(delayed, new InetSocketAddress("127.0.0.2", delayed), ONE_WAY)) {
      // The other one takes a quarter of a minute each time.
      compare("1 ms of delay there and back", delayed, 3);
    }
  }

  /** Reads thirty brokers at once; three processes have ten of them each. */
  private static void manyBrokers() throws Exception {
    var ports = new ArrayList<Integer>();
    var processes = new ArrayList<ServerProcess>();
    try {
      for (int process = 0; process < 3; process++) {
        List<Integer> own = IntStream.range(0, 10).mapToObj(_ -> Ports.free()).toList();
        ports.addAll(own);
        processes.add(startBrokers("bench-jmx-brokers-" + process, own));
      }
      long before = usedHeap();
      try (JmxCollector collector = collector(ports)) {
        for (int i = 0; i < WARM_UP_PASSES; i++) {
          collector.collect(Deadline.after(Duration.ofMinutes(1)));
        }
        var millis = new double[PASSES];
        long cpu = cpuNanos();
        Collected last = null;
        for (int i = 0; i < PASSES; i++) {
          long start = System.nanoTime();
          last = collector.collect(Deadline.after(Duration.ofMinutes(1)));
          millis[i] = (System.nanoTime() - start) / 1e6;
        }
        double cpuMillis = (cpuNanos() - cpu) / 1e6 / PASSES;
        Arrays.sort(millis);
        int series =
            Objects.requireNonNull(last).families().stream()
                .mapToInt(family -> family.samples().size())
                .sum();
        double kept = (usedHeap() - before) / 1024.0 / ports.size();
        System.out.printf(
            "JMX, %d brokers, %,d series: a pass %.1f ms (median of %d), %.0f ms of processor time: %.1f %%"
                + " of a core at an interval of 15 s; %.0f KB of heap a broker, samples included%n",
            ports.size(), series, millis[PASSES / 2], PASSES, cpuMillis, cpuMillis / 150, kept);
      }
    } finally {
      processes.forEach(ServerProcess::close);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static ServerProcess startBrokers(String name, List<Integer> ports) {
    Path folder = Repository.emptyRunFolder(name);
    Path ready = folder.resolve("ready");
    var command =
        new ArrayList<>(
            List.of(
                ServerProcess.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-cp",
                System.getProperty("java.class.path"),
                ManyBrokers.class.getName(),
                ready.toString()));
    ports.forEach(port -> command.add(Integer.toString(port)));
    ServerProcess process = ServerProcess.start(name, folder, Map.of(), command);
    process.awaitReady(Duration.ofSeconds(60), () -> Files.exists(ready));
    return process;
  }

  private static JmxCollector collector(List<Integer> ports) {
    return collector(ports, Optional.empty());
  }

  private static JmxCollector collector(List<Integer> ports, Optional<RuleFile> rules) {
    var config =
        new JmxConfig(
            ports.stream().map(port -> "127.0.0.1:" + port).toList(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            rules,
            JmxConfig.DEFAULT_MAX_MBEANS);
    return new JmxCollector("bench", Settings.fixed(config), List::of);
  }

  private static void compare(String network, int port, int runs) throws Exception {
    String rules =
        """
        hostPort: 127.0.0.1:%d
        includeObjectNames: ["kafka.server:type=BrokerTopicMetrics,*"]
        lowercaseOutputName: true
        rules:
          - pattern: kafka.server<type=(.+), name=(.+)PerSec, topic=(.+)><>Count
            name: kafka_server_$1_$2_total
            type: COUNTER
            labels: {topic: "$3"}
        """
            .formatted(port);
    var peer = new io.prometheus.jmx.JmxCollector(rules).register(new PrometheusRegistry());
    try (JmxCollector collector = collector(List.of(port))) {
      long before = collector.requestsSent();
      Collected first = collector.collect(Deadline.after(Duration.ofMinutes(1)));
      if (!first.missing().isEmpty()) {
        throw new IllegalStateException(first.missing().toString());
      }
      Comparison.print(
          "JMX, %,d MBeans, %s".formatted(MBEANS, network),
          "jmx_exporter's collector",
          peer::collect,
          () -> collector.collect(Deadline.after(Duration.ofMinutes(1))),
          runs / 3,
          runs);
      System.out.printf("JMX: %,d requests in all%n", collector.requestsSent() - before);
    }
    try (JmxCollector collector =
        collector(List.of(port), Optional.of(RuleFile.of(Path.of("rules.yaml"), rules)))) {
      var millis = new double[PASSES];
      for (int i = -WARM_UP_PASSES; i < PASSES; i++) {
        long start = System.nanoTime();
        Collected pass = collector.collect(Deadline.after(Duration.ofMinutes(1)));
        millis[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
        if (!pass.missing().isEmpty()) {
          throw new IllegalStateException(pass.missing().toString());
        }
      }
      Arrays.sort(millis);
      System.out.printf(
          "JMX, the same with that rule file besides, %s: %.1f ms (median of %d)%n",
          network, millis[PASSES / 2], PASSES);
    }
  }

  private static ServerProcess start(String name, String host, int port) {
    Path folder = Repository.emptyRunFolder(name);
    Path ready = folder.resolve("ready");
    ServerProcess process =
        ServerProcess.start(
            name,
            folder,
            Map.of(),
            List.of(
                ServerProcess.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dcom.sun.management.jmxremote.host=" + host,
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.rmi.port=" + port,
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-cp",
                Repository.file("target/system-tests/test-classes").toString(),
                ManyMBeans.class.getName(),
                Integer.toString(TOPICS),
                ready.toString()));
    process.awaitReady(Duration.ofSeconds(60), () -> Files.exists(ready));
    return process;
  }
}
