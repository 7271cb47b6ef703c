package io.mqexporter.rocketmq.remoting;

/** Says in one line why a name server or broker did not give what it was asked for. */
public final class RequestFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The kinds of failures that a reader treats differently. */
  public enum Kind {
    /** It cannot be reached, or the connection broke: further requests are of no use. */
    UNREACHABLE,
    /** It did not answer in time: further requests are of no use. */
    TIMED_OUT,
    /** It answered that it will not. */
    REFUSED,
    /** It answered that the topic does not exist. */
    TOPIC_NOT_FOUND,
    /** It answered that the group has no consumers connected. */
    NOT_ONLINE,
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
    return kind == Kind.UNREACHABLE || kind == Kind.TIMED_OUT;
  }

  /** Returns the reason in one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
