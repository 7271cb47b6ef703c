package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.RightsScript;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import io.mqexporter.collector.Tls;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig.Credentials;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads a broker that controls access, which name servers do not; with TLS, where both want to see
 * a certificate, and without.
 */
class RocketMqAccessIT {

  private static final String MONITOR = "monitor";
  private static final String STRANGER = "stranger";
  private static final String PASSWORD = "user-secret";
  private static final String TOPIC = "orders";
  private static final String GROUP = "billing";

  private static Certificates certificates;
  private static RocketMqBroker broker;

  @BeforeAll
  static void start() throws Exception {
    Path folder = Repository.emptyRunFolder("rocketmq-certificates");
    certificates = new Certificates(folder).issue("server").issue("agent");
    Path key = Files.writeString(folder.resolve("server.pem"), certificates.pem("server"));
    broker =
        RocketMqBroker.startWithAccessControl(
            "rocketmq-access",
            List.of(
                "-Dtls.test.mode.enable=false",
                "-Dtls.server.mode=permissive",
                "-Dtls.server.keyPath=" + key,
                "-Dtls.server.certPath=" + key,
                "-Dtls.server.need.client.auth=require",
                "-Dtls.server.authClient=true",
                "-Dtls.server.trustCertPath=" + certificates.authorityPem()));
    fill();
  }

  private static void fill() throws Exception {
    var signer = new SessionCredentials(RocketMqBroker.USER, RocketMqBroker.SECRET);
    var tool = new DefaultMQAdminExt(new AclClientRPCHook(signer), 10_000);
    tool.setNamesrvAddr(broker.nameServer());
    tool.setInstanceName("access");
    tool.start();
    try {
      tool.createAndUpdateTopicConfig(broker.broker(), new TopicConfig(TOPIC, 1, 1, 6));
      var group = new SubscriptionGroupConfig();
      group.setGroupName(GROUP);
      tool.createAndUpdateSubscriptionGroupConfig(broker.broker(), group);
      tool.createUser(broker.broker(), STRANGER, PASSWORD, "Normal");
    } finally {
      tool.shutdown();
    }
    RightsScript.rocketMq(
        broker.cluster(), RocketMqBroker.USER, RocketMqBroker.SECRET, MONITOR, PASSWORD);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void readsEverythingWithTheRightSecret() throws Exception {
    assertThat(collect(signedBy(RocketMqBroker.USER, RocketMqBroker.SECRET)).missing()).isEmpty();
  }

  @Test
  void saysThatItIsNotPermittedWithAWrongSecret() {
    assertThatThrownBy(() -> collect(signedBy(RocketMqBroker.USER, "wrong")))
        .isInstanceOf(CollectionException.class)
        .hasMessage("broker %s: not permitted: check signature failed.", broker.broker());
  }

  @Test
  void saysThatItIsNotPermittedAsAnUnknownUser() {
    assertThatThrownBy(() -> collect(signedBy("joe", RocketMqBroker.SECRET)))
        .isInstanceOf(CollectionException.class)
        .hasMessage("broker %s: not permitted: User:joe is not found.", broker.broker());
  }

  @Test
  void saysThatItIsNotPermittedWithoutCredentials() {
    assertThatThrownBy(() -> collect(Optional.empty()))
        .isInstanceOf(CollectionException.class)
        .hasMessage("broker %s: not permitted: username cannot be null.", broker.broker());
  }

  @Test
  void readsEverythingAsTheUserThatTheScriptMakes() throws Exception {
    Collected collected = collect(signedBy(MONITOR, PASSWORD));
    assertThat(collected.missing()).isEmpty();
    assertThat(new MetricValues(collected.families()).of(RocketMqMetric.TOPIC_MAX_OFFSET))
        .containsKey(List.of(TOPIC, RocketMqBroker.BROKER, "0"));
  }

  @Test
  void namesTheRightsThatAreMissing() throws Exception {
    Collected collected = collect(signedBy(STRANGER, PASSWORD));
    assertThat(collected.missing())
        .extracting(missing -> missing.what() + ": " + missing.why())
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("offsets of ")
                .contains(broker.broker() + ": not permitted: User:stranger has no permission")
                .contains("Topic:"))
        .anySatisfy(line ->
            assertThat(line).startsWith("clients of 1 consumer groups").contains("Group:billing"))
        .anySatisfy(line -> assertThat(line).startsWith("producers of").contains("Cluster:"));
    var values = new MetricValues(collected.families());
    assertThat(values.of(RocketMqMetric.TOPIC_READ_QUEUES)).isNotEmpty();
    assertThat(values.of(RocketMqMetric.TOPIC_MAX_OFFSET)).isEmpty();
  }

