package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.relay.PageReader;
import io.mqexporter.relay.RelayedFamily;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Reads what brokers, proxies and controllers tell of themselves at ports of their own. */
final class ServerPages implements AutoCloseable {

  private final List<String> addresses;
  private final PageReader reader = new PageReader();

  ServerPages(List<String> addresses) {
    this.addresses = addresses;
  }

  /**
   * What was read.
   *
   * @param pages by address, the page; empty if it could not be read
   * @param missing the pages that could not be read
   */
  record Reading(Map<String, Optional<List<RelayedFamily>>> pages, List<Missing> missing) {}

  /** Reads all pages side by side. */
  Reading read(Deadline deadline) throws InterruptedException {
    var calls = new ArrayList<Callable<List<RelayedFamily>>>();
    for (String address : addresses) {
      calls.add(() -> reader.read(URI.create("http://" + address + "/metrics"), deadline));
    }
    var pages = new TreeMap<String, Optional<List<RelayedFamily>>>();
    var missing = new ArrayList<Missing>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Each call keeps to the deadline; those that do not are cancelled.
      long limit = deadline.remaining().plusSeconds(1).toMillis();
      List<Future<List<RelayedFamily>>> answers =
          threads.invokeAll(calls, limit, TimeUnit.MILLISECONDS);
      for (int i = 0; i < addresses.size(); i++) {
        pages.put(addresses.get(i), page(addresses.get(i), answers.get(i), missing));
      }
    }
    return new Reading(pages, missing);
  }

  long requestsSent() {
    return reader.requestsSent();
  }

  @Override
  public void close() {
    reader.close();
  }

  private static Optional<List<RelayedFamily>> page(
      String address, Future<List<RelayedFamily>> answer, List<Missing> missing)
      throws InterruptedException {
    String what = "metrics at " + address;
    try {
      return Optional.of(answer.get());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof CollectionException expected)) {
        throw new IllegalStateException(e.getCause());
      }
      missing.add(new Missing(what, Objects.requireNonNullElse(expected.getMessage(), "")));
    } catch (CancellationException e) {
      missing.add(new Missing(what, "did not answer in time"));
    }
    return Optional.empty();
  }
}
