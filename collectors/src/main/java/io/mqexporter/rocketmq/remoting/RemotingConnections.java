package io.mqexporter.rocketmq.remoting;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Tls;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/**
 * The connections to name servers and brokers, one an address, kept from collection to collection.
 * Safe for use by several threads. At most {@value #MAX_IN_FLIGHT} requests are under way at one
 * address: brokers serve all administration with 16 threads.
 */
public final class RemotingConnections implements AutoCloseable {

  private static final int MAX_IN_FLIGHT = 4;

  private final KeptRemotingClient client;
  private final ConcurrentMap<String, Semaphore> permits = new ConcurrentHashMap<>();
  private final AtomicLong requestsSent = new AtomicLong();

  /** Opens no connection yet. Requests are signed if there are credentials. */
  public RemotingConnections(Optional<SessionCredentials> credentials, Optional<Tls> tls) {
    client = new KeptRemotingClient(tls);
    credentials.ifPresent(signer -> client.registerRPCHook(new AclClientRPCHook(signer)));
    client.start();
  }

  /**
   * A request that was sent.
   *
   * @param address where to
   * @param answer what will come back
   * @param sentNanos when, on the scale of {@link System#nanoTime()}
   */
  public record Sent(String address, CompletableFuture<RemotingCommand> answer, long sentNanos) {}

  /** Returns the number of requests sent so far. */
  public long requestsSent() {
    return requestsSent.get();
  }

  /** Sends a request as soon as fewer than {@value #MAX_IN_FLIGHT} are under way at the address. */
  Sent send(String address, RemotingCommand request, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    Semaphore permit = permits.computeIfAbsent(address, _ -> new Semaphore(MAX_IN_FLIGHT));
    long started = System.nanoTime();
    if (!permit.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      throw timedOut(address, started);
    }
    requestsSent.incrementAndGet();
    CompletableFuture<RemotingCommand> answer =
        client
            .invoke(address, request, deadline.remainingMillis())
            .whenComplete((_, _) -> permit.release());
    return new Sent(address, answer, System.nanoTime());
  }

  /** Returns the answer to a request, whatever its code. */
  RemotingCommand await(Sent sent, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    try {
      return awaitPassedOn(sent, deadline);
    } catch (RequestFailedException e) {
      if (e.kind() == Kind.TIMED_OUT) {
        // The connection may be dead without this side knowing: the next collection opens a new
        // one.
        client.closeChannels(List.of(sent.address()));
      }
      throw e;
    }
  }

  /** Returns the same of a request that is passed on: who is late then is somebody else. */
  RemotingCommand awaitPassedOn(Sent sent, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    String address = sent.address();
    try {
      return sent.answer().get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(address, sent.sentNanos());
    } catch (ExecutionException e) {
      Optional<String> notConnected = client.whyNotConnected(address);
      throw new RequestFailedException(
          notConnected.isPresent() ? Kind.NOT_CONNECTED : Kind.DISCONNECTED,
          address + ": " + notConnected.orElse("the connection broke before the answer came"),
          e);
    }
  }

  /** Forgets what is kept of addresses that are no longer in use. */
  public void retain(Set<String> addresses) {
    permits.keySet().retainAll(addresses);
    client.retain(addresses);
  }

  @Override
  public void close() {
    client.shutdown();
  }

  private static RequestFailedException timedOut(String address, long sinceNanos) {
    double seconds = (System.nanoTime() - sinceNanos) / 1e9;
    return new RequestFailedException(
        Kind.TIMED_OUT,
        String.format(Locale.ROOT, "%s: no answer within %.1f s", address, seconds));
  }
}
