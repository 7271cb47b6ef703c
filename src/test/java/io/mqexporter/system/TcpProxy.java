package io.mqexporter.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stands between the agent and a broker, and does to their connections what networks do. */
final class TcpProxy implements AutoCloseable {

  /** What happens to connections. */
  enum Mode {
    /** Everything is passed on. */
    FORWARD,
    /** Connections are accepted, and nothing is ever answered. */
    HANG,
    /** The broker's bytes arrive one by one, with a pause before each. */
    TRICKLE,
    /** Each connection is reset after the first few bytes of the broker's answer. */
    RESET
  }

  private static final int BYTES_BEFORE_RESET = 10;
  private static final long TRICKLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final ServerSocket listener;
  private final int brokerPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.FORWARD;
  private volatile boolean closed;

  private TcpProxy(ServerSocket listener, int brokerPort) {
    this.listener = listener;
    this.brokerPort = brokerPort;
  }

  /** Listens on a port of the loopback address and passes on to another. */
  static TcpProxy start(int port, int brokerPort) {
    try {
      var proxy =
          new TcpProxy(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), brokerPort);
      Thread.ofVirtual().name("proxy-" + port).start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Changes what happens, and cuts all connections so that each feels it. */
  void set(Mode newMode) {
    mode = newMode;
    sockets.forEach(TcpProxy::closeQuietly);
  }

  /** Returns how many connections the agent holds open. */
  long connections() {
    return sockets.stream().filter(socket -> socket.getLocalPort() == port()).count();
  }

  @Override
  public void close() {
    closed = true;
    closeQuietly(listener);
    sockets.forEach(TcpProxy::closeQuietly);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // The listener was closed; the loop's condition says so.
      }
    }
  }

  private void serve(Socket client) {
    if (mode == Mode.HANG) {
      drain(client);
      return;
    }
    try (client;
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
      sockets.add(broker);
      Thread upstream = Thread.ofVirtual().start(() -> copyUpstream(client, broker));
      copyDownstream(broker, client);
      closeQuietly(client);
      upstream.join();
    } catch (IOException _) {
      // Either side went away: the connection is over, which is all that a proxy can know.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.removeIf(Socket::isClosed);
    }
  }

  /** Reads and drops what a client sends, until it or the proxy gives up. */
  private void drain(Socket client) {
    try (client;
        InputStream in = client.getInputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // The client gave up, or the mode has changed.
    } finally {
      sockets.remove(client);
    }
  }

  private static void copyUpstream(Socket client, Socket broker) {
    try {
      client.getInputStream().transferTo(broker.getOutputStream());
    } catch (IOException _) {
      // The other direction ends with this one.
    } finally {
      closeQuietly(broker);
    }
  }

  private void copyDownstream(Socket broker, Socket client) throws IOException {
    var buffer = new byte[16 * 1024];
    InputStream in = broker.getInputStream();
    OutputStream out = client.getOutputStream();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      switch (mode) {
        case FORWARD -> out.write(buffer, 0, count);
        case TRICKLE -> trickle(buffer, count, out);
        case RESET -> {
          out.write(buffer, 0, Math.min(count, BYTES_BEFORE_RESET));
          client.setSoLinger(true, 0);
          return;
        }
        case HANG -> {
          return;
        }
      }
    }
  }

  private static void trickle(byte[] buffer, int count, OutputStream out) throws IOException {
    for (int i = 0; i < count; i++) {
      out.write(buffer[i]);
      LockSupport.parkNanos(TRICKLE_PAUSE_NANOS);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // Nothing is left to do for a connection that cannot even be closed.
    }
  }
}
