package io.mqexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with keys and values is said in one line each, all of it at once. */
class BadConfigTest {

  private static final String KAFKA = "kafka: {bootstrap_servers: 'a:1'}";

  @TempDir private Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void useFolder() {
    folder = new ConfigFolder(temporary);
  }

  @Test
  void allErrorsOfAFileAreToldAtOnceInItsOrder() {
    assertThat(
            folder.errorsOf(
                """
                interval: soon
                targets:
                  - kafka:
                      bootstrap_servers: broker-1
                      bootstrap_server: broker-1:9092
                    timeout: 0s
                  - name: shop
                    rabbitmq:
                      username: [guest]
                """))
        .isEqualTo(
            """
            config.yaml:1: interval: soon (expected: a duration of 1s to 1h, such as 10s)
            config.yaml:3: targets[0].name: missing (expected: a name of 1 to 200 printable characters)
            config.yaml:4: targets[0].kafka.bootstrap_servers: broker-1 (expected: host:port, such as broker-1:9092)
            config.yaml:5: targets[0].kafka.bootstrap_server: unknown key (expected: bootstrap_servers, properties, dead_letter_topics, topics, groups, unread_records, unread_record_bytes, details_interval, vocabularies or mirrors; did you mean bootstrap_servers?)
            config.yaml:6: targets[0].timeout: 0s (expected: 100ms to 5m)
            config.yaml:8: targets[1].rabbitmq.url: missing (expected: http://host:port or https://host:port)
            config.yaml:9: targets[1].rabbitmq.username: a list (expected: text that is not empty)\
            """);
  }

  @Test
  void logsThatCannotBeForwarded() {
    assertThat(
            folder.errorsOf(
                target("orders", KAFKA)
                    + """
                    logs:
                      state_folder: state
                      sources:
                        - target: shop
                          paths: [server.log, "/var/log/[.log", /var/log/]
                          time_zone: CEST+2
                          level: unknown
                          rate_limit: -1
                          start: now
                        - paths: /var/log/*.log
                          exclude_paths: logs/gc.log
                        - {target: orders, system: kafka, loggers: {include: "("}}
                      sinks:
                        - stdout: {}
                        - stdout: {}
                    """))
        .isEqualTo(
            """
            config.yaml:5: logs.state_folder: state (expected: an absolute path, such as /etc/ssl/store.p12)
            config.yaml:7: logs.sources[0].target: shop (expected: orders)
            config.yaml:8: logs.sources[0].paths: server.log (expected: an absolute path, such as /var/log/kafka/*.log)
            config.yaml:8: logs.sources[0].paths: /var/log/[.log (expected: an absolute path, such as /var/log/kafka/*.log)
            config.yaml:8: logs.sources[0].paths: /var/log/ (expected: an absolute path, such as /var/log/kafka/*.log)
            config.yaml:9: logs.sources[0].time_zone: CEST+2 (expected: a time zone, such as Europe/Berlin or UTC)
            config.yaml:10: logs.sources[0].level: unknown (expected: trace, debug, info, warn, error or fatal)
            config.yaml:11: logs.sources[0].rate_limit: -1 (expected: a whole number of 0 to 1000000)
            config.yaml:12: logs.sources[0].start: now (expected: beginning or end)
            config.yaml:13: logs.sources[1]: neither target nor system (expected: target or system)
            config.yaml:14: logs.sources[1].exclude_paths: logs/gc.log (expected: a file's name, such as *gc.log*)
            config.yaml:15: logs.sources[2]: both target and system (expected: target or system)
            config.yaml:15: logs.sources[2].paths: missing (expected: an absolute path, such as /var/log/kafka/*.log)
            config.yaml:15: logs.sources[2].loggers.include: ( (expected: a regular expression; Unclosed group at character 2)
            config.yaml:18: logs.sinks[1].stdout: there twice (expected: each kind of sink once)\
            """);
  }

