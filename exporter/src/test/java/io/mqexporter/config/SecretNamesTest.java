package io.mqexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretNamesTest {

  @Test
  void namesThatSpeakOfSecretsAreSecret() {
    assertThat(
            new String[] {
              "password",
              "secret_key",
              "sasl.jaas.config",
              "ssl.keystore.password",
              "ssl.keystore.key",
              "ssl.key.password",
              "SSL.Key.Password",
              "sasl.oauthbearer.client.credentials.client.secret",
              "sasl.oauthbearer.assertion.private.key.passphrase",
              "api-token",
              "apikey"
            })
        .allMatch(SecretNames::isSecret);
  }

  @Test
  void otherNamesAreNot() {
    assertThat(
            new String[] {
              "username",
              "security.protocol",
              "ssl.keystore.location",
              "ssl.keymanager.algorithm",
              "key.serializer",
              "key.deserializer",
              "client.id"
            })
        .noneMatch(SecretNames::isSecret);
  }
}
