package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.RocketMqBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the three brokers use of this machine, in the same words, from an agent beside them. */
class ResourcesIT {

  @RegisterExtension private static final Subjects subjects = Subjects.shared();

  private static final List<String> FAMILIES =
      List.of(
          "messaging_broker_cpu_seconds_total",
          "messaging_broker_memory_used_bytes",
          "messaging_broker_memory_limit_bytes",
          "messaging_broker_disk_size_bytes",
          "messaging_broker_disk_free_bytes",
          "messaging_broker_disk_read_bytes_total",
          "messaging_broker_disk_written_bytes_total",
          "messaging_broker_open_fds",
          "messaging_broker_max_fds");

  @Test
  void eachFamilyIsThereOnceForEachOfTheThreeBrokers() throws Exception {
    ProcessHandle kafka = subjects.kafka().handle();
    ProcessHandle rocketMq = subjects.rocketMq().cluster().master(RocketMqBroker.BROKER).handle();
    Map<String, String> brokers =
        Map.of(
            "kafka",
            "1",
            "rabbitmq",
            subjects.rabbitMq().nodeName(),
            "rocketmq",
            RocketMqBroker.BROKER + ":0");
    try (AgentProcess agent =
        AgentProcess.start(
            "resources-agent",
            """
            interval: 1s
            targets:
              - name: k
                kafka: {bootstrap_servers: "%s"}
                jmx: {addresses: "%s"}
                process: {broker: "1", command: '%s'}
              - name: r
                rabbitmq: {url: "%s"}
                process: {broker: %s, command: 'beam[.]smp .*-home %s/.*%s', data: %s}
              - name: o
                rocketmq: {name_servers: "%s"}
                process: {broker: "broker-a:0", command: '%s'}
            """
                .formatted(
                    subjects.kafka().bootstrapServers(),
                    subjects.kafka().jmxAddress(),
                    commandOf(kafka),
                    subjects.rabbitMq().managementUrl(),
                    subjects.rabbitMq().nodeName(),
                    // Another fork may run a node of the same name.
                    Repository.runFolder(""),
                    subjects.rabbitMq().nodeName().replaceFirst("@.*", ""),
                    Repository.file("target"),
                    subjects.rocketMq().nameServer(),
                    commandOf(rocketMq)))) {
      await()
          .untilAsserted(() -> {
            Exposition page = agent.scrape();
            for (String family : FAMILIES) {
              brokers.forEach((system, broker) ->
                  assertThat(value(page, family, system, broker))
                      .as(family + " of " + system)
                      .isNotNegative());
            }
            for (ProcessHandle process : List.of(kafka, rocketMq)) {
              String system = process.equals(kafka) ? "kafka" : "rocketmq";
              double seconds =
                  value(
                      page,
                      "messaging_broker_cpu_seconds_total",
                      system,
                      brokers.getOrDefault(system, ""));
              // The same counter, in steps of 10 ms, at most some seconds later.
              double now = process.info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
              assertThat(now).isBetween(seconds - 0.02, seconds + 10);
            }
          });
    }
  }

  private static double value(Exposition page, String family, String system, String broker) {
    List<Double> values =
        page.values(
            family,
            "messaging_system=\"" + system + "\"",
            "messaging_broker_name=\"" + broker + "\"");
    assertThat(values).as(family + " of " + system).hasSize(1);
    return values.getFirst();
  }

  /** Returns an expression that the command line of that process alone matches: its last word. */
  private static String commandOf(ProcessHandle process) throws IOException {
    String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).strip();
    String[] words = line.split("\0", -1);
    String last =
        words[words.length - 1].isEmpty() ? words[words.length - 2] : words[words.length - 1];
    return Pattern.quote(last) + "$";
  }
}
