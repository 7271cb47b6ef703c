package io.mqexporter.jmx.rmi;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.WriteAbortedException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.rmi.dgc.Lease;
import java.rmi.dgc.VMID;
import java.rmi.server.ObjID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The MBeans of a JVM that is connected to. May be used by several threads at once. */
public final class RemoteMBeans implements AutoCloseable {

  /** For how long a JVM is to keep what it holds for us, unless that is renewed. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final RmiSockets sockets;
  private final RemoteReference connection;
  private final VMID self = new VMID();
  private final AtomicLong renewals = new AtomicLong();
  private final Deque<RmiSocket> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  private RemoteMBeans(RmiSockets sockets, RemoteReference connection) {
    this.sockets = sockets;
    this.connection = connection;
  }

  /**
   * Connects. Waits for the JVM for half a minute at the most, or until the thread is interrupted,
   * which must be a virtual one.
   *
   * @param credentials user and password, where the JVM demands them
   * @throws SecurityException if they are wrong
   * @throws ElsewhereException if the registry names a host that cannot be reached
   */
  public static RemoteMBeans connect(
      String host, int port, Optional<String[]> credentials, RmiSockets sockets)
      throws IOException {
    RemoteReference server = lookup(host, port, sockets);
    try (RmiSocket socket = sockets.to(server)) {
      byte[] call =
          CallStream.call(server, RemoteMethod.NEW_CLIENT, (Object) credentials.orElse(null));
      var mbeans = new RemoteMBeans(sockets, reference(answer(socket, call)));
      mbeans.renew();
      return mbeans;
    } catch (SocketException | UnknownHostException | SocketTimeoutException e) {
      throw server.host().equals(host) ? e : new ElsewhereException(server, e);
    }
  }

  private static RemoteReference lookup(String host, int port, RmiSockets sockets)
      throws IOException {
    try (RmiSocket socket = sockets.toRegistry(host, port)) {
      RemoteReference registry = RemoteReference.registry(host, port, false);
      return reference(answer(socket, CallStream.call(registry, RemoteMethod.LOOKUP, "jmxrmi")));
    }
  }

  private static RemoteReference reference(Object stub) throws InvalidObjectException {
    if (stub instanceof RemoteStubs.Base read) {
      return read.reference();
    }
    throw new InvalidObjectException("no remote object: " + stub.getClass().getName());
  }

  /** Asks the JVM to keep the connection for ten minutes from now. */
  public void renew() throws IOException {
    RemoteReference collector = connection.collector();
    call(
        CallStream.call(
            collector,
            RemoteMethod.DIRTY,
            out -> {
              out.writeObject(new ObjID[] {connection.id()});
              out.writeLong(renewals.incrementAndGet());
              out.writeObject(new Lease(self, LEASE.toMillis()));
            }));
  }

  /** Returns the domains that there are MBeans of. */
  public Set<String> domains() throws IOException {
    Object answer = call(CallStream.call(connection, RemoteMethod.GET_DOMAINS, nothing(1)));
    return answer instanceof String[] names ? new HashSet<>(Arrays.asList(names)) : Set.of();
  }

  /** Returns how many MBeans there are. */
  public int count() throws IOException {
    Object answer = call(CallStream.call(connection, RemoteMethod.GET_MBEAN_COUNT, nothing(1)));
    return answer instanceof Integer count ? count : 0;
  }

