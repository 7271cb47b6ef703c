package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RequestFailureTest {

  /** What Java's client says of a connection that is reset after the handshake. */
  private final IOException reset =
      new IOException(
          "HTTP/1.1 header parser received no bytes", new SocketException("Connection reset"));

  @Test
  void saysWhatIsExpectedWhereAnEncryptedConnectionBreaksBeforeAnAnswer() {
    assertThat(unanswered("https://rabbit:15671/api/overview", reset))
        .isEqualTo(
            "https://rabbit:15671/api/overview: TLS: the connection broke before an answer"
                + " (expected, if the server asks for one: a client certificate that it trusts)");
  }

  @Test
  void saysWhatTheHandshakeSaid() {
    var refused = new SSLHandshakeException("(certificate_required) Received fatal alert");
    assertThat(unanswered("https://rabbit:15671", refused))
        .isEqualTo("https://rabbit:15671: TLS: (certificate_required) Received fatal alert");
  }

  @Test
  void asksForNoCertificateWhereNothingIsEncrypted() {
    assertThat(unanswered("http://rabbit:15672", reset))
        .isEqualTo(
            "http://rabbit:15672: the connection broke: HTTP/1.1 header parser received no bytes");
  }

  private static String unanswered(String uri, IOException cause) {
    return String.valueOf(
        new RequestFailure(URI.create(uri), System.nanoTime()).unanswered(cause).getMessage());
  }
}
