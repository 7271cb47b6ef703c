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
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in one line why a JVM could not be read. */
final class JmxReason {

  /** How the reasons begin that have to do with TLS. */
  static final String TLS = "TLS: ";

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
          case SSLException e -> TLS + handshakeFailure(e);
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

  private static String handshakeFailure(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException expired) {
        return "its certificate has expired: " + expired.getMessage();
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException
          || cause instanceof CertPathBuilderException) {
        return "its certificate is of no authority that is trusted (expected: one of trust_store)";
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
