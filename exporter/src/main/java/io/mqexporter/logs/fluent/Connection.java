package io.mqexporter.logs.fluent;

import io.mqexporter.collector.Deadline;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connection to a receiver. What waits has a deadline, and ends when the thread is interrupted.
 */
final class Connection implements AutoCloseable {

  /** What receivers say is short: a greeting, acknowledgements. */
  private static final int MAX_UNREAD_BYTES = 64 << 10;

  private final NetSocket socket;
  private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private Buffer unread = Buffer.buffer();
  private volatile boolean isOpen = true;

  /** A message, or the end of the connection. */
  private sealed interface Received {
    record Message(Object content) implements Received {}

    record End(String reason) implements Received {}
  }

  /** Wraps a connection; to be called on its event loop, before anything has arrived. */
  Connection(NetSocket socket) {
    this.socket = socket;
    socket.handler(this::receive);
    socket.exceptionHandler(e -> end(String.valueOf(e.getMessage())));
    socket.closeHandler(_ -> end("the receiver has closed the connection"));
  }

  /** Returns whether nobody has closed it yet, as far as is known. */
  boolean isOpen() {
    return isOpen;
  }

  /**
   * Sends bytes, and returns when the operating system has them.
   *
   * @throws IOException in words for people
   */
  void write(Buffer bytes, Deadline deadline) throws IOException, InterruptedException {
    await(socket.write(bytes), deadline, "the receiver does not read");
  }

  /**
   * Returns the next message.
   *
   * @throws IOException in words for people
   */
  Object read(Deadline deadline) throws IOException, InterruptedException {
    Received next = received.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    return switch (next) {
      case null -> throw new IOException("no answer in time");
      case Received.Message(Object content) -> content;
      case Received.End(String reason) -> throw new IOException(reason);
    };
  }

  @Override
  public void close() {
    isOpen = false;
    socket.close();
  }

  /** Waits for what happens on the event loop. */
  static <T> T await(Future<T> future, Deadline deadline, String tooLate)
      throws IOException, InterruptedException {
    CompletableFuture<T> result = future.toCompletionStage().toCompletableFuture();
    try {
      return result.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("no reason"), e);
    } catch (TimeoutException e) {
      throw new IOException(tooLate, e);
    }
  }

  private void receive(Buffer part) {
    unread.appendBuffer(part);
    if (unread.length() > MAX_UNREAD_BYTES) {
      end("no receiver of the forward protocol: it sends too much");
      socket.close();
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(unread.getBytes());
    try {
      for (var message = MessagePackReader.read(in);
          message.isPresent();
          message = MessagePackReader.read(in)) {
        received.add(new Received.Message(message.get()));
      }
      unread = unread.getBuffer(in.position(), unread.length());
    } catch (IOException e) {
      end("no receiver of the forward protocol: " + e.getMessage());
      socket.close();
    }
  }

  private void end(String reason) {
    isOpen = false;
    received.add(new Received.End(reason));
  }
}
