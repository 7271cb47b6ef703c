package io.mqexporter.bench;

import java.time.Clock;

/** Runs the benchmarks that need brokers, and says what was measured where. */
public final class Benchmarks {

  private Benchmarks() {}

  /** Runs all, one after the other. */
  public static void main(String[] arguments) throws Exception {
    System.out.printf(
        "%s, Java %s, %d processors%n",
        Clock.systemUTC().instant(), Runtime.version(), Runtime.getRuntime().availableProcessors());
    KafkaBenchmark.run();
    RabbitMqBenchmark.run();
    RocketMqBenchmark.run();
    AgentBenchmark.run();
    System.exit(0);
  }
}
