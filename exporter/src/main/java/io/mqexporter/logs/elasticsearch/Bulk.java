package io.mqexporter.logs.elasticsearch;

import io.mqexporter.delivery.Http.Reply;
import io.mqexporter.delivery.Patience;
import io.mqexporter.delivery.UnavailableException;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink.Delivered;
import io.mqexporter.logs.elasticsearch.Replies.Failure;
import io.mqexporter.logs.elasticsearch.Replies.Item;
import io.mqexporter.logs.sink.DeadLetters;
import io.mqexporter.logs.sink.DeadLetters.DeadLetter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores events, and ends when each is settled: stored now, stored before, or refused for good and
 * in the dead-letter file. What is refused for the moment is sent again, with the same ids.
 */
final class Bulk {

  private static final int CREATED_BEFORE = 409;
  private static final int TOO_LARGE = 413;
  private static final int BAD_REQUEST = 400;

  /**
   * What is wrong with a document itself. Other errors with status 400 are about the server: a
   * closed index, too many shards.
   */
  private static final Set<String> ABOUT_THE_DOCUMENT =
      Set.of(
          "mapper_parsing_exception",
          "document_parsing_exception",
          "strict_dynamic_mapping_exception",
          "illegal_argument_exception",
          "parsing_exception",
          "parse_exception",
          "x_content_parse_exception",
          "json_parse_exception",
          "not_x_content_exception");

  private final String sink;
  private final Cluster cluster;
  private final Destinations destinations;
  private final BulkBody body;
  private final DeadLetters deadLetters;
  private final PartSize partSize;
  private final Optional<EarlierIndices> earlier;
  private final Patience patience;

  Bulk(
      String sink,
      Cluster cluster,
      Destinations destinations,
      BulkBody body,
      DeadLetters deadLetters,
      PartSize partSize,
      Optional<EarlierIndices> earlier,
      Patience patience) {
    this.sink = sink;
    this.cluster = cluster;
    this.destinations = destinations;
    this.body = body;
    this.deadLetters = deadLetters;
    this.partSize = partSize;
    this.earlier = earlier;
    this.patience = patience;
  }

  /** Stores events, however long it takes. */
  Delivered store(List<LogEvent> events) throws InterruptedException {
    var delivery = new Delivery(events);
    return patience.untilDone(delivery::settleAll);
  }

  /** Events on their way, of which ever fewer are left from attempt to attempt. */
  private final class Delivery {

    private final Deque<List<LogEvent>> unsettled = new ArrayDeque<>();
    private int acknowledged;
    private int duplicates;
    private int dead;
    private boolean isSentAgain;

    private Delivery(List<LogEvent> events) {
      unsettled.push(events);
    }

    private Delivered settleAll() throws UnavailableException, InterruptedException {
      boolean mayHaveBeenSent = isSentAgain;
      isSentAgain = true;
      if (earlier.isPresent() && (mayHaveBeenSent || earlier.get().isEarly())) {
        dropWhatIsThere(earlier.get());
      }
      while (!unsettled.isEmpty()) {
        settle(unsettled.peek());
      }
      return new Delivered(acknowledged, duplicates, dead);
    }

    private void dropWhatIsThere(EarlierIndices indices)
        throws UnavailableException, InterruptedException {
      List<LogEvent> events = unsettled.stream().flatMap(List::stream).toList();
      Set<String> there = indices.idsOf(events);
      if (!there.isEmpty()) {
        acknowledged += there.size();
        duplicates += there.size();
        unsettled.clear();
        List<LogEvent> rest = events.stream().filter(event -> !there.contains(event.id())).toList();
        if (!rest.isEmpty()) {
          unsettled.push(rest);
        }
      }
    }

    private void settle(List<LogEvent> events) throws UnavailableException, InterruptedException {
      Reply reply = cluster.send(body.of(events));
      Optional<List<Item>> items = Replies.items(reply);
      if (items.isPresent() && items.get().size() == events.size()) {
        settle(events, items.get());
        return;
      }
      Optional<Failure> failure = Replies.failure(reply);
      if (reply.status() == TOO_LARGE) {
        partSize.shrink(events);
        halveOrBury(events, new Failure("", "too large for the server"));
      } else if (reply.status() == BAD_REQUEST && failure.isPresent()) {
        // One of them makes the whole request unreadable.
        halveOrBury(events, failure.get());
      } else {
        throw new UnavailableException("an answer that is none to _bulk: " + Replies.words(reply));
      }
    }

    private void settle(List<LogEvent> events, List<Item> items) throws UnavailableException {
      var again = new ArrayList<LogEvent>();
      String reason = "";
      for (int i = 0; i < items.size(); i++) {
        Item item = items.get(i);
        if (item.status() >= 200 && item.status() < 300) {
          acknowledged++;
        } else if (item.status() == CREATED_BEFORE) {
          acknowledged++;
          duplicates++;
        } else {
          try {
            buryIfHopeless(events.get(i), item);
          } catch (UnavailableException e) {
            again.add(events.get(i));
            reason = e.reason();
          }
        }
      }
      unsettled.pop();
      if (!again.isEmpty()) {
        unsettled.push(again);
        throw new UnavailableException(
            "%d of %d events: %s".formatted(again.size(), items.size(), reason));
      }
    }

    private void buryIfHopeless(LogEvent event, Item item) throws UnavailableException {
      if (!isAboutTheDocument(item)) {
        throw new UnavailableException("status %d: %s".formatted(item.status(), item.failure()));
      }
      bury(event, item.failure());
    }

    private void halveOrBury(List<LogEvent> events, Failure reason) throws UnavailableException {
      if (events.size() == 1) {
        bury(events.getFirst(), reason);
        unsettled.pop();
        return;
      }
      unsettled.pop();
      int half = events.size() / 2;
      unsettled.push(events.subList(half, events.size()));
      unsettled.push(events.subList(0, half));
    }

    private void bury(LogEvent event, Failure reason) throws UnavailableException {
      try {
        deadLetters.append(
            new DeadLetter(
                sink,
                destinations.indexOf(event),
                event.id(),
                reason.toString(),
                destinations.documentOf(event)));
      } catch (IOException e) {
        throw UnavailableException.because(e);
      }
      dead++;
    }
  }

  private static boolean isAboutTheDocument(Item item) {
    return item.status() == TOO_LARGE
        || (item.status() == BAD_REQUEST && ABOUT_THE_DOCUMENT.contains(item.failure().type()));
  }
}
