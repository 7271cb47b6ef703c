package io.mqexporter.rabbitmq;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.RabbitMqConfig.QueueStatistics;
import io.mqexporter.rabbitmq.json.ManagementJson.QueuePage;
import io.mqexporter.rabbitmq.snapshot.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads the list of queues: as a whole, because each page of it costs the broker as much as the
 * list, and in pages once the whole was found to be too large. While pages are read the list goes
 * on to change: a queue may be on two of them, or on none, which says nothing about whether it is
 * there.
 */
final class QueueList {

  private boolean tooLarge;

  /**
   * Returns the queues that are wanted, some of them perhaps twice.
   *
   * @throws CollectionException if the list, or one of its pages, cannot be read
   */
  List<Queue> read(ManagementApi api, QueueStatistics statistics, Predicate<DestinationId> wanted)
      throws CollectionException, InterruptedException {
    if (!tooLarge) {
      try {
        return api.queues(statistics, wanted);
      } catch (CollectionException e) {
        if (!RequestFailure.isTooLarge(e)) {
          throw e;
        }
        tooLarge = true;
      }
    }
    var queues = new ArrayList<Queue>();
    int pages = 1;
    for (int number = 1; number <= pages; number++) {
      QueuePage page = api.queuePage(statistics, number, wanted);
      queues.addAll(page.queues());
      pages = page.pages();
    }
    return queues;
  }
}
