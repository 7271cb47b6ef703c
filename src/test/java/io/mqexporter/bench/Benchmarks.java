package io.mqexporter.bench;

import java.time.Clock;
import java.util.Set;

/** Runs the benchmarks that need brokers, and says what was measured where. */
public final class Benchmarks {

  private Benchmarks() {}

  /**
   * Runs those that are named ({@code kafka}, {@code scale}, {@code delay}, {@code rabbitmq},
   * {@code rocketmq}, {@code jmx}, {@code agent}, {@code logs}, {@code web}), or all.
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> named = Set.of(arguments);
    System.out.printf(
        "%s, Java %s, %d processors%n",
        Clock.systemUTC().instant(), Runtime.version(), Runtime.getRuntime().availableProcessors());
    if (named.isEmpty() || named.contains("kafka")) {
      KafkaBenchmark.run();
    }
    if (named.isEmpty() || named.contains("scale")) {
      KafkaScaleBenchmark.run();
    }
    if (named.isEmpty() || named.contains("delay")) {
      KafkaDelayBenchmark.run();
    }
    if (named.isEmpty() || named.contains("rabbitmq")) {
      RabbitMqBenchmark.run();
    }
    if (named.isEmpty() || named.contains("rocketmq")) {
      RocketMqBenchmark.run();
    }
    if (named.isEmpty() || named.contains("jmx")) {
      JmxBenchmark.run();
    }
    if (named.isEmpty() || named.contains("agent")) {
      AgentBenchmark.run();
    }
    if (named.isEmpty() || named.contains("logs")) {
      LogBenchmark.run();
      LogStorageBenchmark.run();
    }
    if (named.isEmpty() || named.contains("web")) {
      WebBenchmark.run();
    }
    System.exit(0);
  }
}
