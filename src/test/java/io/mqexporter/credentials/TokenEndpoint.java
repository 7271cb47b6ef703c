package io.mqexporter.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * A small OAuth server on the loopback address. It gives tokens, signed with RS256, to a client
 * that knows its secret (RFC 6749, section 4.4), and shows its public key (RFC 7517).
 */
public final class TokenEndpoint implements AutoCloseable {

  /** The client that it knows. */
  public static final String CLIENT = "agent";

  /** The client's secret. */
  public static final String SECRET = "agent-secret";

  /** Whom its tokens are for. */
  public static final String AUDIENCE = "kafka";

  private static final int TOKEN_SECONDS = 3600;

  private final KeyPair keys;
  private final HttpServer server;

  /** Starts to listen on a free port. */
  public TokenEndpoint() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys = generator.generateKeyPair();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/token", this::token);
    server.createContext("/keys", exchange -> answer(exchange, 200, publicKeys()));
    server.start();
  }

  /** Returns the address at which tokens are given. */
  public String tokenUrl() {
    return url() + "/token";
  }

  /** Returns the address of the public keys. */
  public String keysUrl() {
    return url() + "/keys";
  }

  /** Returns the issuer that stands in the tokens. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void token(HttpExchange exchange) throws IOException {
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(
          exchange,
          200,
          "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
              .formatted(signedToken(), TOKEN_SECONDS));
    } else {
      answer(exchange, 401, "{\"error\":\"invalid_client\"}");
    }
  }

  private String signedToken() {
    long now = Instant.now().getEpochSecond();
    String content =
        base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"1\"}")
            + "."
            + base64(
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"scope\":\"read\",\"iat\":%d,\"exp\":%d}"
                    .formatted(url(), AUDIENCE, CLIENT, now, now + TOKEN_SECONDS));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String publicKeys() {
    var key = (RSAPublicKey) keys.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(base64(key.getModulus()), base64(key.getPublicExponent()));
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    // Without the byte that holds nothing but the sign.
    return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
