package io.mqexporter.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Free ports of the loopback address. */
public final class Ports {

  private static final int COUNT = 22_000 / Fork.COUNT;

  /**
   * Below the ports that the operating system gives to outgoing connections, as Linux is set up.
   */
  private static final int FIRST = 10_000 + (Fork.NUMBER - 1) * COUNT;

  /** RocketMQ's brokers listen on the port that comes after theirs and on one before it, too. */
  private static final int DISTANCE = 5;

  private static final AtomicInteger next =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /**
   * Returns a port on which nothing listens at the moment, and which this process has not returned
   * before. No connection takes it by chance before a server does.
   */
  public static int free() {
    for (int tries = 0; tries < COUNT / DISTANCE; tries++) {
      int port = FIRST + next.getAndAdd(DISTANCE) % COUNT;
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException _) {
        // Somebody has it; the next one will do.
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " on");
  }

  /** Returns whether something accepts connections on a port of the loopback address. */
  public static boolean isOpen(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
