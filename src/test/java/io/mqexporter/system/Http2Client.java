package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Frames of HTTP/2 (RFC 9113) as an attacker writes them, which no client library sends. Whether
 * the server's certificate is right is not looked at.
 */
final class Http2Client implements AutoCloseable {

  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final SSLSocket socket;
  private final OutputStream out;
  private final DataInputStream in;

  private Http2Client(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Connects, negotiates and says hello. */
  static Http2Client connect(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.startHandshake();
    var client = new Http2Client(socket);
    client.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    client.settings(1);
    return client;
  }

  /** Sends settings that change nothing, so many times; each has to be acknowledged. */
  void settings(int times) throws IOException {
    repeat(times, bytes(SETTINGS, 0, 0, new byte[0]));
  }

  /** Sends so often what has to be answered with as much. */
  void pings(int times) throws IOException {
    repeat(times, bytes(PING, 0, 0, new byte[8]));
  }

  /** Begins a request; streams of clients have odd numbers that grow. */
  void request(int stream) throws IOException {
    frame(HEADERS, END_STREAM | END_HEADERS, stream, headers());
  }

  /** Begins a request with a body that never comes. */
  void requestWithoutEnd(int stream) throws IOException {
    frame(HEADERS, END_HEADERS, stream, headers());
  }

  /** Takes a request back. */
  void reset(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(8).array());
  }

  /** Begins headers that do not end. */
  void headersWithoutEnd(int stream) throws IOException {
    frame(HEADERS, END_STREAM, stream, headers());
  }

  /** Goes on with such headers: one more of some kilobytes. */
  void continuation(int stream, int bytes) throws IOException {
    var header = new ByteArrayOutputStream();
    // A literal header that is not indexed (RFC 7541, 6.2.2), with a value of many bytes.
    header.write(0);
    string(header, "x-more");
    string(header, "x".repeat(bytes));
    frame(CONTINUATION, 0, stream, header.toByteArray());
  }

  /** What the server did with a connection. */
  enum End {
    /** It said why, and ended it. */
    GOAWAY,
    /** It ended it. */
    CLOSED
  }

  /**
   * Reads until the server ends the connection.
   *
   * @throws IOException if it does not within a while
   */
  End awaitEnd() throws IOException {
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipNBytes(5L + length);
        if (type == GOAWAY) {
          return End.GOAWAY;
        }
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return End.CLOSED;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** {@code GET /-/healthy} of {@code localhost} (RFC 7541, appendix A has the numbers). */
  private static byte[] headers() {
    var headers = new ByteArrayOutputStream();
    headers.write(0x82);
    headers.write(0x87);
    headers.write(0x04);
    string(headers, "/-/healthy");
    headers.write(0x01);
    string(headers, "localhost");
    return headers.toByteArray();
  }

  /** Writes a string without Huffman's code, with its length as an integer of seven bits. */
  private static void string(ByteArrayOutputStream out, String text) {
    int length = text.length();
    if (length < 127) {
      out.write(length);
    } else {
      out.write(127);
      int rest = length - 127;
      while (rest >= 128) {
        out.write(rest % 128 + 128);
        rest /= 128;
      }
      out.write(rest);
    }
    out.writeBytes(text.getBytes(US_ASCII));
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    out.write(bytes(type, flags, stream, payload));
  }

  private void repeat(int times, byte[] frame) throws IOException {
    var frames = ByteBuffer.allocate(times * frame.length);
    for (int i = 0; i < times; i++) {
      frames.put(frame);
    }
    out.write(frames.array());
  }

  private static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
