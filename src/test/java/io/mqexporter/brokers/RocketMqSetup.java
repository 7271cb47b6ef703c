package io.mqexporter.brokers;

import java.util.List;

/**
 * What a RocketMQ cluster is made of.
 *
 * @param release the release of its servers
 * @param nameServers how many name servers there are
 * @param masters how many masters there are, {@code broker-a} first
 * @param slaves how many slaves the first master has
 * @param settings further lines of each {@code broker.conf}
 * @param jvmOptions further options of the servers' JVMs
 */
public record RocketMqSetup(
    RocketMqRelease release,
    int nameServers,
    int masters,
    int slaves,
    String settings,
    List<String> jvmOptions) {

  /** Copies the options. */
  public RocketMqSetup {
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** One name server and one master of the current release. */
  public static final RocketMqSetup SINGLE =
      new RocketMqSetup(RocketMqRelease.CURRENT, 1, 1, 0, "", List.of());

  /** Two name servers, two masters, and a slave of the first. */
  public static final RocketMqSetup REPLICATED =
      new RocketMqSetup(RocketMqRelease.CURRENT, 2, 2, 1, "", List.of());

  /** Returns the same in another release. */
  public RocketMqSetup of(RocketMqRelease other) {
    return new RocketMqSetup(other, nameServers, masters, slaves, settings, jvmOptions);
  }

  /** Returns the same with further lines of {@code broker.conf}. */
  public RocketMqSetup with(String lines) {
    return new RocketMqSetup(release, nameServers, masters, slaves, settings + lines, jvmOptions);
  }

  /** Returns the same whose JVMs have further options. */
  public RocketMqSetup with(List<String> options) {
    return new RocketMqSetup(release, nameServers, masters, slaves, settings, options);
  }
}
