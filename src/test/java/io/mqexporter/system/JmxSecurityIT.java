package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.metric.MetricFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JVMs that demand TLS, certificates and passwords, by Java's own settings for them. */
class JmxSecurityIT {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final JmxConfig.Credentials READER =
      new JmxConfig.Credentials("monitor", new Secret("read"));

  private static final List<ServerProcess> processes = new ArrayList<>();
  private static Path folder;
  private static Certificates ours;
  private static Certificates theirs;

  /** A JVM that demands a certificate of our authority, at its registry too, and a password. */
  private static int strict;

  /** One of another authority, whose registry does not speak TLS. */
  private static int other;

  private static int expired;
  private static int elsewhere;

  @BeforeAll
  static void start() throws Exception {
    folder = Repository.emptyRunFolder("jmx-security");
    ours = authority("ours").issue("jvm").issue("agent").issueExpired("old");
    theirs = authority("theirs").issue("jvm").issue("agent");
    strict = Ports.free();
    other = Ports.free();
    expired = Ports.free();
    elsewhere = Ports.free();
    var arguments = new ArrayList<>(tls(ours, "jvm"));
    arguments.addAll(
        List.of(
            "-Dcom.sun.management.jmxremote.registry.ssl=true",
            "-Dcom.sun.management.jmxremote.rmi.port=" + strict,
            "-Dcom.sun.management.jmxremote.ssl.need.client.auth=true",
            "-Dcom.sun.management.jmxremote.password.file=" + secret("password", "monitor read"),
            "-Dcom.sun.management.jmxremote.access.file=" + secret("access", "monitor readonly")));
    jvm("strict", strict, "127.0.0.1", arguments);
    arguments = new ArrayList<>(tls(theirs, "jvm"));
    arguments.add("-Dcom.sun.management.jmxremote.ssl.need.client.auth=true");
    arguments.add("-Dcom.sun.management.jmxremote.authenticate=false");
    jvm("other", other, "127.0.0.1", arguments);
    arguments = new ArrayList<>(tls(ours, "old"));
    arguments.add("-Dcom.sun.management.jmxremote.authenticate=false");
    jvm("expired", expired, "127.0.0.1", arguments);
    jvm(
        "elsewhere",
        elsewhere,
        "broker.invalid",
        List.of(
            "-Dcom.sun.management.jmxremote.rmi.port=" + elsewhere,
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false"));
  }

  private static Certificates authority(String name) throws IOException {
    return new Certificates(Files.createDirectory(folder.resolve(name)));
  }

  private static List<String> tls(Certificates authority, String key) {
    // A registry that speaks no TLS cannot share its port with the rest that does.
    return List.of(
        "-Dcom.sun.management.jmxremote.ssl=true",
        "-Djavax.net.ssl.keyStore=" + authority.keyStore(key),
        "-Djavax.net.ssl.keyStorePassword=" + Certificates.PASSWORD,
        "-Djavax.net.ssl.trustStore=" + authority.trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + Certificates.PASSWORD);
  }

  private static Path secret(String name, String line) throws IOException {
    Path file = Files.writeString(folder.resolve(name), line + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void jvm(String name, int port, String host, List<String> arguments) {
    Path runs = folder.resolve(name);
    var command =
        new ArrayList<>(
            List.of(
                ServerProcess.java(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Djava.rmi.server.hostname=" + host));
    command.addAll(arguments);
    Path ready = folder.resolve(name + ".ready");
    command.addAll(
        List.of(
            "-cp",
            Repository.file("target/system-tests/test-classes").toString(),
            "io.mqexporter.bench.ManyMBeans",
            "1",
            ready.toString()));
    try {
      Files.createDirectory(runs);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    ServerProcess process = ServerProcess.start("jmx-" + name, runs, Map.of(), command);
    processes.add(process);
    process.awaitReady(Duration.ofSeconds(60), () -> Files.exists(ready));
  }

  @AfterAll
  static void stop() {
    processes.forEach(ServerProcess::close);
  }

  @Test
  void severalJvmsWithDifferentStoresAreReadAtTheSameTime() throws Exception {
    try (JmxCollector first =
            collector(strict, Optional.of(READER), Optional.of(stores(ours, "agent")));
        JmxCollector second =
            collector(other, Optional.empty(), Optional.of(stores(theirs, "agent")))) {
      for (int pass = 0; pass < 3; pass++) {
        for (JmxCollector collector : List.of(first, second)) {
          Collected collected = collector.collect(Deadline.after(LONG));

          assertThat(collected.missing()).isEmpty();
          assertThat(collected.families())
              .extracting(MetricFamily::descriptor)
              .extracting(descriptor -> descriptor.metricName())
              .contains("messaging_jvm_threads", "kafka_server_brokertopicmetrics_bytesin_total");
        }
      }
    }
  }

  @Test
  void anAuthorityMayBeNamedByItsCertificateAlone() throws Exception {
    JmxConfig.Tls stores = stores(ours, "agent");
    var withPem =
        new JmxConfig.Tls(
            Optional.of(ours.authorityPem()),
            Optional.empty(),
            stores.keyStore(),
            stores.keyStorePassword(),
            true);
    try (JmxCollector collector = collector(strict, Optional.of(READER), Optional.of(withPem))) {
      assertThat(collector.collect(Deadline.after(LONG)).missing()).isEmpty();
    }
  }

  @Test
  void eachReasonForWhichTlsFailsIsNamed() {
    assertThat(failure(strict, Optional.empty()))
        .isEqualTo("speaks no RMI: it demands TLS, or is no JMX port");
    assertThat(failure(other, Optional.empty())).isEqualTo("demands TLS (expected: a section tls)");
    assertThat(failure(elsewhere, Optional.of(stores(ours, "agent"))))
        .startsWith("does not speak TLS (expected: no section tls");
    assertThat(failure(other, Optional.of(stores(ours, "agent"))))
        .isEqualTo(
            "TLS: its certificate is of no authority that is trusted (expected: one of trust_store)");
    assertThat(failure(expired, Optional.of(stores(ours, "agent"))))
        .startsWith("TLS: its certificate has expired: NotAfter: ");
    assertThat(failure(strict, Optional.of(stores(ours, "old"))))
        .matches("TLS: .*; our own certificate has expired: 20.*Z");
    JmxConfig.Tls without =
        new JmxConfig.Tls(
            Optional.of(ours.authorityPem()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true);
    assertThat(failure(strict, Optional.of(without))).startsWith("TLS: ");
  }

  @Test
  void aStoreThatCannotBeReadIsNamed() {
    JmxConfig.Tls stores = stores(ours, "agent");
    var wrongPassword =
        new JmxConfig.Tls(
            stores.trustStore(),
            Optional.of(new Secret("wrong")),
            stores.keyStore(),
            stores.keyStorePassword(),
            true);
    assertThatThrownBy(() -> collectOnce(strict, Optional.of(wrongPassword)))
        .hasMessage(
            "tls.trust_store: %s: keystore password was incorrect"
                .formatted(stores.trustStore().orElseThrow()));
  }

  @Test
  void aHostThatCannotBeReachedFromHereIsNamedWithTheCure() {
    assertThat(failure(elsewhere, Optional.empty()))
        .isEqualTo(
            "says that it is to be reached at broker.invalid:%d, which is not so from here (set %s and %s of that JVM)",
            elsewhere, "-Djava.rmi.server.hostname", "-Dcom.sun.management.jmxremote.rmi.port");
  }

  private static String failure(int port, Optional<JmxConfig.Tls> tls) {
    try {
      return "read: " + collectOnce(port, tls);
    } catch (Exception e) {
      return String.valueOf(e.getMessage()).replaceFirst("^127.0.0.1:\\d+: ", "");
    }
  }

  private static Collected collectOnce(int port, Optional<JmxConfig.Tls> tls) throws Exception {
    try (JmxCollector collector = collector(port, Optional.of(READER), tls)) {
      return collector.collect(Deadline.after(LONG));
    }
  }

  private static JmxConfig.Tls stores(Certificates authority, String key) {
    return new JmxConfig.Tls(
        Optional.of(authority.trustStore()),
        Optional.of(new Secret(Certificates.PASSWORD)),
        Optional.of(authority.keyStore(key)),
        Optional.of(new Secret(Certificates.PASSWORD)),
        true);
  }

  private static JmxCollector collector(
      int port, Optional<JmxConfig.Credentials> credentials, Optional<JmxConfig.Tls> tls) {
    var config =
        new JmxConfig(
            List.of("127.0.0.1:" + port),
            OptionalInt.empty(),
            credentials,
            tls,
            Optional.empty(),
            JmxConfig.DEFAULT_MAX_MBEANS);
    return new JmxCollector("secured", Settings.fixed(config), List::of);
  }
}