  /** Returns the names of all MBeans that match a pattern. */
  public Set<ObjectName> names(ObjectName pattern) throws IOException {
    @Nullable Object[] arguments = {pattern, null, null};
    Object answer = call(CallStream.call(connection, RemoteMethod.QUERY_NAMES, arguments));
    var names = new HashSet<ObjectName>();
    if (answer instanceof Set<?> found) {
      for (Object each : found) {
        if (each instanceof ObjectName name) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /**
   * Calls an operation that takes nothing, and returns what it returns.
   *
   * @throws SecurityException if the user may only read
   */
  public Optional<Object> invoke(ObjectName name, String operation) throws IOException {
    @Nullable Object[] arguments = {name, operation, null, null, null};
    Object answer = call(CallStream.call(connection, RemoteMethod.INVOKE, arguments));
    return answer.equals("") ? Optional.empty() : Optional.of(answer);
  }

  /**
   * Sends some requests at once, and hands over their answers one by one, in the same order.
   *
   * @param requests so few that all of them fit into the buffers of the network: some dozen
   * @param patience how long is waited for each answer
   * @throws SocketTimeoutException if one does not come; those before it have been handed over
   * @throws BrokenOffException if none comes after one that could not be sent
   */
  public void ask(List<Request> requests, Duration patience, Consumer<Reply> replies)
      throws IOException {
    var calls = new ArrayList<byte[]>();
    for (Request request : requests) {
      calls.add(call(request));
    }
    exchange(calls, patience, replies);
  }

  private byte[] call(Request request) throws IOException {
    return switch (request) {
      case Request.Attributes(ObjectName name, List<String> attributes)
          when attributes.size() == 1 ->
          call(RemoteMethod.GET_ATTRIBUTE, name, attributes.getFirst(), null);
      case Request.Attributes(ObjectName name, List<String> attributes) ->
          call(RemoteMethod.GET_ATTRIBUTES, name, attributes.toArray(String[]::new), null);
      case Request.Description(ObjectName name) -> call(RemoteMethod.GET_MBEAN_INFO, name, null);
    };
  }

  private byte[] call(RemoteMethod method, @Nullable Object... arguments) throws IOException {
    return CallStream.call(connection, method, arguments);
  }

  private static @Nullable Object[] nothing(int arguments) {
    return new @Nullable Object[arguments];
  }

  private Object call(byte[] call) throws IOException {
    var answer = new ArrayList<Reply>();
    exchange(List.of(call), RmiSockets.PATIENCE, answer::add);
    return value(answer.getFirst());
  }

  private static Object answer(RmiSocket socket, byte[] call) throws IOException {
    socket.send(List.of(call));
    return value(socket.receive(RmiSockets.PATIENCE));
  }

  private static Object value(Reply reply) throws IOException {
    return switch (reply) {
      case Reply.Returned(Optional<Object> value) -> value.orElse("");
      case Reply.Thrown(IOException e) -> throw e;
      case Reply.Thrown(RuntimeException e) -> throw e;
      case Reply.Thrown(Exception e) -> throw new IOException(e);
    };
  }

  private void exchange(List<byte[]> calls, Duration patience, Consumer<Reply> replies)
      throws IOException {
    RmiSocket kept = idle.poll();
    RmiSocket socket = kept == null ? sockets.to(connection) : kept;
    boolean useful = false;
    try {
      socket.send(calls);
      for (int i = 0; i < calls.size(); i++) {
        Reply reply = socket.receive(patience);
        if (reply instanceof Reply.Thrown(WriteAbortedException notSent)) {
          replies.accept(reply);
          throw new BrokenOffException(notSent);
        }
        if (reply instanceof Reply.Thrown(IOException connectionIsGone)) {
          throw connectionIsGone;
        }
        replies.accept(reply);
      }
      useful = true;
    } finally {
      if (useful && !closed) {
        idle.push(socket);
      } else {
        socket.close();
      }
    }
  }

  /** Says goodbye, and waits for no answer. */
  @Override
  public void close() {
    closed = true;
    RmiSocket first = idle.poll();
    if (first != null) {
      try (first) {
        first.send(List.of(CallStream.call(connection, RemoteMethod.CLOSE)));
      } catch (IOException e) {
        // Nobody is there to say goodbye to.
      }
    }
    for (RmiSocket next = idle.poll(); next != null; next = idle.poll()) {
      try {
        next.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }
}
