package io.mqexporter.collector;

import io.mqexporter.metric.MetricFamily;
import java.util.List;

/**
 * Reads the state of one broker cluster as metric families. A call blocks the virtual thread that
 * it is made on, and calls of {@link #collect} on one collector never overlap.
 */
public interface Collector extends AutoCloseable {

  /** Returns the name of the target, the value of the label {@code messaging_cluster}. */
  String name();

  /** Returns what kind of broker this is, the value of the label {@code messaging_system}. */
  String system();

  /**
   * Reads the cluster once.
   *
   * @param deadline when the call must have ended; what could not be read until then is missing
   * @throws CollectionException if nothing could be read
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  Collected collect(Deadline deadline) throws CollectionException, InterruptedException;

  /** Returns the families that stand for a cluster of which nothing could be read. */
  List<MetricFamily> unavailable();

  /**
   * Returns where the brokers are that the last collection found; empty before the first, and where
   * that is not known. May be called from any thread.
   */
  default List<BrokerAddress> brokers() {
    return List.of();
  }

  /** Returns how many requests were sent to the cluster since this collector was made. */
  long requestsSent();

  /** Closes all connections. May be called while another thread is in {@link #collect}. */
  @Override
  void close();
}
