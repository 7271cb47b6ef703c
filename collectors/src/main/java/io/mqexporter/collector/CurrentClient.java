package io.mqexporter.collector;

import io.mqexporter.collector.Settings.Edition;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a collector keeps open to a cluster: made when it is first needed, and made anew when the
 * settings have changed.
 *
 * @param <S> the settings
 * @param <C> the client
 */
public final class CurrentClient<S, C extends CurrentClient.Client> implements AutoCloseable {

  private final Settings<S> settings;
  private final Function<S, C> maker;
  private Optional<C> client = Optional.empty();
  private long edition;
  private long requestsOfFormerClients;
  private boolean closed;

  /** Something that sends requests and can be closed. */
  public interface Client extends AutoCloseable {

    /** Returns how many requests were sent. */
    long requestsSent();

    @Override
    void close();
  }

  /**
   * Creates one that has made no client yet.
   *
   * @param maker makes a client, without waiting for anything
   */
  public CurrentClient(Settings<S> settings, Function<S, C> maker) {
    this.settings = settings;
    this.maker = maker;
  }

  /**
   * Returns the client for the settings that hold now; one for former settings is closed.
   *
   * @throws CollectionException if this has been closed
   */
  public synchronized C get() throws CollectionException {
    if (closed) {
      throw new CollectionException("closed");
    }
    Edition<S> current = settings.current();
    if (client.isEmpty() || edition != current.number()) {
      C made = maker.apply(current.value());
      closeClient();
      client = Optional.of(made);
      edition = current.number();
    }
    return client.get();
  }

  /** Returns how many requests were sent, also by former clients. */
  public synchronized long requestsSent() {
    return requestsOfFormerClients + client.map(Client::requestsSent).orElse(0L);
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeClient();
  }

  private void closeClient() {
    requestsOfFormerClients = requestsSent();
    client.ifPresent(Client::close);
    client = Optional.empty();
  }
}
