package io.mqexporter.kafka;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one cluster: an admin client that is made when it is first needed, and made
 * anew when the settings have changed. The former client stays until there is a new one.
 */
final class KafkaConnection implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(KafkaConnection.class);

  /**
   * The share of a collection's time after which the client takes a request for lost. It then asks
   * another broker what any broker can tell, so that one that hangs does not hide the others.
   */
  private static final int REQUESTS_A_COLLECTION = 4;

  private static final double WAIT_SHARE = 0.9;
  private static final double WAIT_SHARE_BESIDE_FORMER = 0.25;

  /** Nobody waits for what is still under way, and a client that is in a hurry goes on with it. */
  private static final Duration CLOSE_TIMEOUT = Duration.ZERO;

  private final String cluster;
  private final Settings<KafkaConfig> settings;
  private Edition<KafkaConfig> edition;
  private Optional<Client> client = Optional.empty();
  private Optional<RecordReader> records = Optional.empty();
  private Optional<Attempt> attempt = Optional.empty();
  private long refusedEdition = -1;
  private long requestsOfFormerClients;
  private int requestMillis;
  private boolean closed;

  private record Client(Admin admin, Edition<KafkaConfig> edition, int requestMillis) {}

  /** A client that is being made, on a thread of its own: a login can hang for minutes. */
  private record Attempt(FutureTask<Admin> task, Edition<KafkaConfig> edition, int requestMillis) {}

  KafkaConnection(String cluster, Settings<KafkaConfig> settings) {
    this.cluster = cluster;
    this.settings = settings;
    this.edition = settings.current();
  }

  /** Returns the settings that held when the client was last asked for. */
  synchronized KafkaConfig config() {
    return edition.value();
  }

  /**
   * Returns the client.
   *
   * @param deadline when the collection must have ended that the client is made for
   */
  Admin admin(Deadline deadline) throws CollectionException, InterruptedException {
    Edition<KafkaConfig> current = settings.current();
    Attempt making;
    Stage waiting;
    synchronized (this) {
      refuseIfClosed();
      edition = current;
      Optional<Admin> usable =
          client.filter(c -> c.edition().number() == current.number()).map(Client::admin);
      if (usable.isPresent()) {
        return usable.get();
      }
      making = attempt.orElseGet(() -> begin(current, deadline));
      attempt = Optional.of(making);
      waiting = Stage.until(deadline, client.isEmpty() ? WAIT_SHARE : WAIT_SHARE_BESIDE_FORMER);
    }
    try {
      return use(making, making.task().get(waiting.end().remainingMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      return former(making, Optional.empty(), Reason.ofConstruction(cause), cause);
    } catch (TimeoutException e) {
      // It goes on, and the next collection waits for it again.
      return former(making, Optional.of(making), "no answer to the login in time", e);
    }
  }

  /**
   * Returns what looks at records, over connections of its own; there must be a client, as whose it
   * logs in.
   */
  synchronized RecordReader records() throws CollectionException {
    refuseIfClosed();
    if (records.isEmpty()) {
      int maxBytes = client.orElseThrow().edition().value().effort().unreadRecordBytes();
      try {
        records = Optional.of(new RecordReader(properties(), maxBytes));
      } catch (KafkaException e) {
        throw failure(Reason.ofConstruction(e), e);
      }
    }
    return records.get();
  }

  /** Returns the properties of the client, which must be there. */
  synchronized Map<String, Object> properties() {
    Client current = client.orElseThrow();
    return AdminProperties.of(cluster, current.edition(), current.requestMillis());
  }

  /** Closes the clients, so that the next ones begin anew. */
  synchronized void discard() {
    requestsOfFormerClients = requestsSent();
    client.ifPresent(c -> c.admin().close(CLOSE_TIMEOUT));
    client = Optional.empty();
    records.ifPresent(RecordReader::close);
    records = Optional.empty();
  }

  /** Returns how many requests were sent, also by former clients. */
  synchronized long requestsSent() {
    return requestsOfFormerClients
        + client.map(c -> requestsSent(c.admin())).orElse(0L)
        + records.map(RecordReader::requestsSent).orElse(0L);
  }

  /** Returns an exception that says which cluster failed and why. */
  CollectionException failure(String reason, Throwable cause) {
    return new CollectionException(text(reason), cause);
  }

  @Override
  public synchronized void close() {
    closed = true;
    discard();
    attempt
        .map(Attempt::task)
        .filter(task -> task.state() == FutureTask.State.SUCCESS)
        .ifPresent(task -> task.resultNow().close(CLOSE_TIMEOUT));
  }

  private Attempt begin(Edition<KafkaConfig> current, Deadline deadline) {
    // At least what it was: a client can be discarded when little is left of a collection.
    requestMillis =
        Math.max(requestMillis, Math.max(1, deadline.remainingMillis() / REQUESTS_A_COLLECTION));
    int millis = requestMillis;
    var task =
        new FutureTask<>(() -> {
          AllowedResources.allow(current.value().properties());
          Admin admin = Admin.create(AdminProperties.of(cluster, current, millis));
          closeIfUnwanted(admin);
          return admin;
        });
    Thread.ofVirtual().name("kafka-login-" + cluster).start(task);
    return new Attempt(task, current, millis);
  }

  private synchronized void closeIfUnwanted(Admin admin) {
    if (closed) {
      admin.close(CLOSE_TIMEOUT);
    }
  }

  private synchronized Admin use(Attempt made, Admin admin) throws CollectionException {
    closeIfUnwanted(admin);
    refuseIfClosed();
    boolean renewed = client.isPresent();
    discard();
    client = Optional.of(new Client(admin, made.edition(), made.requestMillis()));
    attempt = Optional.empty();
    if (renewed) {
      logger.info("{} (kafka): connects anew with changed credentials or certificates", cluster);
    }
    return admin;
  }

  /** Returns the client that there is, although it could not be made anew, and says so once. */
  private synchronized Admin former(
      Attempt failed, Optional<Attempt> next, String reason, Throwable cause)
      throws CollectionException {
    refuseIfClosed();
    attempt = next;
    if (client.isEmpty()) {
      throw failure(reason, cause);
    }
    if (refusedEdition != failed.edition().number()) {
      refusedEdition = failed.edition().number();
      logger.warn(
          "{} (kafka): the changed credentials or certificates cannot be used, the former stay: {}",
          cluster,
          reason);
    }
    return client.get().admin();
  }

  private void refuseIfClosed() throws CollectionException {
    if (closed) {
      throw new CollectionException(text("closed"));
    }
  }

  private String text(String reason) {
    return "Kafka at " + config().bootstrapServers() + ": " + reason;
  }

  private static long requestsSent(Admin client) {
    for (Map.Entry<?, ? extends Metric> entry : client.metrics().entrySet()) {
      Metric metric = entry.getValue();
      if (metric.metricName().name().equals("request-total")
          && metric.metricName().group().equals("admin-client-metrics")
          && metric.metricValue() instanceof Double total) {
        return total.longValue();
      }
    }
    return 0;
  }
}
