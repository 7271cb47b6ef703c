package io.mqexporter.jmx;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How long RMI waits, which Java knows only for the whole process, and only if it is set before RMI
 * is used. By default it waits for ever.
 */
public final class RmiSettings {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** What Java's client logs by itself; kept here, as Java forgets loggers that nobody holds. */
  private static final Logger javasOwn = Logger.getLogger("javax.management.remote");

  private RmiSettings() {}

  /**
   * Bounds all waiting of RMI in this process. The deadlines of collections are shorter as a rule;
   * this ends what they have left behind.
   *
   * @throws IllegalStateException if RMI has been set up already in another way
   */
  public static void apply() {
    // Each failure is reported once, by the collection that it belongs to.
    javasOwn.setLevel(Level.OFF);
    String answer = Long.toString(ANSWER_TIMEOUT.toMillis());
    System.setProperty("sun.rmi.transport.tcp.responseTimeout", answer);
    System.setProperty("sun.rmi.transport.tcp.handshakeTimeout", answer);
    try {
      if (RMISocketFactory.getSocketFactory() == null) {
        RMISocketFactory.setSocketFactory(new BoundedSockets());
      }
    } catch (IOException e) {
      throw new IllegalStateException("RMI has been set up already", e);
    }
  }

  private static final class BoundedSockets extends RMISocketFactory {

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      var socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(host, port), (int) CONNECT_TIMEOUT.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      throw new IOException("the agent offers nothing by RMI");
    }
  }
}
