package io.mqexporter.rocketmq.remoting;

/** Says in one line why a name server or broker did not give what it was asked for. */
public final class RequestFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The kinds of failures that a reader treats differently. */
  public enum Kind {
    /** No connection to it could be opened: further requests are of no use. */
    NOT_CONNECTED,
    /** The connection broke: further requests are of no use. */
    DISCONNECTED,
    /** It did not answer in time: further requests are of no use. */
    TIMED_OUT,
    /** It answered that it does not know such requests, which its release may not. */
    NOT_SUPPORTED,
    /** It answered that it has too much to do. */
    BUSY,
    /** It answered that it will not. */
    REFUSED,
    /** It answered that the topic does not exist. */
    TOPIC_NOT_FOUND,
    /** It answered that the group has no consumers connected. */
    NOT_ONLINE,
    /** It answered that it has no such statistic: what it would count has not happened. */
    NOT_COUNTED,
    /** It answered something that cannot be understood. */
    UNREADABLE
  }

  private final Kind kind;

  RequestFailedException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  RequestFailedException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns the kind of the failure. */
  public Kind kind() {
    return kind;
  }

  /** Returns whether the peer is beyond reach for the rest of this collection. */
  public boolean endsConversation() {
    return switch (kind) {
      case NOT_CONNECTED, DISCONNECTED, TIMED_OUT -> true;
      case NOT_SUPPORTED, BUSY, REFUSED, TOPIC_NOT_FOUND, NOT_ONLINE, NOT_COUNTED, UNREADABLE ->
          false;
    };
  }

  /** Returns the reason in one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
