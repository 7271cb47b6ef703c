package io.mqexporter.system;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.brokers.Repository;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.credentials.KerberosRealm;
import io.mqexporter.credentials.TokenEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that asks who is there in every way that Kafka knows, with all who issue what it asks
 * for, and the configuration of an agent that reads it in all these ways.
 */
final class SecuredKafka implements AutoCloseable {

  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String OAUTH =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
  private static final String KERBEROS = "com.sun.security.auth.module.Krb5LoginModule";

  private final Path folder = Repository.emptyRunFolder("kafka-security-files");
  private final Certificates certificates =
      new Certificates(folder).issue("broker").issue("client").issueExpired("expired");
  private final KerberosRealm realm = new KerberosRealm(folder);
  private final TokenEndpoint tokens = new TokenEndpoint();
  private final KafkaCluster broker = KafkaCluster.start("kafka-security", setup());

  /** Starts all of them. */
  SecuredKafka() {
    setPassword("agent", ScramMechanism.SCRAM_SHA_256, "agent-256");
    setPassword("agent", ScramMechanism.SCRAM_SHA_512, "agent-512");
    write("client.pem", certificates.pem("client"));
  }

  Certificates certificates() {
    return certificates;
  }

  Path kerberosConfiguration() {
    return realm.configuration();
  }

  /** Sets a password at the broker. */
  void setPassword(String user, ScramMechanism mechanism, String password) {
    try (Admin admin = broker.admin()) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      user, new ScramCredentialInfo(mechanism, 4096), password)))
          .all()
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces a file as a whole, as those do who renew secrets; it may be new. */
  void write(String name, String content) {
    try {
      Path whole = Files.writeString(folder.resolve(name + ".new"), content);
      Files.move(
          whole,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the configuration, with targets named for what they authenticate by. */
  String configuration() {
    String oauth = "clientId=%s clientSecret=%s scope=read";
    String renewed =
        "username=renewed password=\"${file:%s}\"".formatted(folder.resolve("password"));
    return "interval: 3s\ntargets:\n"
        + target("tls-pem", "TLS", pem("client.pem"))
        + target("tls-pkcs12", "TLS", pkcs12())
        + target("tls-renewed", "TLS", pem("renewed.pem"))
        + sasl("plain", "PLAIN", PLAIN, "username=agent password=agent-plain")
        + sasl("scram-256", "SCRAM-SHA-256", SCRAM, "username=agent password=agent-256")
        + sasl("scram-512", "SCRAM-SHA-512", SCRAM, "username=agent password=agent-512")
        + sasl("scram-renewed", "SCRAM-SHA-512", SCRAM, renewed)
        + sasl(
            "oauth",
            "OAUTHBEARER",
            OAUTH,
            oauth.formatted(TokenEndpoint.CLIENT, TokenEndpoint.SECRET))
        + sasl(
            "oauth-renewed",
            "OAUTHBEARER",
            OAUTH,
            oauth.formatted(
                TokenEndpoint.CLIENT, "\"${file:%s}\"".formatted(folder.resolve("client-secret"))))
        + sasl("kerberos", "GSSAPI", KERBEROS, kerberos("agent"));
  }

  @Override
  public void close() {
    broker.close();
    tokens.close();
    realm.close();
  }

  private KafkaSetup setup() {
    String sasl = "listener.name.sasl.";
    return KafkaSetup.of(1)
        .withListener("TLS", "SSL")
        .withListener("SASL", "SASL_SSL")
        .with("ssl.keystore.location", certificates.keyStore("broker").toString())
        .with("ssl.keystore.password", Certificates.PASSWORD)
        .with("ssl.truststore.location", certificates.trustStore().toString())
        .with("ssl.truststore.password", Certificates.PASSWORD)
        .with("listener.name.tls.ssl.client.auth", "required")
        .with(
            sasl + "sasl.enabled.mechanisms",
            "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER,GSSAPI")
        .with(sasl + "plain.sasl.jaas.config", PLAIN + " required user_agent=agent-plain;")
        .with(sasl + "scram-sha-256.sasl.jaas.config", SCRAM + " required;")
        .with(sasl + "scram-sha-512.sasl.jaas.config", SCRAM + " required;")
        .with(sasl + "oauthbearer.sasl.jaas.config", OAUTH + " required;")
        .with(
            sasl + "oauthbearer.sasl.server.callback.handler.class",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler")
        .with("sasl.oauthbearer.jwks.endpoint.url", tokens.keysUrl())
        .with("sasl.oauthbearer.expected.audience", TokenEndpoint.AUDIENCE)
        .with("sasl.oauthbearer.expected.issuer", tokens.url())
        .with("sasl.kerberos.service.name", "kafka")
        .with(
            sasl + "gssapi.sasl.jaas.config",
            KERBEROS + " required " + kerberos("kafka/localhost") + ";")
        .withJavaOptions(
            "-Djava.security.krb5.conf=" + realm.configuration(),
            "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + tokens.keysUrl());
  }

  private String kerberos(String principal) {
    return "useKeyTab=true storeKey=true keyTab=\"%s\" principal=\"%s@%s\""
        .formatted(realm.principal(principal), principal, KerberosRealm.NAME);
  }

  private Map<String, String> pem(String fileName) {
    return Map.of(
        "security.protocol", "SSL",
        "ssl.truststore.type", "PEM",
        "ssl.truststore.location", certificates.authorityPem().toString(),
        "ssl.keystore.type", "PEM",
        "ssl.keystore.location", folder.resolve(fileName).toString());
  }

  private Map<String, String> pkcs12() {
    return Map.of(
        "security.protocol",
        "SSL",
        "ssl.truststore.location",
        certificates.trustStore().toString(),
        "ssl.truststore.password",
        Certificates.PASSWORD,
        "ssl.keystore.location",
        certificates.keyStore("client").toString(),
        "ssl.keystore.password",
        Certificates.PASSWORD);
  }

  private String sasl(String name, String mechanism, String module, String options) {
    var properties = new TreeMap<String, String>();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("ssl.truststore.location", certificates.trustStore().toString());
    properties.put("ssl.truststore.password", Certificates.PASSWORD);
    properties.put("sasl.mechanism", mechanism);
    properties.put("sasl.jaas.config", module + " required " + options + ";");
    if (mechanism.equals("OAUTHBEARER")) {
      properties.put(
          "sasl.login.callback.handler.class",
          "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
      properties.put("sasl.oauthbearer.token.endpoint.url", tokens.tokenUrl());
    }
    if (mechanism.equals("GSSAPI")) {
      properties.put("sasl.kerberos.service.name", "kafka");
    }
    return target(name, "SASL", properties);
  }

  private String target(String name, String listener, Map<String, String> properties) {
    return """
      - name: %s
        kafka:
          bootstrap_servers: %s
          properties:
    """
            .formatted(name, broker.bootstrapServers(listener))
        + properties.entrySet().stream()
            .map(property -> "        %s: '%s'%n".formatted(property.getKey(), property.getValue()))
            .collect(Collectors.joining());
  }
}
