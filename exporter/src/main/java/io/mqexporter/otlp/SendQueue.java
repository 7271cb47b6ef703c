package io.mqexporter.otlp;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Requests that wait for the receiver. When they are too many, the oldest give way. */
final class SendQueue {

  private final Queue<Push> waiting = new ArrayDeque<>();
  private long bytes;

  /**
   * Adds requests.
   *
   * @param maxBytes how much may wait
   * @return how many data points had to give way
   */
  synchronized long add(List<Push> pushes, int maxBytes) {
    long dropped = 0;
    for (Push push : pushes) {
      waiting.add(push);
      bytes += push.body().length();
      while (bytes > maxBytes) {
        dropped += poll().points();
      }
    }
    notifyAll();
    return dropped;
  }

  /** Waits for a request and takes it out. */
  synchronized Push take() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    return poll();
  }

  /** Returns how much waits. */
  synchronized long bytes() {
    return bytes;
  }

  private Push poll() {
    Push push = waiting.remove();
    bytes -= push.body().length();
    return push;
  }
}
