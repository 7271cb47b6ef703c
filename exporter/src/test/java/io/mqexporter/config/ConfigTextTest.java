package io.mqexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTextTest {

  @TempDir private Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void useFolder() {
    folder = new ConfigFolder(temporary);
  }

  @Test
  void defaultsAreFilledInAndSecretsAreNotShown() throws ConfigException {
    folder.write("user", "agent-7");
    folder.write("certificate", "-----BEGIN CERTIFICATE-----\nMII");
    Config config =
        folder.load(
            """
            targets:
              - name: orders
                kafka:
                  bootstrap_servers: ${HOST}:9092
                  properties:
                    security.protocol: SASL_SSL
                    sasl.jaas.config: Login required password="${WORD}";
                    ssl.truststore.certificates: ${file:certificate}
                    ssl.endpoint.identification.algorithm: ""
              - name: "true"
                interval: 5s
                rabbitmq:
                  url:
                    - http://localhost:15672
                  username: ${file:user}
                  password: ${WORD}
              - name: $${pay}
                rocketmq:
                  name_servers: [a:9876, b:9876]
                  access_key: agent
                  secret_key: ${WORD}
            """);

    assertThat(ConfigText.of(config))
        .isEqualTo(
            """
            interval: 15s
            timeout: 10s
            granularity: partition
            max_series: 100000
            lag_objectives:
              - consumers: .*
                objective: 5m
            targets:
              - name: orders
                interval: 15s
                timeout: 10s
                granularity: partition
                max_series: 100000
                lag_objectives:
                  - consumers: .*
                    objective: 5m
                kafka:
                  bootstrap_servers: broker-1:9092
                  properties:
                    sasl.jaas.config: <secret>
                    security.protocol: SASL_SSL
                    ssl.endpoint.identification.algorithm: ''
                    ssl.truststore.certificates: <secret>
                  dead_letter_topics: (?i)(.+[._-])?(dlt|dlq|dead[._-]?letters?)([._-].+)?
                  topics:
                    include: []
                    exclude: []
                  groups:
                    include: []
                    exclude: []
                  unread_records: 200
                  unread_record_bytes: 4194304
                  details_interval: 1m
                  vocabularies: []
              - name: 'true'
                interval: 5s
                timeout: 5s
                granularity: partition
                max_series: 100000
                lag_objectives:
                  - consumers: .*
                    objective: 5m
                rabbitmq:
                  url:
                    - http://localhost:15672
                  username: <secret>
                  password: <secret>
                  vhosts:
                    include: []
                    exclude: []
                  queues:
                    include: []
                    exclude: []
                  details_interval: 1m
                  queue_statistics: full
                  sources:
                    - management
                  prometheus_addresses: []
                  prometheus_families:
                    - exchange_metrics
                    - stream_consumer_metrics
                  raft_names: own
                  vocabularies: []
              - name: $${pay}
                interval: 15s
                timeout: 10s
                granularity: partition
                max_series: 100000
                lag_objectives:
                  - consumers: .*
                    objective: 5m
                rocketmq:
                  name_servers:
                    - a:9876
                    - b:9876
                  topics:
                    include: []
                    exclude: []
                  groups:
                    include: []
                    exclude: []
                  access_key: <secret>
                  secret_key: <secret>
                  tls: 'false'
                  controllers: []
                  prometheus_addresses: []
                  client_statistics: 'false'
                  exact_lag_time: 'false'
                  broker_statistics: 'false'
                  vocabularies: []
            """);
  }

  @Test
  void theTextIsAFileOfTheSameForm() throws ConfigException {
    Config config =
        folder.load(
            """
            interval: 1m30s
            timeout: 500ms
            lag_objectives: [{consumers: "\\\\$\\\\{a|token", objective: 90s}, {consumers: b, objective: 0s}]
            targets:
              - name: '"a" $${b}: - #'
                kafka:
                  bootstrap_servers: a:1,b:2
                  properties: {client.id: '*x', sasl.jaas.config: hunter2, a: "", b: "1\\n2"}
                  dead_letter_topics: "[a-z]{1,3}\\\\.\\\\$\\\\{x"
                  topics: {include: ["orders.*", "\\\\$\\\\{a"], exclude: "[0-9]"}
                  vocabularies: [burrow, kafka-exporter, burrow]
              - name: shop
                rabbitmq: {url: http://localhost:15672}
                sidecar_of: rabbit@host
              - name: payments
                rocketmq: {name_servers: "a:1;b:2", tls: true, vocabularies: rocketmq-native}
            """);
    String text = ConfigText.of(config);

    assertThat(ConfigText.of(folder.load(text)))
        .isEqualTo(text)
        .contains("    sidecar_of: rabbit@host\n")
        .doesNotContain("hunter2");
  }

  @Test
  void showsFromWhereIsCopiedTheRuleFileAndTheProcess() throws ConfigException {
    folder.write("rules.yaml", "rules: []");
    String text =
        ConfigText.of(
            folder.load(
                """
                targets:
                  - name: far
                    kafka: {bootstrap_servers: "a:1", mirrors: [{source: near, source_alias: n}]}
                    jmx: {port: 1, rules: rules.yaml}
                    process: {broker: 1, command: "kafka[.]Kafka", data: /var/lib/kafka}
                  - name: near
                    kafka: {bootstrap_servers: "b:1"}
                """));

    assertThat(text)
        .contains(
            """
                  mirrors:
                    - source: near
                      source_alias: n
                      target_alias: far
                jmx:
                  port: 1
                  rules: %s/rules.yaml
                  max_mbeans: 20000
                process:
                  broker: '1'
                  command: kafka[.]Kafka
                  data: /var/lib/kafka
            """
                .formatted(temporary));
  }
}
