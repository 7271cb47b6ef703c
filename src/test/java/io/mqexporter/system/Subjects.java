package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RocketMqBroker;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The three real brokers, each behind a proxy that can do harm. As an extension of a class of tests
 * it lets RocketMQ's broker work only while such a class needs it.
 */
final class Subjects implements BeforeAllCallback, AfterAllCallback {

  private final KafkaBroker kafka;
  private final RabbitMqBroker rabbitMq;
  private final RocketMqBroker rocketMq;
  private final TcpProxy kafkaProxy;
  private final TcpProxy rabbitMqProxy;
  private final TcpProxy rocketMqProxy;
  private boolean paused;

  /** One of the three. */
  enum Subject {
    KAFKA,
    RABBITMQ,
    ROCKETMQ;

    /** The name of its target, told apart from the name of the system. */
    String target() {
      return "the-" + system();
    }

    String system() {
      return switch (this) {
        case KAFKA -> "kafka";
        case RABBITMQ -> "rabbitmq";
        case ROCKETMQ -> "rocketmq";
      };
    }
  }

  /**
   * The three that all test classes share; they end with the JVM.
   *
   * <p>A holder, so that they are started by the first test that asks for them.
   */
  private static final class Shared {
    static final Subjects INSTANCE = new Subjects("shared");
  }

  static Subjects shared() {
    return Shared.INSTANCE;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (paused) {
      rocketMq.resume();
      paused = false;
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    rocketMq.pause();
    paused = true;
  }

  KafkaBroker kafka() {
    return kafka;
  }

  RabbitMqBroker rabbitMq() {
    return rabbitMq;
  }

  RocketMqBroker rocketMq() {
    return rocketMq;
  }

  private Subjects(String name) {
    int advertised = Ports.free();
    int kafkaPort = Ports.free();
    kafkaProxy = TcpProxy.start(advertised, kafkaPort);
    kafka = KafkaBroker.start(name + "-kafka", kafkaPort, advertised);
    rabbitMq = RabbitMqBroker.start(name + "-rabbitmq");
    rabbitMqProxy = TcpProxy.start(0, rabbitMq.managementUrl().getPort());
    rocketMq = RocketMqBroker.start(name + "-rocketmq");
    rocketMqProxy = TcpProxy.start(0, URI.create("tcp://" + rocketMq.nameServer()).getPort());
  }

  TcpProxy proxy(Subject subject) {
    return switch (subject) {
      case KAFKA -> kafkaProxy;
      case RABBITMQ -> rabbitMqProxy;
      case ROCKETMQ -> rocketMqProxy;
    };
  }

  void kill(Subject subject) {
    switch (subject) {
      case KAFKA -> kafka.kill();
      case RABBITMQ -> rabbitMq.kill();
      case ROCKETMQ -> rocketMq.kill();
    }
  }

  void restart(Subject subject) {
    switch (subject) {
      case KAFKA -> kafka.restart();
      case RABBITMQ -> rabbitMq.restart();
      case ROCKETMQ -> rocketMq.restart();
    }
  }

  /** Returns a configuration with the three as targets, by way of their proxies. */
  String configuration(String interval, String timeout) {
    return configuration(
        interval, timeout, kafkaProxy.port(), rabbitMqProxy.port(), rocketMqProxy.port());
  }

  /** Returns a configuration with the three as targets on given ports. */
  static String configuration(
      String interval, String timeout, int kafkaPort, int rabbitMqPort, int rocketMqPort) {
    return """
    interval: %s
    timeout: %s
    targets:
      - name: %s
        kafka:
          bootstrap_servers: 127.0.0.1:%d
      - name: %s
        rabbitmq:
          url: http://127.0.0.1:%d
      - name: %s
        rocketmq:
          name_servers: 127.0.0.1:%d
    """
        .formatted(
            interval,
            timeout,
            Subject.KAFKA.target(),
            kafkaPort,
            Subject.RABBITMQ.target(),
            rabbitMqPort,
            Subject.ROCKETMQ.target(),
            rocketMqPort);
  }

  /** Returns what {@code messaging_up} says of one; negative if it is absent. */
  static double up(AgentProcess agent, Subject subject) {
    return agent.scrape().value("messaging_up", cluster(subject)).orElse(-1);
  }

  /** Waits until one has been read once more. */
  static void awaitSuccess(AgentProcess agent, Subject subject, Duration atMost) {
    double before = lastSuccess(agent, subject);
    await().atMost(atMost).until(() -> lastSuccess(agent, subject) > before);
  }

  private static double lastSuccess(AgentProcess agent, Subject subject) {
    return agent
        .scrape()
        .value("mq_exporter_collection_last_success_timestamp_seconds", cluster(subject))
        .orElse(0);
  }

  private static String cluster(Subject subject) {
    return "messaging_cluster=\"" + subject.target() + "\"";
  }
}
