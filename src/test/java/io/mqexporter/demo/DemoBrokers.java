package io.mqexporter.demo;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.RocketMqBroker;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The brokers of the demo.
 *
 * @param out where to say what is done
 * @param started takes what has to be closed in the end
 */
record DemoBrokers(PrintStream out, Consumer<AutoCloseable> started) {

  /** Starts the brokers and returns, for each, its target and what starts its workload. */
  List<DemoBroker> start() {
    var parts = new ArrayList<DemoBroker>();
    out.println("Starting Kafka ...");
    KafkaBroker kafka = keep(KafkaBroker.startLogging("demo-kafka"));
    parts.add(
        new DemoBroker(
            "kafka-demo",
            "kafka: {bootstrap_servers: '%s'}%n    jmx: {addresses: '%s'}"
                .formatted(kafka.bootstrapServers(), kafka.jmxAddress()),
            () -> KafkaWorkload.start(kafka),
            new DemoLogs.Source(
                "kafka-demo", KafkaBroker.logFile("demo-kafka"), port(kafka.bootstrapServers()))));
    Optional<String> unavailable = RabbitMqBroker.unavailable();
    if (unavailable.isPresent()) {
      out.println("Going on without RabbitMQ: " + unavailable.get());
    } else {
      out.println("Starting RabbitMQ ...");
      RabbitMqBroker rabbitMq = keep(RabbitMqBroker.start("demo-rabbitmq"));
      parts.add(
          new DemoBroker(
              "rabbitmq-demo",
              "rabbitmq: {url: '" + rabbitMq.managementUrl() + "'}",
              () -> RabbitMqWorkload.start(rabbitMq),
              new DemoLogs.Source(
                  "rabbitmq-demo",
                  Repository.file("target/run/rabbitmq-demo-rabbitmq/rabbitmq.log"),
                  rabbitMq.connectionFactory().getPort())));
    }
    out.println("Starting RocketMQ ...");
    RocketMqBroker rocketMq = keep(RocketMqBroker.start("demo-rocketmq"));
    parts.add(
        new DemoBroker(
            "rocketmq-demo",
            "rocketmq: {name_servers: '" + rocketMq.nameServer() + "'}",
            () -> RocketMqWorkload.start(rocketMq),
            new DemoLogs.Source(
                "rocketmq-demo",
                rocketMq.folder().resolve("*/logs/rocketmqlogs/*.log"),
                port(rocketMq.broker()))));
    return parts;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.accept(part);
    return part;
  }
}