  @Test
  void sinksThatCannotBeUsed() {
    assertThat(
            folder.errorsOf(
                target("orders", KAFKA)
                    + """
                    logs:
                      state_folder: /var/lib/mq-exporter
                      sources: [{target: orders, paths: /server.log}]
                      sinks:
                        - elasticsearch:
                            url: search-1:9200
                            username: agent
                            api_key: hunter2
                            index: weekly
                            namespace: Big-One
                            template: maybe
                            retention: 1h
                            timeout: 0s
                            max_request_bytes: 1
                            concurrent_requests: 0
                            gzip: no
                            client_key: hunter2
                        - fluent:
                            addresses: fluentd
                            tag: .mq
                            username: agent
                            password: hunter2
                            tls: maybe
                            max_chunk_bytes: 1
                        - {stdout: {}, fluent: {addresses: "a:1"}}
                        - {}
                    """))
        .isEqualTo(
            """
            config.yaml:8: logs.sinks[0].elasticsearch.password: missing (expected: a value, as username has one)
            config.yaml:8: logs.sinks[0].elasticsearch.client_certificate: missing (expected: a value, as client_key has one)
            config.yaml:9: logs.sinks[0].elasticsearch.url: search-1:9200 (expected: http://host:port or https://host:port)
            config.yaml:11: logs.sinks[0].elasticsearch.api_key: beside username (expected: one of the two)
            config.yaml:12: logs.sinks[0].elasticsearch.index: weekly (expected: data-stream or daily)
            config.yaml:13: logs.sinks[0].elasticsearch.namespace: Big-One (expected: 1 to 100 of a to z, 0 to 9, _ and .)
            config.yaml:14: logs.sinks[0].elasticsearch.template: maybe (expected: none or install)
            config.yaml:15: logs.sinks[0].elasticsearch.retention: 1h (expected: 1d to 3650d)
            config.yaml:16: logs.sinks[0].elasticsearch.timeout: 0s (expected: 1s to 5m)
            config.yaml:17: logs.sinks[0].elasticsearch.max_request_bytes: 1 (expected: a whole number of 65536 to 67108864)
            config.yaml:18: logs.sinks[0].elasticsearch.concurrent_requests: 0 (expected: a whole number of 1 to 16)
            config.yaml:19: logs.sinks[0].elasticsearch.gzip: no (expected: true or false)
            config.yaml:20: logs.sinks[0].elasticsearch.client_key: <secret> (expected: a key that is not encrypted in PEM form, such as ${file:/path/to.pem})
            config.yaml:21: logs.sinks[1].fluent.shared_key: missing (expected: a value, as username has one)
            config.yaml:22: logs.sinks[1].fluent.addresses: fluentd (expected: host:port, such as broker-1:9092)
            config.yaml:23: logs.sinks[1].fluent.tag: .mq (expected: a tag, such as mq)
            config.yaml:26: logs.sinks[1].fluent.tls: maybe (expected: true or false)
            config.yaml:27: logs.sinks[1].fluent.max_chunk_bytes: 1 (expected: a whole number of 16384 to 67108864)
            config.yaml:28: logs.sinks[2]: fluent and stdout (expected: one of elasticsearch, fluent or stdout)
            config.yaml:29: logs.sinks[3]: no sink (expected: one of elasticsearch, fluent or stdout)\
            """);
  }

  @Test
  void aReceiverOfMetricsThatCannotBeUsed() {
    folder.write("token", "caf\u00e9");
    assertThat(
            folder.errorsOf(
                target("orders", KAFKA)
                    + """
                    otlp:
                      url: http://agent:hunter2@collector:4318
                      headers:
                        X Scope: hunter2
                        Content-Type: hunter2
                        Authorization: ${file:token}
                      resource_attributes: [a]
                      gzip: 1
                      timeout: 2m
                      max_queue_bytes: 1
                    """))
        .isEqualTo(
            """
            config.yaml:5: otlp.url: http://<secret>@collector:4318 (expected: http://host:port or https://host:port, user and password under keys of their own)
            config.yaml:7: otlp.headers.X Scope: not a header to be set (expected: the name of a header, such as Authorization)
            config.yaml:8: otlp.headers.Content-Type: not a header to be set (expected: the name of a header, such as Authorization)
            config.yaml:9: otlp.headers.Authorization: <secret> (expected: one line of ASCII characters)
            config.yaml:10: otlp.resource_attributes: a list (expected: keys and values)
            config.yaml:11: otlp.gzip: 1 (expected: true or false)
            config.yaml:12: otlp.timeout: 2m (expected: 1s to 1m)
            config.yaml:13: otlp.max_queue_bytes: 1 (expected: a whole number of 1048576 to 1073741824)\
            """);
    assertThat(folder.errorsOf(target("orders", KAFKA) + "otlp: {}"))
        .isEqualTo(
            "config.yaml:4: otlp.url: missing (expected: http://host:port or https://host:port)");
  }

  @Test
  void noMoreErrorsThanAPersonReadsAreTold() {
    var yaml = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      yaml.append("x%d: 1\n".formatted(i));
    }

