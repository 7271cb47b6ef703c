package io.mqexporter.jmx.rmi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens connections to JVMs.
 *
 * @param tls what makes sockets that speak TLS; empty if the JVMs do not
 * @param verifyHost whether a certificate must be for the host that is connected to
 */
public record RmiSockets(Optional<SSLSocketFactory> tls, boolean verifyHost) {

  /** Connections without TLS. */
  public static final RmiSockets PLAIN = new RmiSockets(Optional.empty(), false);

  /**
   * How long is waited for an answer by a thread that nobody interrupts. Who waits for the thread
   * has given up long before, and interrupts it.
   */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Connects to a registry, which may speak TLS or not where the rest does. What is asked of it is
   * no secret, and what it tells is trusted no further than the certificate of whom it names.
   */
  RmiSocket toRegistry(String host, int port) throws IOException {
    try {
      return RmiSocket.on(connect(host, port));
    } catch (NoRmiException | SocketException e) {
      if (tls.isEmpty()) {
        throw e;
      }
      return encrypted(host, port, tls.get());
    }
  }

  /**
   * Connects to where an object is.
   *
   * @throws TlsMismatchException if it demands TLS and nothing is known of that here, or the
   *     reverse
   */
  RmiSocket to(RemoteReference reference) throws IOException {
    if (reference.tls() != tls.isPresent()) {
      throw new TlsMismatchException(reference.tls());
    }
    return tls.isPresent()
        ? encrypted(reference.host(), reference.port(), tls.get())
        : RmiSocket.on(connect(reference.host(), reference.port()));
  }

  private RmiSocket encrypted(String host, int port, SSLSocketFactory factory) throws IOException {
    Socket plain = connect(host, port);
    try {
      plain.setSoTimeout((int) PATIENCE.toMillis());
      var socket = (SSLSocket) factory.createSocket(plain, host, port, true);
      if (verifyHost) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return hello(socket);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /**
   * Since TLS 1.3 the other side refuses our certificate when the handshake is over for us, and its
   * word for that is lost if it closes the connection while we write.
   */
  private static RmiSocket hello(SSLSocket socket) throws IOException {
    try {
      return RmiSocket.on(socket);
    } catch (SocketException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      throw new SSLException("closed the connection; does it demand a certificate of ours?", e);
    }
  }

  private static Socket connect(String host, int port) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) CONNECT_TIMEOUT.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
