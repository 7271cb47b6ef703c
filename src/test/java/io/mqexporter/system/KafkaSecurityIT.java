package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.credentials.TokenEndpoint;
import java.util.Map;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads a broker in every way in which Kafka asks who is there, by the packaged agent and with
 * nothing but properties in its configuration; and renews passwords and certificates under it.
 */
class KafkaSecurityIT {

  private static SecuredKafka kafka;
  private static AgentProcess agent;

  @BeforeAll
  static void start() {
    kafka = new SecuredKafka();
    kafka.setPassword("renewed", ScramMechanism.SCRAM_SHA_512, "first");
    kafka.write("password", "guessed\n");
    kafka.write("client-secret", "guessed");
    kafka.write("renewed.pem", kafka.certificates().pem("expired"));
    agent =
        AgentProcess.start(
            "kafka-security-agent",
            kafka.configuration(),
            Map.of("JAVA_OPTS", "-Djava.security.krb5.conf=" + kafka.kerberosConfiguration()));
  }

  @AfterAll
  static void stop() {
    try (SecuredKafka _ = kafka) {
      if (agent != null) {
        agent.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tls-pem", "tls-pkcs12", "plain", "scram-256", "scram-512", "oauth", "kerberos"})
  void readsEverythingBy(String target) {
    awaitSuccess(target, 1);
  }

  @Test
  void aClientSecretIsRenewedInItsFileWithoutARestart() {
    awaitReason("The response code 401 and error response");
    kafka.write("client-secret", TokenEndpoint.SECRET);
    awaitSuccess("oauth-renewed", 1);
  }

  @Test
  void aPasswordIsRenewedInItsFileWithoutARestart() {
    awaitReason("authentication failed: ");
    kafka.write("password", "first\n");
    awaitSuccess("scram-renewed", 1);

    kafka.setPassword("renewed", ScramMechanism.SCRAM_SHA_512, "second");
    kafka.write("password", "second\n");
    awaitLog("scram-renewed (kafka): connects anew", "");
    awaitSuccess("scram-renewed", 1);

    kafka.write("password", "");
    awaitLog("scram-renewed: a file has changed, the former values stay: ", ": empty");
    awaitSuccess("scram-renewed", 1);
  }

  @Test
  void aCertificateIsRenewedInItsFileWithoutARestart() {
    awaitReason("TLS handshake failed: ");
    String renewed = kafka.certificates().pem("client");
    kafka.write("renewed.pem", renewed);
    awaitSuccess("tls-renewed", 1);

    kafka.write("renewed.pem", renewed.substring(0, renewed.length() / 2));
    awaitLog("tls-renewed (kafka): the changed credentials or certificates cannot be used", "");
    awaitSuccess("tls-renewed", 1);
    kafka.write("renewed.pem", renewed);
    awaitSuccess("tls-renewed", 1);
  }

  /** Waits until the start page says so, as it does of one target at that time. */
  private static void awaitReason(String reason) {
    await().untilAsserted(() -> assertThat(agent.get("/").body()).contains(reason));
  }

  private static void awaitSuccess(String target, int expected) {
    await()
        .untilAsserted(() ->
            assertThat(
                    agent
                        .scrape()
                        .value(
                            "mq_exporter_collection_success",
                            "messaging_cluster=\"" + target + "\""))
                .as(() -> String.join("\n", agent.logLines(target)))
                .hasValue(expected));
  }

  private static void awaitLog(String start, String content) {
    await()
        .untilAsserted(() ->
            assertThat(agent.logLines(start))
                .as(() -> String.join("\n", agent.logLines("")))
                .anyMatch(line -> line.contains(content)));
  }
}
