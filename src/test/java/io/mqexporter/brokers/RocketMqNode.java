package io.mqexporter.brokers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A name server or broker of a RocketMQ cluster: a process of its own, with a folder of its own.
 */
public final class RocketMqNode implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
  private static final int ANSWER_TIMEOUT_MILLIS = 1_000;

  private final RocketMqRelease release;
  private final Path folder;
  private final int port;
  private final List<String> jvmOptions;
  private final String mainClass;
  private final boolean tellsWhenReady;
  private final int diskMegabytes;
  private ServerProcess process;

  private RocketMqNode(
      RocketMqRelease release,
      Path folder,
      int port,
      List<String> jvmOptions,
      String mainClass,
      String configuration,
      boolean tellsWhenReady,
      int diskMegabytes) {
    this.release = release;
    this.folder = folder;
    this.port = port;
    this.jvmOptions = jvmOptions;
    this.mainClass = mainClass;
    this.tellsWhenReady = tellsWhenReady;
    this.diskMegabytes = diskMegabytes;
    write(folder.resolve("node.conf"), configuration);
    quieten(folder);
    this.process = launch();
  }

  /** Launches a name server; it is not ready yet. */
  static RocketMqNode nameServer(RocketMqSetup setup, Path folder) {
    int port = Ports.free();
    return new RocketMqNode(
        setup.release(),
        folder,
        port,
        with(setup.jvmOptions(), "-Xmx128m"),
        "org.apache.rocketmq.namesrv.NamesrvStartup",
        "listenPort=%d%nbindAddress=127.0.0.1%n".formatted(port),
        false,
        0);
  }

  /**
   * Launches a broker; it is not ready yet.
   *
   * @param settings lines of its configuration, but for addresses and the place of its data, beside
   *     those of the setup
   */
  static RocketMqNode broker(RocketMqSetup setup, Path folder, String settings) {
    int port = freeWithNeighbour();
    // The intervals at the end: with the defaults an idle broker keeps half a core busy, and its
    // service of transaction metrics runs in a circle until its first interval is over.
    return new RocketMqNode(
        setup.release(),
        folder,
        port,
        with(setup.jvmOptions(), "-Xmx512m", "-XX:MaxDirectMemorySize=256m"),
        "org.apache.rocketmq.broker.BrokerStartup",
        """
        brokerIP1=127.0.0.1
        brokerIP2=127.0.0.1
        bindAddress=127.0.0.1
        listenPort=%d
        haListenPort=%d
        storePathRootDir=%3$s
        storePathCommitLog=%3$s/commitlog
        autoCreateTopicEnable=true
        autoCreateSubscriptionGroup=true
        defaultTopicQueueNums=4
        mappedFileSizeCommitLog=16777216
        mappedFileSizeConsumeQueue=200000
        diskMaxUsedSpaceRatio=98
        transactionOpBatchInterval=3600000
        transactionMetricFlushInterval=1000
        timerFlushIntervalMs=60000
        """
                .formatted(port, Ports.free(), store(folder))
            + settings
            + setup.settings(),
        true,
        setup.diskMegabytes());
  }

  private static List<String> with(List<String> jvmOptions, String... memory) {
    return Stream.concat(Stream.of(memory), jvmOptions.stream()).toList();
  }

  /** Makes what the servers and tools of a release need in their home to keep quiet. */
  static void quieten(Path home) {
    try {
      Path conf = Files.createDirectories(home.resolve("conf"));
      for (String part : List.of("namesrv", "broker", "tools")) {
        // Releases before 5 do not start without.
        write(
            conf.resolve("logback_" + part + ".xml"),
            "<configuration><root level=\"OFF\"/></configuration>");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /**
   * Ends it for good, and so at once: an orderly end takes a broker ten seconds. Only the first
   * ends in order, which writes the archive of its classes.
   */
  @Override
  public void close() {
    if (JavaCommand.isArchived(release.classPath(), mainClass)) {
      kill();
    } else {
      process.close();
    }
  }

  /** Ends it at once, as {@code kill -9} does. The data stay. */
  public void kill() {
    process.kill();
  }

  /** Stops it where it stands. */
  void pause() {
    Command.signal(process.handle(), "STOP");
  }

  /** Lets it go on, and waits until it can be used. */
  void resume() {
    Command.signal(process.handle(), "CONT");
    awaitReady();
  }

  /** Starts it again, after it has ended, on the same data and port. */
  public void restart() {
    process = launch();
    awaitReady();
  }

  /** Returns the file system of a broker's store, where it has one of its own. */
  public SmallDisk disk() {
    return new SmallDisk(handle(), store(folder));
  }

  /** Returns the operating system's handle of the process. */
  public ProcessHandle handle() {
    return process.handle();
  }

  void awaitReady() {
    // A broker opens its port before it has registered itself, and is of no use until then. It also
    // says that it is up when a name server that has just started was not yet there for it.
    process.awaitReady(
        READY_TIMEOUT,
        () ->
            Ports.isOpen(port)
                && (!tellsWhenReady || (read(log()).contains("boot success") && isRegistered())));
  }

  /** Returns whether a name server knows it, or it is told of none. */
  private boolean isRegistered() {
    String nameServers =
        read(folder.resolve("node.conf"))
            .lines()
            .filter(line -> line.startsWith("namesrvAddr="))
            .map(line -> line.substring("namesrvAddr=".length()))
            .findFirst()
            .orElse("");
    return nameServers.isEmpty()
        || Arrays.stream(nameServers.split(";", -1)).anyMatch(this::isKnownTo);
  }

  /** Asks a name server for the cluster (request code 106, GET_BROKER_CLUSTER_INFO). */
  private boolean isKnownTo(String nameServer) {
    byte[] request =
        "{\"code\":106,\"flag\":0,\"language\":\"JAVA\",\"opaque\":1,\"version\":0}"
            .getBytes(UTF_8);
    try (var socket = new Socket()) {
      socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), URI.create("tcp://" + nameServer).getPort()),
          ANSWER_TIMEOUT_MILLIS);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(Integer.BYTES + request.length);
      out.writeInt(request.length);
      out.write(request);
      var in = new DataInputStream(socket.getInputStream());
      return new String(in.readNBytes(in.readInt()), UTF_8).contains(address());
    } catch (IOException e) {
      return false;
    }
  }

  private ServerProcess launch() {
    try {
      Files.deleteIfExists(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ServerProcess.start(
        "node",
        folder,
        Map.of("ROCKETMQ_HOME", folder.toString()),
        SmallDisk.around(command(), store(folder), diskMegabytes));
  }

  /** Returns a command that keeps all logs, which go to the user's home, in this folder. */
  private List<String> command() {
    // Unless a test says otherwise it offers no TLS, for which it makes a key at each start.
    var options = new ArrayList<>(List.of("-Dtls.server.mode=disabled"));
    options.addAll(jvmOptions);
    options.addAll(
        List.of(
            "-Duser.home=" + folder,
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED"));
    return JavaCommand.of(
        options,
        release.classPath(),
        mainClass,
        List.of("-c", folder.resolve("node.conf").toString()));
  }

  private static Path store(Path folder) {
    return folder.resolve("store");
  }

  private Path log() {
    return folder.resolve("node.log");
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a free port of which the one two below is free too: the broker listens on both. */
  private static int freeWithNeighbour() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = Ports.free();
      if (!Ports.isOpen(port - 2)) {
        return port;
      }
    }
    throw new IllegalStateException("no two free ports were found");
  }
}