    assertThat(folder.errorsOf(yaml + target(KAFKA)).lines())
        .hasSize(51)
        .endsWith("config.yaml: and 10 more");
  }

  @Test
  void anUnknownKey() {
    assertThat(folder.errorsOf("scrape_interval: 15s\n" + target(KAFKA)))
        .isEqualTo(
            "config.yaml:1: scrape_interval: unknown key (expected: interval, timeout, granularity,"
                + " max_series, lag_objectives, targets, logs or otlp)");
    assertThat(folder.errorsOf("Intervall: 15s\n" + target(KAFKA)))
        .isEqualTo(
            "config.yaml:1: Intervall: unknown key (expected: interval, timeout, granularity,"
                + " max_series, lag_objectives, targets, logs or otlp; did you mean interval?)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', pasword: hunter2}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rabbitmq.pasword: unknown key (expected: sources,"
                + " prometheus_families, prometheus_addresses, raft_names, url, username, password,"
                + " ca_certificates, client_certificate, client_key, vhosts, queues,"
                + " details_interval, queue_statistics or vocabularies; did you mean password?)");
    assertThat(folder.errorsOf(target("<<: {timeout: 5s}\n    " + KAFKA)))
        .startsWith("config.yaml:3: targets[0].<<: unknown key");
  }

  @Test
  void lagObjectives() {
    assertThat(
            folder.errorsOf(
                """
                lag_objectives:
                  - {consumers: '(', objective: soon}
                  - {group: billing}
                  - {consumers: a, objective: 31d}
                """
                    + target("lag_objectives: []\n    " + KAFKA)))
        .isEqualTo(
            """
            config.yaml:2: lag_objectives[0].consumers: ( (expected: a regular expression; Unclosed group at character 2)
            config.yaml:2: lag_objectives[0].objective: soon (expected: a duration of 0s to 30d, such as 10s)
            config.yaml:3: lag_objectives[1].consumers: missing (expected: a regular expression)
            config.yaml:3: lag_objectives[1].objective: missing (expected: a duration of 0s to 30d, such as 10s)
            config.yaml:3: lag_objectives[1].group: unknown key (expected: consumers or objective)
            config.yaml:4: lag_objectives[2].objective: 31d (expected: 0s to 30d)
            config.yaml:7: targets[0].lag_objectives: an empty list (expected: at least one element)\
            """);
  }

  @Test
  void aDuplicateKey() {
    assertThat(folder.errorsOf("timeout: 5s\n" + target(KAFKA) + "timeout: 6s\n"))
        .isEqualTo(
            "config.yaml:5: timeout: duplicate key (expected: each key once; line 1 has it too)");
  }

  @Test
  void aKeyThatIsNoText() {
    assertThat(folder.errorsOf("? [a, b]\n: c\n" + target(KAFKA)))
        .isEqualTo("config.yaml:1: a key that is no text (expected: a key of one word)");
  }

  @Test
  void aWrongType() {
    assertThat(folder.errorsOf("timeout: [1s]\n" + target(KAFKA)))
        .isEqualTo(
            "config.yaml:1: timeout: a list (expected: a duration of 100ms to 5m, such as 10s)");
    assertThat(folder.errorsOf("timeout:\n" + target(KAFKA)))
        .isEqualTo(
            "config.yaml:1: timeout: nothing (expected: a duration of 100ms to 5m, such as 10s)");
    assertThat(folder.errorsOf("timeout: !!binary 5s\n" + target(KAFKA)))
        .isEqualTo(
            "config.yaml:1: timeout: a value with a YAML tag (expected: a duration of 100ms to 5m,"
                + " such as 10s)");
    assertThat(folder.errorsOf("targets: a\n"))
        .isEqualTo("config.yaml:1: targets: a single value (expected: a list)");
    assertThat(folder.errorsOf("targets: [a]\n"))
        .isEqualTo("config.yaml:1: targets[0]: a single value (expected: keys and values)");
    assertThat(folder.errorsOf(target("rabbitmq: password:hunter2")))
        .isEqualTo(
            "config.yaml:3: targets[0].rabbitmq: a single value (expected: keys and values)");
    assertThat(folder.errorsOf(target("kafka: {bootstrap_servers: {a: 1}}")))
        .isEqualTo(
            "config.yaml:3: targets[0].kafka.bootstrap_servers: keys and values (expected:"
                + " host:port, such as broker-1:9092)");
    assertThat(
            folder.errorsOf(
                target("kafka: {bootstrap_servers: 'a:1', properties: {a.b: [1], c.d: }}")))
        .isEqualTo(
            """
            config.yaml:3: targets[0].kafka.properties.a.b: a list (expected: text, "" for an empty one)
            config.yaml:3: targets[0].kafka.properties.c.d: nothing (expected: text, "" for an empty one)\
            """);
    assertThat(folder.errorsOf("- a\n"))
        .isEqualTo("config.yaml:1: a list (expected: keys and values)");
  }

  @Test
  void aBadDuration() {
    assertThat(folder.errorsOf("interval: 15\n" + target(KAFKA)))
        .isEqualTo("config.yaml:1: interval: 15 (expected: a duration of 1s to 1h, such as 10s)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', details_interval: 2d}")))
        .isEqualTo("config.yaml:3: targets[0].rabbitmq.details_interval: 2d (expected: 0s to 1d)");
    assertThat(folder.errorsOf("interval: 1s30m\n" + target(KAFKA)))
        .startsWith("config.yaml:1: interval: 1s30m (expected: a duration");
  }

  @Test
  void aDurationOutOfBounds() {
    assertThat(folder.errorsOf("interval: 2d\n" + target(KAFKA)))
        .isEqualTo("config.yaml:1: interval: 2d (expected: 1s to 1h)");
    assertThat(folder.errorsOf(target("timeout: 99ms\n    " + KAFKA)))
        .isEqualTo("config.yaml:3: targets[0].timeout: 99ms (expected: 100ms to 5m)");
  }

  @Test
  void aBadGranularityOrNumberOfSeries() {
    assertThat(folder.errorsOf("granularity: topic\nmax_series: many\n" + target(KAFKA)))
        .isEqualTo(
            """
            config.yaml:1: granularity: topic (expected: cluster, destination or partition)
            config.yaml:2: max_series: many (expected: a whole number of 1 to 100000000)\
            """);
    for (String number : new String[] {"0", "-1", "1e6", "1.5", "100000001", "99999999999"}) {
      assertThat(folder.errorsOf(target("max_series: " + number + "\n    " + KAFKA)))
          .isEqualTo(
              "config.yaml:3: targets[0].max_series: %s (expected: a whole number of 1 to"
                  + " 100000000)",
              number);
    }
  }

  @Test
  void anUnknownVocabulary() {
    assertThat(
            folder.errorsOf(
                target("kafka: {bootstrap_servers: 'a:1', vocabularies: [burrow, kminnion]}")))
        .isEqualTo(
            "config.yaml:3: targets[0].kafka.vocabularies: kminnion (expected: kafka-exporter,"
                + " kminion or burrow)");
  }

  @Test
  void aTimeoutThatIsLongerThanTheInterval() {
    assertThat(folder.errorsOf("timeout: 20s\n" + target(KAFKA)))
        .isEqualTo("config.yaml:1: timeout: 20s (expected: at most the interval, 15s)");
    assertThat(folder.errorsOf(target("interval: 2s\n    timeout: 3s\n    " + KAFKA)))
        .isEqualTo("config.yaml:4: targets[0].timeout: 3s (expected: at most the interval, 2s)");
    assertThat(folder.errorsOf("interval: x\ntimeout: 20s\n" + target(KAFKA)).lines())
        .as("the interval is not known")
        .hasSize(1);
  }

  @Test
  void noTargets() {
    assertThat(folder.errorsOf("interval: 15s\n"))
        .isEqualTo("config.yaml:1: targets: missing (expected: a list)");
    assertThat(folder.errorsOf("targets: []\n"))
        .isEqualTo("config.yaml:1: targets: an empty list (expected: at least one element)");
  }

  @Test
  void tooManyTargets() {
    assertThat(folder.errorsOf("targets: [" + "a,".repeat(1001) + "]\n"))
        .isEqualTo("config.yaml:1: targets: 1001 entries (expected: at most 1000)");
  }

  @Test
  void aNameThatAnotherTargetHas() {
    assertThat(folder.errorsOf(target(KAFKA) + "  - name: a\n    " + KAFKA))
        .isEqualTo(
            "config.yaml:4: targets[1].name: a (expected: a name of its own; line 2 has it too)");
  }

  @Test
  void aNameThatIsNotFit() {
    String expected = " (expected: a name of 1 to 200 printable characters)";
    assertThat(folder.errorsOf(target("\"a\\u0007\\nb\"", KAFKA)))
        .isEqualTo("config.yaml:2: targets[0].name: a\\u0007\\u000ab" + expected);
    assertThat(folder.errorsOf(target("''", KAFKA)))
        .isEqualTo("config.yaml:2: targets[0].name: \"\"" + expected);
    assertThat(folder.errorsOf(target("a".repeat(201), KAFKA)))
        .isEqualTo("config.yaml:2: targets[0].name: " + "a".repeat(120) + "..." + expected);
  }

  @Test
  void noBrokerOrTwo() {
    assertThat(folder.errorsOf("targets:\n  - name: a\n"))
        .isEqualTo(
            "config.yaml:2: targets[0]: no broker (expected: one of kafka, rabbitmq or rocketmq)");
    assertThat(folder.errorsOf(target(KAFKA + "\n    rocketmq: {name_servers: a}")))
        .isEqualTo(
            """
            config.yaml:2: targets[0]: kafka and rocketmq (expected: one of kafka, rabbitmq or rocketmq)
            config.yaml:4: targets[0].rocketmq.name_servers: a (expected: host:port, such as broker-1:9092)\
            """);
  }

  @Test
  void jmxThatSaysTooLittleOrWhatCannotBe() {
    assertThat(folder.errorsOf(target(KAFKA + "\n    jmx: {max_mbeans: 5}")))
        .isEqualTo(
            "config.yaml:4: targets[0].jmx: neither port nor addresses (expected: port or addresses)");
    assertThat(folder.errorsOf(target(KAFKA + "\n    jmx: {port: 0, username: a}")))
        .isEqualTo(
            """
            config.yaml:4: targets[0].jmx.port: 0 (expected: a whole number of 1 to 65535)
            config.yaml:4: targets[0].jmx.password: missing (expected: a value, as username has one)\
            """);
    assertThat(
            folder.errorsOf(
                target(
                    KAFKA
                        + "\n    jmx: {port: 1, tls: {trust_store: ca.pem, key_store: /a, verify_host: no}}")))
        .isEqualTo(
            """
            config.yaml:4: targets[0].jmx.tls.trust_store: ca.pem (expected: an absolute path, such as /etc/ssl/store.p12)
            config.yaml:4: targets[0].jmx.tls.key_store_password: missing (expected: a value, as key_store has one)
            config.yaml:4: targets[0].jmx.tls.verify_host: no (expected: true or false)\
            """);
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a'}\n    jmx: {port: 1}")))
        .isEqualTo(
            "config.yaml:4: targets[0].jmx.port: not for RabbitMQ, whose nodes are no JVMs (expected:"
                + " addresses)");
  }

  @Test
  void aBrokerThatNoAgentCanStandBeside() {
    assertThat(folder.errorsOf(target(KAFKA + "\n    sidecar_of: broker-1")))
        .isEqualTo(
            "config.yaml:4: targets[0].sidecar_of: broker-1 (expected: the id of a broker, such as 1)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a'}\n    sidecar_of: 1")))
        .isEqualTo(
            "config.yaml:4: targets[0].sidecar_of: 1 (expected: the name of a node, such as rabbit@host)");
    assertThat(folder.errorsOf(target("rocketmq: {name_servers: 'a:1'}\n    sidecar_of: broker-a")))
        .isEqualTo(
            "config.yaml:4: targets[0].sidecar_of: broker-a (expected: the name of a broker and its id,"
                + " such as broker-a:0)");
    assertThat(folder.errorsOf(target(KAFKA + "\n    sidecar_of: [1]")))
        .isEqualTo(
            "config.yaml:4: targets[0].sidecar_of: a list (expected: the id of a broker, such as 1)");
  }

  @Test
  void whatEachSidecarWouldRead() {
    assertThat(
            folder.errorsOf(
                """
                targets:
                  - name: orders
                    kafka: {bootstrap_servers: 'a:1', mirrors: [{source: far}]}
                    sidecar_of: 1
                    jmx: {port: 9999, addresses: 'localhost:9999'}
                  - name: far
                    kafka: {bootstrap_servers: 'b:1'}
                """))
        .isEqualTo(
            """
            config.yaml:3: targets[0].kafka: mirrors (expected: mirrors where there is no sidecar_of)
            config.yaml:5: targets[0].jmx: a port of all brokers (expected: addresses alone, beside sidecar_of)\
            """);
  }

  @Test
  void aVocabularyThatChangesMeaningsForSomeTargetsOnly() {
    String speaking = "rabbitmq: {url: 'http://a', vocabularies: rabbitmq-exporter}";
    String silent = "\n  - name: invoices\n    rabbitmq: {url: 'http://b'}";
    assertThat(folder.errorsOf(target(speaking + silent)))
        .isEqualTo(
            "config.yaml:5: targets[1].rabbitmq: no vocabulary (expected: vocabularies:"
                + " [rabbitmq-exporter] as a has it, or none for all targets, so that a name"
                + " has one meaning)");
  }

  @Test
  void aMirrorOfWhatIsNoOtherKafka() {
    String kafka = "kafka: {bootstrap_servers: 'a:1'";
    for (String source : new String[] {"none", "orders"}) {
      assertThat(folder.errorsOf(target(kafka + ", mirrors: [{source: " + source + "}]}")))
          .isEqualTo(
              "config.yaml:3: targets[0].kafka: mirrors of %s (expected: the name of another target with kafka)",
              source);
    }
    assertThat(folder.errorsOf(target(kafka + ", mirrors: [{source_alias: a}]}")))
        .isEqualTo(
            "config.yaml:3: targets[0].kafka.mirrors[0].source: missing (expected: a name of 1 to 200 printable characters)");
  }

  @Test
  void aRuleFileThatJmxExporterWouldNotTake() {
    folder.write("kafka-rules.yaml", "rules:\n  - pattern: a\n  - name: b\n");
    assertThat(folder.errorsOf(target(KAFKA + "\n    jmx: {port: 1, rules: kafka-rules.yaml}")))
        .isEqualTo(
            "config.yaml:4: targets[0].jmx.rules: kafka-rules.yaml:3: rules[1]: Must provide pattern, if name is given (expected: rules that jmx_exporter would take)");
    assertThat(folder.errorsOf(target(KAFKA + "\n    jmx: {port: 1, rules: none.yaml}")))
        .isEqualTo(
            "config.yaml:4: targets[0].jmx.rules: none.yaml: not found (expected: the path of a rule file of jmx_exporter, of at most 1 MiB)");
  }

  @Test
  void aBadAddress() {
    for (String address :
        new String[] {
          "a", ":1", "a:0", "a:65536", "a:99999999999", "PLAINTEXT://a:1", "a b:1", "::1:9", "[a]:1"
        }) {
      assertThat(folder.errorsOf(target("kafka: {bootstrap_servers: '" + address + "'}")))
          .isEqualTo(
              "config.yaml:3: targets[0].kafka.bootstrap_servers: %s (expected: host:port, such as broker-1:9092)",
              address);
    }
    assertThat(folder.errorsOf(target("kafka: {bootstrap_servers: 'a:1,,b:1'}")))
        .contains("bootstrap_servers: \"\" (expected: host:port");
    assertThat(
            folder.errorsOf(target("kafka:\n      bootstrap_servers:\n        - a:1\n        - b")))
        .startsWith("config.yaml:6: targets[0].kafka.bootstrap_servers: b (expected: host:port");
  }

  @Test
  void aBadUrl() {
    for (String url :
        new String[] {
          "localhost:15672",
          "ftp://a",
          "http://",
          "http://a_b:1",
          "http://a:70000",
          "http://a?b=c",
          "http://a/#b",
          "http://a b",
          "/a",
          "''"
        }) {
      assertThat(folder.errorsOf(target("rabbitmq: {url: \"%s\"}".formatted(url))))
          .isEqualTo(
              "config.yaml:3: targets[0].rabbitmq.url: %s (expected: http://host:port or https://host:port)",
              url);
    }
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://guest:hunter2@a:15672'}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rabbitmq.url: http://<secret>@a:15672 (expected:"
                + " http://host:port or https://host:port, user and password under keys of their"
                + " own)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://guest:hunt/er2@a:15672'}")))
        .startsWith("config.yaml:3: targets[0].rabbitmq.url: http://<secret>@a:15672 (expected:");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a:15672/api/'}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rabbitmq.url: http://a:15672/api/ (expected:"
                + " http://host:port or https://host:port, without /api)");
  }

  @Test
  void aRabbitMqClusterThatCannotBeReadAsIsSaid() {
    String start = "config.yaml:3: targets[0].rabbitmq.";
    assertThat(folder.errorsOf(target("rabbitmq: {sources: prometheus}")))
        .isEqualTo(
            start
                + "prometheus_addresses: missing (expected: an address of each node where sources is"
                + " prometheus)");
    assertThat(
            folder.errorsOf(
                target(
                    "rabbitmq: {sources: prometheus, url: 'http://a',"
                        + " prometheus_addresses: 'http://b'}")))
        .isEqualTo(start + "url: not for the Prometheus plugin (expected: prometheus_addresses)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', sources: [plugin]}")))
        .isEqualTo(start + "sources: plugin (expected: management or prometheus)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', raft_names: new}")))
        .isEqualTo(start + "raft_names: new (expected: own or both)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', queue_statistics: none}")))
        .isEqualTo(start + "queue_statistics: none (expected: full or totals)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', vocabularies: kminion}")))
        .isEqualTo(start + "vocabularies: kminion (expected: rabbitmq-exporter)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', prometheus_families: 'a&b'}")))
        .isEqualTo(
            start
                + "prometheus_families: a&b (expected: the name of a group of families, such as"
                + " ra_metrics)");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', prometheus_addresses: 'a:1'}")))
        .isEqualTo(
            start + "prometheus_addresses: a:1 (expected: http://host:port or https://host:port)");
  }

  @Test
  void certificatesThatAreNone() {
    String start = "config.yaml:3: targets[0].rabbitmq.";
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'https://a', ca_certificates: hunter2}")))
        .isEqualTo(
            start
                + "ca_certificates: a text without any (expected: certificates in PEM form, such as"
                + " ${file:/path/to.pem})");
    assertThat(
            folder.errorsOf(
                target("rabbitmq: {url: 'https://a', client_certificate: x, client_key: hunter2}")))
        .isEqualTo(
            start
                + "client_certificate: a text without any (expected: certificates in PEM form, such"
                + " as ${file:/path/to.pem})\n"
                + start
                + "client_key: <secret> (expected: a key that is not encrypted in PEM form, such as"
                + " ${file:/path/to.pem})");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'https://a', client_key: '${file:key}'}")))
        .contains(start + "client_key: ${file:key}: not found")
        .contains(start + "client_certificate: missing (expected: a value, as client_key has one)");
  }

  @Test
  void aBadRegularExpression() {
    assertThat(
            folder.errorsOf(
                target("kafka: {bootstrap_servers: 'a:1', dead_letter_topics: 'dead(letters'}")))
        .isEqualTo(
            "config.yaml:3: targets[0].kafka.dead_letter_topics: dead(letters (expected: a regular"
                + " expression; Unclosed group at character 13)");
    assertThat(
            folder.errorsOf(
                target(
                    "kafka: {bootstrap_servers: 'a:1', dead_letter_topics: '"
                        + "(".repeat(100_000)
                        + "'}")))
        .endsWith("... (expected: a regular expression of 1 to 1000 characters)");
  }

  @Test
  void aBadFilter() {
    assertThat(
            folder.errorsOf(
                """
                targets:
                  - name: a
                    kafka:
                      bootstrap_servers: a:1
                      topics:
                        include:
                          - orders
                          - "*"
                        exclude: {a: b}
                      groups: [a]
                  - name: b
                    rabbitmq: {url: "http://a", queues: {include: "(", excludes: a}}
                """))
        .isEqualTo(
            """
            config.yaml:8: targets[0].kafka.topics.include: * (expected: a regular expression; Dangling meta character '*' at character 1)
            config.yaml:9: targets[0].kafka.topics.exclude: keys and values (expected: a regular expression)
            config.yaml:10: targets[0].kafka.groups: a list (expected: keys and values)
            config.yaml:12: targets[1].rabbitmq.queues.include: ( (expected: a regular expression; Unclosed group at character 2)
            config.yaml:12: targets[1].rabbitmq.queues.excludes: unknown key (expected: include or exclude; did you mean exclude?)\
            """);
    assertThat(
            folder.errorsOf(
                target(
                    "rocketmq: {name_servers: 'a:1', groups: {exclude: ["
                        + "a,".repeat(1001)
                        + "]}}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rocketmq.groups.exclude: 1001 entries (expected: at most"
                + " 1000)");
  }

  @Test
  void aKafkaPropertyThatHasAKeyOfItsOwn() {
    assertThat(
            folder.errorsOf(
                target(
                    "kafka: {bootstrap_servers: 'a:1', properties: {bootstrap.servers: 'b:1'}}")))
        .isEqualTo(
            "config.yaml:3: targets[0].kafka.properties.bootstrap.servers: not to be set here"
                + " (expected: bootstrap_servers, one level up)");
  }

  @Test
  void oneOfTwoKeysThatBelongTogether() {
    assertThat(folder.errorsOf(target("rocketmq: {name_servers: 'a:1', access_key: agent}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rocketmq.secret_key: missing (expected: a value, as"
                + " access_key has one)");
    assertThat(folder.errorsOf(target("rocketmq: {name_servers: 'a:1', secret_key: hunter2}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rocketmq.access_key: missing (expected: a value, as"
                + " secret_key has one)");
  }

  @Test
  void whatRocketMqDoesNotKnow() {
    String start = "config.yaml:3: targets[0].rocketmq.";
    assertThat(folder.errorsOf(target("rocketmq: {name_servers: 'a:1', vocabularies: burrow}")))
        .isEqualTo(start + "vocabularies: burrow (expected: rocketmq-exporter or rocketmq-native)");
    assertThat(folder.errorsOf(target("rocketmq: {name_servers: 'a:1', tls: perhaps}")))
        .isEqualTo(start + "tls: perhaps (expected: true or false)");
    assertThat(
            folder.errorsOf(
                target("rocketmq: {name_servers: 'a:1', client_certificate: x, client_key: y}")))
        .isEqualTo(
            (start
                + "client_certificate: a text without any (expected: certificates in PEM form,"
                + " such as ${file:/path/to.pem})\n"
                + start
                + "client_key: <secret> (expected: a key that is not encrypted in PEM"
                + " form, such as ${file:/path/to.pem})\n"
                + start
                + "client_certificate: of no use without TLS (expected: tls: true beside it)\n"
                + start
                + "client_key: of no use without TLS (expected: tls: true beside it)"));
  }

  @Test
  void aVariableThatIsNotSet() {
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', password: '${NOT_SET}'}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rabbitmq.password: ${NOT_SET}: not set (expected: a variable"
                + " of the environment, or a default as in ${NOT_SET:-default})");
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', password: '${EMPTY}'}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rabbitmq.password: <secret> (expected: text that is not"
                + " empty)");
  }

  @Test
  void aReferenceThatIsNone() {
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', password: 'hunter${2'}")))
        .isEqualTo(
            "config.yaml:3: targets[0].rabbitmq.password: ${ that begins no reference (expected:"
                + " ${NAME}, ${NAME:-default}, ${file:/path}, or $${ for the characters ${)");
    assertThat(folder.errorsOf(target("kafka: {bootstrap_servers: '${A:-${B}}:1'}")))
        .contains("bootstrap_servers: ${ that begins no reference");
  }

  @Test
  void aSecretFileThatCannotBeRead() throws Exception {
    String line = "rabbitmq: {url: 'http://a', password: '${file:%s}'}";
    String start = "config.yaml:3: targets[0].rabbitmq.password: ${file:%s}: ";
    String end = " (expected: a text file of 1 byte to 64 KiB)";
    folder.write("empty", "\n");
    folder.write("large", "x".repeat(65_537));
    folder.write("binary", new byte[] {'a', '\n', (byte) 0xC3});
    java.nio.file.Files.createDirectory(temporary.resolve("directory"));

    assertThat(folder.errorsOf(target(line.formatted("/run/none"))))
        .isEqualTo(start.formatted("/run/none") + "not found" + end);
    assertThat(folder.errorsOf(target(line.formatted("empty"))))
        .isEqualTo(start.formatted("empty") + "empty" + end);
    assertThat(folder.errorsOf(target(line.formatted("large"))))
        .isEqualTo(start.formatted("large") + "65537 bytes" + end);
    assertThat(folder.errorsOf(target(line.formatted("binary"))))
        .isEqualTo(start.formatted("binary") + "invalid UTF-8 at byte 2" + end);
    assertThat(folder.errorsOf(target(line.formatted("directory"))))
        .isEqualTo(start.formatted("directory") + "a directory" + end);
    assertThat(folder.errorsOf(target(line.formatted("/dev/zero"))))
        .isEqualTo(start.formatted("/dev/zero") + "not a regular file" + end);
    assertThat(folder.errorsOf(target("rabbitmq: {url: 'http://a', password: \"${file:a\\0}\"}")))
        .isEqualTo(start.formatted("a\\u0000") + "not a path" + end);
  }

  @Test
  void whatCameFromAFileIsNotShown() {
    folder.write("address", "http://hunter2");
    assertThat(folder.errorsOf(target("kafka: {bootstrap_servers: '${file:address}'}")))
        .isEqualTo(
            "config.yaml:3: targets[0].kafka.bootstrap_servers: <secret> (expected: host:port, such"
                + " as broker-1:9092)");
  }

  private static String target(String broker) {
    return target("a", broker);
  }

  private static String target(String name, String broker) {
    return "targets:\n  - name: " + name + "\n    " + broker + "\n";
  }
}