  @Test
  void speaksTls() throws Exception {
    assertThat(collect(withTls("agent", certificates)).missing()).isEmpty();
  }

  @Test
  void saysThatAnotherAuthorityIsNotTrusted(@TempDir Path elsewhere) {
    var others = new Certificates(elsewhere).issue("agent");
    assertThatThrownBy(() -> collect(withTls("agent", others)))
        .isInstanceOf(CollectionException.class)
        .hasMessageStartingWith("name server %s: TLS: ", broker.nameServer());
  }

  @Test
  void saysThatACertificateOfItsOwnIsWanted() {
    var tls = new Tls(authorities(certificates), Optional.empty());
    assertThatThrownBy(() -> collect(access(Optional.of(tls))))
        .isInstanceOf(CollectionException.class)
        .hasMessageStartingWith("name server " + broker.nameServer());
  }

  @Test
  void usesARenewedSecretAtTheNextCollection() throws Exception {
    var settings =
        new AtomicReference<>(new Edition<>(config(signedBy(RocketMqBroker.USER, "wrong")), 1));
    try (var collector = collector(settings::get)) {
      assertThatThrownBy(() -> collector.collect(deadline()))
          .isInstanceOf(CollectionException.class);
      settings.set(new Edition<>(config(signedBy(RocketMqBroker.USER, RocketMqBroker.SECRET)), 2));
      assertThat(collector.collect(deadline()).missing()).isEmpty();
    }
  }

  private static Optional<Credentials> signedBy(String user, String secret) {
    return Optional.of(new Credentials(user, new Secret(secret)));
  }

  private static Collected collect(Optional<Credentials> credentials)
      throws CollectionException, InterruptedException {
    return collect(config(credentials));
  }

  private static Collected collect(RocketMqConfig config)
      throws CollectionException, InterruptedException {
    try (var collector = collector(Settings.fixed(config))) {
      return collector.collect(deadline());
    }
  }

  private static RocketMqConfig withTls(String name, Certificates issued) {
    String pem = issued.pem(name);
    return access(
        Optional.of(
            new Tls(
                authorities(issued),
                Optional.of(new Tls.Client(Tls.key(pem), Tls.certificates(pem))))));
  }

  private static List<Certificate> authorities(Certificates issued) {
    try {
      return Tls.certificates(Files.readString(issued.authorityPem()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RocketMqConfig access(Optional<Tls> tls) {
    Optional<Credentials> credentials = signedBy(MONITOR, PASSWORD);
    return config(credentials).with(new RocketMqConfig.Access(credentials, tls));
  }

  private static RocketMqCollector collector(Settings<RocketMqConfig> settings) {
    return new RocketMqCollector(
        "access",
        settings,
        new ClusterMemory(Duration.ofMinutes(5)),
        LagObjectives.NONE,
        Clock.systemUTC());
  }

  private static RocketMqConfig config(Optional<Credentials> credentials) {
    return new RocketMqConfig(List.of(broker.nameServer()), credentials);
  }

  private static Deadline deadline() {
    return Deadline.after(Duration.ofMinutes(1));
  }
}
