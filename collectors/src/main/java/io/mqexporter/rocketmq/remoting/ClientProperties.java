package io.mqexporter.rocketmq.remoting;

/**
 * The system properties that RocketMQ's client reads when its classes are loaded, and that it
 * offers no other way to set. What the operator has set stays.
 */
public final class ClientProperties {

  private static final String LOGBACK_FILE = "rmq.logback.configurationFile";
  private static final String MAX_FRAME_BYTES = "com.rocketmq.remoting.frameMaxLength";

  /** Room for the committed offsets of about a million queues and groups; its default is 16 MiB. */
  private static final int MAX_FRAME = 64 * 1024 * 1024;

  private ClientProperties() {}

  /** Sets what is not set yet. To be called before any other class of the client is used. */
  public static void set() {
    setIfAbsent(LOGBACK_FILE, "rmq.logback.xml");
    setIfAbsent(MAX_FRAME_BYTES, Integer.toString(MAX_FRAME));
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
