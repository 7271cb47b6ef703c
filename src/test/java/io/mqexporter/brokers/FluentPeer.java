package io.mqexporter.brokers;

/**
 * A receiver of Fluentd's forward protocol. What arrives is {@code tag}, {@code time}, {@code
 * record}.
 */
public final class FluentPeer {

  private FluentPeer() {}

  /**
   * What a receiver asks for.
   *
   * @param sharedKey a key; empty for none
   * @param user user and password with a colon between them; empty for none
   * @param pem a file with key and certificates for TLS; empty for none
   */
  public record Demands(String sharedKey, String user, String pem) {

    /** Everybody may send. */
    public static final Demands NONE = new Demands("", "", "");
  }

  /** Starts a receiver and waits until it listens. */
  public static NodePeer start(String name, Demands demands) {
    return NodePeer.start("fluent", name, demands.sharedKey(), demands.user(), demands.pem());
  }
}
