package io.mqexporter.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server on the loopback address that accepts connections and never answers. */
final class SilentServer implements AutoCloseable {

  private final ServerSocket server;
  private final List<Socket> connections = new ArrayList<>();

  SilentServer() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the port that it listens on; the operating system accepts connections to it. */
  int port() {
    return server.getLocalPort();
  }

  /** Waits until a client has connected. */
  void awaitConnection(Duration timeout) {
    try {
      server.setSoTimeout((int) timeout.toMillis());
      connections.add(server.accept());
    } catch (IOException e) {
      throw new UncheckedIOException("nobody connected within " + timeout, e);
    }
  }

  @Override
  public void close() {
    try {
      for (Socket connection : connections) {
        connection.close();
      }
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
