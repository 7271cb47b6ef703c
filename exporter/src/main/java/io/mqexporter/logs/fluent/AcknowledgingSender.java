package io.mqexporter.logs.fluent;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Tls;
import io.mqexporter.logs.fluent.FluentConfig.Security;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.fluentd.logger.errorhandler.ErrorHandler;
import org.fluentd.logger.sender.Sender;

/**
 * Sends events and waits for the receiver to say that it has them, which the library's own sender
 * does not: what that one has written to a connection that breaks is lost. May be given to a {@link
 * org.fluentd.logger.FluentLogger}.
 */
final class AcknowledgingSender implements Sender {

  private final FluentConfig config;
  private final NetClient client;
  private final Context context;
  private Optional<Connection> connection = Optional.empty();
  private Optional<ErrorHandler> errorHandler = Optional.empty();
  private int address;

  /**
   * An event on its way.
   *
   * @param fields texts, whole numbers and collections of texts, by name
   */
  record Entry(Instant time, Map<String, Object> fields) {}

  /** Creates the sender; nothing is connected yet. */
  AcknowledgingSender(FluentConfig config, Vertx vertx) {
    this.config = config;
    this.context = vertx.getOrCreateContext();
    Security security = config.security();
    var options =
        new NetClientOptions()
            .setConnectTimeout(Math.toIntExact(config.timeout().toMillis()))
            .setSsl(security.useTls())
            .setHostnameVerificationAlgorithm(security.useTls() ? "HTTPS" : "");
    security.tls().ifPresent(tls -> secure(options, tls));
    this.client = vertx.createNetClient(options);
  }

  /**
   * Sends entries as one chunk, and returns when the receiver has acknowledged it.
   *
   * @throws IOException in words for people, if it has not; it may have the entries all the same
   */
  synchronized void send(String tag, List<Entry> entries) throws IOException, InterruptedException {
    Deadline deadline = Deadline.after(config.timeout());
    String chunk = newChunk();
    boolean isAcknowledged = false;
    try {
      Connection open = connected(deadline);
      open.write(message(tag, entries, chunk).buffer(), deadline);
      Object answer = open.read(deadline);
      if (!(answer instanceof Map<?, ?> ack && chunk.equals(String.valueOf(ack.get("ack"))))) {
        throw new IOException(unexpected(answer));
      }
      isAcknowledged = true;
    } catch (IOException e) {
      throw new IOException(config.addresses().get(address) + ": " + e.getMessage(), e);
    } finally {
      if (!isAcknowledged) {
        // An acknowledgement that comes late must not be taken for that of the next chunk.
        disconnect();
        address = (address + 1) % config.addresses().size();
      }
    }
  }

  @Override
  public boolean emit(String tag, Map<String, Object> data) {
    return emit(tag, Instant.now(), data);
  }

  @Override
  public boolean emit(String tag, long timestamp, Map<String, Object> data) {
    return emit(tag, Instant.ofEpochSecond(timestamp), data);
  }

  private boolean emit(String tag, Instant time, Map<String, Object> data) {
    try {
      send(tag, List.of(new Entry(time, data)));
      return true;
    } catch (IOException e) {
      errorHandler.ifPresent(handler -> handler.handleNetworkError(e));
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Does nothing: what was sent is acknowledged, and what was not is the caller's. */
  @Override
  public void flush() {}

  @Override
  public synchronized void close() {
    disconnect();
    client.close();
  }

  @Override
  public String getName() {
    return String.join(",", config.addresses());
  }

  @Override
  public synchronized boolean isConnected() {
    return connection.filter(Connection::isOpen).isPresent();
  }

  @Override
  public void setErrorHandler(ErrorHandler handler) {
    errorHandler = Optional.of(handler);
  }

  @Override
  public void removeErrorHandler() {
    errorHandler = Optional.empty();
  }

  private Connection connected(Deadline deadline) throws IOException, InterruptedException {
    if (!isConnected()) {
      disconnect();
      Connection fresh = Connection.await(connect(), deadline, "no connection in time");
      connection = Optional.of(fresh);
      if (config.security().sharedKey().isPresent()) {
        Handshake.perform(fresh, config.security(), deadline);
      }
    }
    return connection.orElseThrow();
  }

  /** On one event loop, so that nothing arrives before somebody listens. */
  private Future<Connection> connect() {
    String text = config.addresses().get(address);
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(text.substring(colon + 1));
    Promise<Connection> connected = Promise.promise();
    context.runOnContext(_ ->
        Future.succeededFuture()
            .compose(_ -> client.connect(port, host))
            .map(Connection::new)
            .onComplete(connected));
    return connected.future();
  }

  private void disconnect() {
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
  }

  private static MessagePackWriter message(String tag, List<Entry> entries, String chunk) {
    var message = new MessagePackWriter().arrayHead(3).text(tag).arrayHead(entries.size());
    for (Entry entry : entries) {
      message.arrayHead(2).time(entry.time()).value(entry.fields());
    }
    return message.value(Map.of("chunk", chunk, "size", entries.size()));
  }

  private static String unexpected(Object answer) {
    return answer instanceof List<?> list
            && !list.isEmpty()
            && list.getFirst().toString().equals("HELO")
        ? "the receiver asks for a shared key (expected: shared_key)"
        : "an acknowledgement of something else";
  }

  private static String newChunk() {
    var id = UUID.randomUUID();
    var bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits());
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static void secure(NetClientOptions options, Tls tls) {
    if (!tls.authorities().isEmpty()) {
      options.setTrustOptions(TrustOptions.wrap(tls.trustManager()));
    }
    tls.keyManager().ifPresent(keys -> options.setKeyCertOptions(KeyCertOptions.wrap(keys)));
  }
}
