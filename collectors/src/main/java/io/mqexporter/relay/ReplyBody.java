package io.mqexporter.relay;

import io.mqexporter.collector.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a reply as a stream whose every read ends by a deadline, and whose size is bounded.
 * The JDK's own stream knows neither: a server that sends a byte now and then would hold a reader
 * for ever. At most {@value #AHEAD} parts are asked for ahead of the reader.
 */
public final class ReplyBody extends InputStream implements BodySubscriber<ReplyBody> {

  private static final int AHEAD = 2;

  private final Deadline deadline;
  private final long maxBytes;
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private Iterator<ByteBuffer> buffers = List.<ByteBuffer>of().iterator();
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private Optional<End> end = Optional.empty();
  private long bytesReceived;

  private sealed interface Part {}

  private record Bytes(List<ByteBuffer> buffers) implements Part {}

  private record End(Optional<Throwable> failure) implements Part {}

  /**
   * Creates a body that waits for its bytes.
   *
   * @param deadline when the last byte must have been read
   * @param maxBytes the most bytes that are accepted
   */
  public ReplyBody(Deadline deadline, long maxBytes) {
    this.deadline = deadline;
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<ReplyBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    if (subscription.complete(newSubscription)) {
      newSubscription.request(AHEAD);
    } else {
      newSubscription.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    parts.add(new Bytes(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    parts.add(new End(Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    parts.add(new End(Optional.empty()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!buffer.hasRemaining()) {
      if (buffers.hasNext()) {
        buffer = buffers.next();
      } else if (!awaitPart()) {
        return -1;
      }
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }

  /** Gives up what has not been read; the connection is closed then, not kept. */
  @Override
  public void close() {
    // Before there is a subscription, this makes onSubscribe cancel it.
    subscription.cancel(false);
    if (subscription.state() == CompletableFuture.State.SUCCESS && end.isEmpty()) {
      subscription.resultNow().cancel();
    }
  }

  private boolean awaitPart() throws IOException {
    if (end.isEmpty()) {
      switch (nextPart()) {
        case Bytes bytes -> {
          accept(bytes.buffers());
          return true;
        }
        case End last -> end = Optional.of(last);
      }
    }
    Optional<Throwable> failure = end.flatMap(End::failure);
    if (failure.isPresent()) {
      throw new IOException(failure.get().getMessage(), failure.get());
    }
    return false;
  }

  private Part nextPart() throws IOException {
    try {
      // A server that always has one more byte would never let poll wait.
      @Nullable Part part =
          deadline.hasPassed()
              ? null
              : parts.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      if (part == null) {
        throw new HttpTimeoutException("the deadline has passed");
      }
      return part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException().initCause(e);
    }
  }

  private void accept(List<ByteBuffer> received) throws IOException {
    for (ByteBuffer one : received) {
      bytesReceived += one.remaining();
    }
    if (bytesReceived > maxBytes) {
      throw new ReplyTooLargeException(maxBytes);
    }
    buffers = received.iterator();
    subscription.resultNow().request(1);
  }
}
