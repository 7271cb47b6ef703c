package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void bothKindsOfTimeoutSayTheSame() {
    assertThat(Reason.of(new TimeoutException())).isEqualTo("no answer in time");
    assertThat(Reason.of(new org.apache.kafka.common.errors.TimeoutException("Call: listNodes")))
        .isEqualTo("no answer in time");
  }

  @Test
  void whatIsNotAllowedIsSaid() {
    assertThat(Reason.of(new SaslAuthenticationException("invalid credentials")))
        .isEqualTo("authentication failed: invalid credentials");
    assertThat(Reason.of(GroupAuthorizationException.forGroupId("billing")))
        .isEqualTo("not allowed: no right to the group");
  }

  @Test
  void aFailedTlsHandshakeSaysItsDeepestCause() {
    var cause = new IOException("PKIX", new IOException("certificate has expired"));
    assertThat(Reason.of(new SslAuthenticationException("SSL handshake failed", cause)))
        .isEqualTo("TLS handshake failed: certificate has expired");
  }

  @Test
  void whatBrokersDoNotSupportIsSaid() {
    assertThat(Reason.of(new UnsupportedVersionException("no LIST_GROUPS")))
        .isEqualTo("not supported by the brokers: no LIST_GROUPS");
  }

  @Test
  void aMessageBecomesOneLineWithoutClassNames() {
    var failure =
        new KafkaException("java.lang.IllegalStateException: it is\n\tat org.apache.Kafka.main()");
    assertThat(Reason.of(failure)).isEqualTo("it is");
  }

  @Test
  void anErrorWithoutAMessageIsNamed() {
    assertThat(Reason.of(new LeaderNotAvailableException(null))).isEqualTo("leader not available");
  }

  @Test
  void aClientThatCannotBeMadeSaysWhy() {
    var failure =
        new KafkaException(
            "Failed to create new KafkaAdminClient",
            new KafkaException(
                "Failed to create new NetworkClient",
                new ConfigException("security.protocol", "TLS", "not one of PLAINTEXT, SSL")));
    assertThat(Reason.ofConstruction(failure))
        .isEqualTo(
            "Invalid value TLS for configuration security.protocol: not one of PLAINTEXT, SSL");
    assertThat(Reason.ofConstruction(new ConfigException("Missing a"))).isEqualTo("Missing a");
  }
}
