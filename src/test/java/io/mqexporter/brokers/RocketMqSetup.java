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
 * @param diskMegabytes the size of the file system that each broker has for its store alone, 0 for
 *     the machine's
 */
public record RocketMqSetup(
    RocketMqRelease release,
    int nameServers,
    int masters,
    int slaves,
    String settings,
    List<String> jvmOptions,
    int diskMegabytes) {

  /** Copies the options. */
  public RocketMqSetup {
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** One name server and one master of the current release. */
  public static final RocketMqSetup SINGLE =
      new RocketMqSetup(RocketMqRelease.CURRENT, 1, 1, 0, "", List.of(), 0);

  /** One name server, and one master with a slave. */
  public static final RocketMqSetup PAIR =
      new RocketMqSetup(RocketMqRelease.CURRENT, 1, 1, 1, "", List.of(), 0);

  /** Two name servers, two masters, and a slave of the first. */
  public static final RocketMqSetup REPLICATED =
      new RocketMqSetup(RocketMqRelease.CURRENT, 2, 2, 1, "", List.of(), 0);

  /** Returns the same in another release. */
  public RocketMqSetup of(RocketMqRelease other) {
    return new RocketMqSetup(
        other, nameServers, masters, slaves, settings, jvmOptions, diskMegabytes);
  }

  /** Returns the same with further lines of {@code broker.conf}. */
  public RocketMqSetup with(String lines) {
    return new RocketMqSetup(
        release, nameServers, masters, slaves, settings + lines, jvmOptions, diskMegabytes);
  }

  /**
   * Returns the same without messages that are timed to the second. Whoever asks a broker for its
   * runtime figures has it count all of its timer wheel, which takes more than all else that it is
   * asked for.
   */
  public RocketMqSetup withoutTimers() {
    return with("timerWheelEnable=false\n");
  }

  /** Returns the same whose JVMs have further options. */
  public RocketMqSetup with(List<String> options) {
    return new RocketMqSetup(
        release, nameServers, masters, slaves, settings, options, diskMegabytes);
  }

  /** Returns the same whose brokers' stores are on a file system of a size. */
  public RocketMqSetup withDisk(int megabytes) {
    return new RocketMqSetup(
        release, nameServers, masters, slaves, settings, jvmOptions, megabytes);
  }
}
