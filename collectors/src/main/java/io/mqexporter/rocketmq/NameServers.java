package io.mqexporter.rocketmq;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * The name servers of a cluster. All know the same; one is asked, and the next if it fails. The one
 * that answered last is asked first.
 */
final class NameServers {

  private final List<String> addresses;
  private final BrokerRequests requests;
  private int first;

  NameServers(List<String> addresses, BrokerRequests requests) {
    this.addresses = addresses;
    this.requests = requests;
  }

  /** Returns the addresses of all name servers. */
  List<String> addresses() {
    return addresses;
  }

  /**
   * Returns the brokers that are registered, in the order of their names. None of them has been
   * asked for anything yet.
   *
   * @throws CollectionException if no name server answers, or no broker is registered
   */
  List<BrokerProcess> layout(Deadline deadline) throws CollectionException, InterruptedException {
    var failures = new ArrayList<String>();
    for (int i = 0; i < addresses.size(); i++) {
      int index = (first + i) % addresses.size();
      // Half of the time is left to the brokers, and each name server gets its share of the other.
      var share = Deadline.after(deadline.remaining().dividedBy(2L * (addresses.size() - i)));
      try {
        List<BrokerProcess> layout = requests.layout(addresses.get(index), share);
        if (layout.isEmpty()) {
          throw new CollectionException(
              "name server %s: no broker is registered".formatted(addresses.get(index)));
        }
        first = index;
        return layout;
      } catch (RequestFailedException e) {
        failures.add("name server " + e.reason());
      }
    }
    throw new CollectionException(String.join("; ", failures));
  }
}
