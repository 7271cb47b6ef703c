package io.mqexporter.kafka;

import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says in words, in one line, why the Kafka client could not do something. */
final class Reason {

  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z][\\w$]*:?\\s*|\\b\\w*Exception:?\\s*");
  private static final Pattern LINE_END = Pattern.compile("\\s*\\R.*", Pattern.DOTALL);

  private Reason() {}

  static String of(Throwable failure) {
    return switch (failure) {
      case TimeoutException _, org.apache.kafka.common.errors.TimeoutException _ ->
          "no answer in time";
      case SaslAuthenticationException e -> "authentication failed: " + text(e);
      case SslAuthenticationException e -> "TLS handshake failed: " + text(deepest(e));
      // Without the name that its message ends with, so that one reason stands for many of them.
      case GroupAuthorizationException _ -> "not allowed: no right to the group";
      case TopicAuthorizationException _ -> "not allowed: no right to the topic";
      case TransactionalIdAuthorizationException _ ->
          "not allowed: no right to the transactional id";
      case AuthorizationException e -> "not allowed: " + text(e);
      case UnsupportedVersionException e -> "not supported by the brokers: " + text(e);
      default -> text(failure);
    };
  }

  /** Says why a client could not be made: the first cause that says more than that. */
  static String ofConstruction(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && String.valueOf(cause.getMessage()).startsWith("Failed to create new ")) {
      cause = cause.getCause();
    }
    return text(cause);
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    String line = message == null ? "" : LINE_END.matcher(message.strip()).replaceFirst("");
    String words = CLASS_NAME.matcher(line).replaceAll("").strip();
    return words.isEmpty() ? words(failure.getClass().getSimpleName()) : words;
  }

  /** Turns {@code LeaderNotAvailableException} into {@code leader not available}. */
  private static String words(String className) {
    return className
        .replaceFirst("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
