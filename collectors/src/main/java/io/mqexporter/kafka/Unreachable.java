package io.mqexporter.kafka;

import io.mqexporter.collector.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.utils.Utils;

/**
 * Finds out why a cluster does not answer. Of a refused connection, a host that is not there and a
 * broker that hangs the Kafka client says the same: that it has waited.
 */
final class Unreachable {

  private static final String NO_ANSWER = "no answer in time";

  private Unreachable() {}

  /**
   * Returns the reason, at the deadline at the latest.
   *
   * @param bootstrapServers {@code host:port}, separated by commas; only the first is asked
   */
  static String reason(String bootstrapServers, Deadline deadline) throws InterruptedException {
    String server = bootstrapServers.split(",", -1)[0].strip();
    // On a thread of its own: a resolver can hang for longer, and cannot be interrupted.
    var probe = new FutureTask<>(() -> probe(server, deadline));
    Thread.ofVirtual().name("kafka-probe").start(probe);
    try {
      return probe.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return NO_ANSWER;
    }
  }

  private static String probe(String server, Deadline deadline) {
    String host = Utils.getHost(server);
    Integer port = Utils.getPort(server);
    if (host == null || port == null) {
      return NO_ANSWER;
    }
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return "the name " + host + " cannot be resolved";
    }
    try (var socket = new Socket()) {
      socket.connect(address, deadline.remainingMillis());
      return "it accepts connections, but does not answer in time";
    } catch (SocketTimeoutException e) {
      return "no connection in time";
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }
  }
}
