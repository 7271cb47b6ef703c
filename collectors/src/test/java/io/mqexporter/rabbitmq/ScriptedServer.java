package io.mqexporter.rabbitmq;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A server that answers each request with bytes of a test's choice, however wrong they are. */
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket server;
  private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch hungUp = new CountDownLatch(1);

  /** Writes an answer; the connection is closed when it returns. */
  interface Answer {

    /** Writes the answer to a request. */
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  ScriptedServer(Answer answer) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(answer));
  }

  /** Returns the address of the server. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Returns a latch that opens when a request was read. */
  CountDownLatch requested() {
    return requested;
  }

  /** Returns a latch that opens when an answer could not be written because the client hung up. */
  CountDownLatch hungUp() {
    return hungUp;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Answer answer) {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> answer(connection, answer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket connection, Answer answer) {
    try (connection) {
      readRequest(connection.getInputStream());
      requested.countDown();
      answer.write(connection.getOutputStream());
    } catch (IOException e) {
      hungUp.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    var request = new StringBuilder();
    int next;
    while (!request.toString().endsWith("\r\n\r\n") && (next = in.read()) >= 0) {
      request.append((char) next);
    }
  }

  /** Returns an answer of status 200 with a length that the body may or may not have. */
  static Answer ok(int length, String body) {
    return out ->
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(length, body)
                .getBytes(StandardCharsets.UTF_8));
  }
}
