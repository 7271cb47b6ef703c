package io.mqexporter.bench;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.jmx.JmxConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A pass over a JVM with 10,500 MBeans against jmx_exporter's collector with a rule for them. */
final class JmxBenchmark {

  private static final int TOPICS = 1_500;
  private static final int MBEANS = TOPICS * 7;
  private static final Duration ONE_WAY = Duration.ofNanos(500_000);

  private JmxBenchmark() {}

  static void run() throws Exception {
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
    var config =
        new JmxConfig(
            List.of("127.0.0.1:" + port),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            JmxConfig.DEFAULT_MAX_MBEANS);
    try (var collector = new JmxCollector("bench", Settings.fixed(config), List::of)) {
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
