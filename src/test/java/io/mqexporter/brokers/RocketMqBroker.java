package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real RocketMQ of one name server and one master broker, each a process of its own, on the
 * loopback address.
 */
public final class RocketMqBroker implements AutoCloseable {

  /** The cluster's name in RocketMQ's own terms. */
  public static final String CLUSTER = RocketMqCluster.CLUSTER;

  /** The broker's name in RocketMQ's own terms. */
  public static final String BROKER = RocketMqCluster.FIRST;

  /** The user that may do everything where access is controlled. */
  public static final String USER = "admin";

  /** The same before release 5, where such names are longer than six characters. */
  public static final String OLDER_USER = "the-admin";

  /** The secret of that user. */
  public static final String SECRET = "admin-secret";

  private final RocketMqCluster cluster;

  private RocketMqBroker(String name, RocketMqSetup setup) {
    this.cluster = RocketMqCluster.start(name, setup);
  }

  /**
   * Starts a cluster without any data and waits until it accepts messages.
   *
   * @param name the name of its folder under {@code target/run}
   */
  public static RocketMqBroker start(String name) {
    return start(name, RocketMqSetup.SINGLE);
  }

  /** Starts a cluster of one broker. */
  public static RocketMqBroker start(String name, RocketMqSetup setup) {
    return new RocketMqBroker(name, setup);
  }

  /**
   * Starts a cluster whose broker answers only what a user has signed; {@link #USER}, with {@link
   * #SECRET}, may do everything.
   *
   * @param name the name of its folder under {@code target/run}
   * @param jvmOptions further options of the servers' JVMs
   */
  public static RocketMqBroker startWithAccessControl(String name, List<String> jvmOptions) {
    return new RocketMqBroker(
        name,
        RocketMqSetup.SINGLE
            .with(jvmOptions)
            .with(
                """
                authenticationEnabled=true
                authenticationProvider=%1$s.authentication.provider.DefaultAuthenticationProvider
                authenticationMetadataProvider=%1$s.authentication.provider.LocalAuthenticationMetadataProvider
                authorizationEnabled=true
                authorizationProvider=%1$s.authorization.provider.DefaultAuthorizationProvider
                authorizationMetadataProvider=%1$s.authorization.provider.LocalAuthorizationMetadataProvider
                initAuthenticationUser={"username":"%2$s","password":"%3$s"}
                innerClientAuthenticationCredentials={"accessKey":"%2$s","secretKey":"%3$s"}
                authConfigPath=%4$s
                """
                    .formatted(
                        "org.apache.rocketmq.auth",
                        USER,
                        SECRET,
                        Repository.runFolder(name).resolve("auth"))));
  }

  /**
   * Starts a cluster of release 4.9 whose broker answers only what a user has signed that stands in
   * a file ({@code plain_acl.yml}); {@link #OLDER_USER}, with {@link #SECRET}, may do everything.
   *
   * @param name the name of its folder under {@code target/run}
   * @param accounts what stands in the file of further users
   */
  public static RocketMqBroker startWithAccessFile(String name, String accounts) {
    String folder = name + "-users";
    Path file = Repository.emptyRunFolder(folder).resolve("plain_acl.yml");
    String operator =
        "  - {accessKey: %s, secretKey: %s, admin: true}\n".formatted(OLDER_USER, SECRET);
    try {
      Files.writeString(file, accounts + operator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // It looks below its home for that file, wherever that is.
    String fromHome = "../../%s/plain_acl.yml".formatted(folder);
    return new RocketMqBroker(
        name,
        RocketMqSetup.SINGLE
            .of(RocketMqRelease.V4_9)
            .with(List.of("-Drocketmq.acl.plain.file=" + fromHome))
            .with("aclEnable=true\n"));
  }

  /** Returns name server and broker as a cluster. */
  public RocketMqCluster cluster() {
    return cluster;
  }

  /** Returns {@code host:port} of the name server. */
  public String nameServer() {
    return cluster.nameServers();
  }

  /** Returns {@code host:port} of the broker. */
  public String broker() {
    return cluster.master(BROKER).address();
  }

  /** Returns the folder of data, configurations and logs. */
  public Path folder() {
    return cluster.folder();
  }

  /** Ends broker and name server at once, as {@code kill -9} does. The data stay. */
  public void kill() {
    killBroker();
    cluster.nameServer(0).kill();
  }

  /** Ends the broker at once and leaves the name server alone. */
  public void killBroker() {
    cluster.master(BROKER).kill();
  }

  /** Starts broker and name server again, after both have ended, on the same data and ports. */
  public void restart() {
    cluster.nameServer(0).restart();
    restartBroker();
  }

  /** Starts the broker again, after {@link #killBroker}, on the same data and port. */
  public void restartBroker() {
    cluster.master(BROKER).restart();
  }

  /** Stops the broker where it stands: it works hard even when nobody asks it anything. */
  public void pause() {
    cluster.master(BROKER).pause();
  }

  /** Lets the broker go on, and waits until it can be used. */
  public void resume() {
    cluster.master(BROKER).resume();
  }

  /** Ends broker and name server for good. */
  @Override
  public void close() {
    cluster.close();
  }
}
