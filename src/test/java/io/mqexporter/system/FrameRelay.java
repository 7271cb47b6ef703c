package io.mqexporter.system;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the agent and a broker, passes on frames with their length before them, and counts
 * the requests that are under way.
 */
final class FrameRelay implements AutoCloseable {

  private final ServerSocket listener;
  private final int brokerPort;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private FrameRelay(ServerSocket listener, int brokerPort) {
    this.listener = listener;
    this.brokerPort = brokerPort;
  }

  /** Listens on a free port of the loopback address and passes on to another. */
  static FrameRelay start(int brokerPort) throws IOException {
    var relay =
        new FrameRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), brokerPort);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  /** Returns {@code host:port}. */
  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Returns how many requests there were. */
  int requests() {
    return requests.get();
  }

  /** Returns how many requests were under way at most. */
  int most() {
    return most.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket agent = listener.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
        Thread.ofVirtual().start(() -> pass(agent, broker, this::asked));
        Thread.ofVirtual().start(() -> pass(broker, agent, underWay::decrementAndGet));
      }
    } catch (IOException e) {
      // The relay was closed.
      return;
    }
  }

  private void asked() {
    requests.incrementAndGet();
    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
  }

  private static void pass(Socket from, Socket to, Runnable frameSeen) {
    try (from;
        to;
        var in = new DataInputStream(from.getInputStream());
        var out = new DataOutputStream(to.getOutputStream())) {
      while (true) {
        byte[] frame = in.readNBytes(in.readInt());
        frameSeen.run();
        out.writeInt(frame.length);
        out.write(frame);
      }
    } catch (IOException e) {
      // One side has closed the connection.
      return;
    }
  }
}
