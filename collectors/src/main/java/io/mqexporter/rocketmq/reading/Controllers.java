package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the controllers, which elect masters, who of them leads. They share a fraction of the time:
 * brokers are read all the same when all of them hang.
 *
 * @param addresses {@code host:port} of each
 */
record Controllers(List<String> addresses, BrokerRequests requests) {

  private static final int SHARE = 4;

  /** Returns by address whether a controller leads; empty if it did not answer. */
  Map<String, Optional<Boolean>> read(List<Missing> missing, Deadline deadline)
      throws InterruptedException {
    var limit = Deadline.after(deadline.remaining().dividedBy(SHARE));
    var leaders = new HashMap<String, Optional<Boolean>>();
    for (String address : addresses) {
      try {
        leaders.put(address, Optional.of(requests.leads(address, limit)));
      } catch (RequestFailedException e) {
        leaders.put(address, Optional.empty());
        missing.add(new Missing("controller " + address, e.reason()));
      }
    }
    return leaders;
  }
}
