package io.mqexporter.jmx;

import io.mqexporter.jmx.rmi.ElsewhereException;
import io.mqexporter.jmx.rmi.NoRmiException;
import io.mqexporter.jmx.rmi.TlsMismatchException;
import io.mqexporter.jmx.rmi.UnexpectedClassException;
import java.io.EOFException;
import java.io.NotSerializableException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in one line why a JVM could not be read. */
final class JmxReason {

  private JmxReason() {}

  /** Returns the reason. */
  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return failure.getClass().getSimpleName() + ": " + message.strip();
  }

  private static Optional<String> known(Throwable cause) {
    return Optional.ofNullable(
        switch (cause) {
          case SecurityException _ -> "refused: wrong user or password, or one without the right";
          case UnknownHostException e -> "unknown host " + e.getMessage();
          case ConnectException e -> "no connection: " + e.getMessage();
          case SocketTimeoutException _ -> "did not answer in time";
          // A virtual thread that was told at the deadline to wait no longer.
          case SocketException e when String.valueOf(e.getMessage()).contains("interrupt") ->
              "did not answer in time";
          case SSLException e -> "TLS: " + e.getMessage();
          case NoRmiException _ -> "speaks no RMI: it demands TLS, or is no JMX port";
          case EOFException _ -> "closed the connection: it has ended, or is no JMX port";
          case NotBoundException _ -> "its RMI registry knows no jmxrmi: it is no JMX port";
          case NoSuchObjectException _ -> "is another JVM than before";
          case ElsewhereException e -> e.getMessage();
          case TlsMismatchException e -> e.getMessage();
          case UnexpectedClassException e -> e.getMessage();
          case NotSerializableException e -> "gives what cannot be sent: " + e.getMessage();
          default -> null;
        });
  }
}
