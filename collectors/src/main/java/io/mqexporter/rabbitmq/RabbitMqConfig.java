package io.mqexporter.rabbitmq;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.relay.RaftNames;
import io.mqexporter.rabbitmq.vocabulary.Vocabulary;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a RabbitMQ cluster is reached.
 *
 * @param urls the addresses of the management plugin of one or more nodes, such as {@code
 *     http://localhost:15672}; the first one that answers is asked, until it no longer does
 * @param access what the nodes are shown
 * @param vhosts the vhosts of which queues and exchanges are read
 * @param queues which of their queues are read
 * @param effort what reading may cost
 * @param sources what is read
 * @param vocabularies the exporters whose families are exposed, too
 */
public record RabbitMqConfig(
    List<URI> urls,
    Access access,
    NameFilter vhosts,
    NameFilter queues,
    Effort effort,
    Sources sources,
    List<Vocabulary> vocabularies) {

  /** Copies the lists; each vocabulary stands once. */
  public RabbitMqConfig {
    urls = List.copyOf(urls);
    vocabularies = vocabularies.stream().distinct().sorted().toList();
  }

  /** Creates a configuration by which all queues are read through one node's management plugin. */
  public RabbitMqConfig(URI url, String username, Secret password) {
    this(
        List.of(url),
        new Access(username, password, Optional.empty()),
        NameFilter.ALL,
        NameFilter.ALL,
        Effort.DEFAULT,
        Sources.DEFAULT,
        List.of());
  }

  /**
   * What the nodes are shown.
   *
   * @param username a user with the tag {@code monitoring}
   * @param password its password
   * @param tls the certificates for HTTPS; those of the JDK if there are none
   */
  public record Access(String username, Secret password, Optional<Tls> tls) {}

  /**
   * What reading may cost.
   *
   * @param detailsInterval the time from one reading of connections, policies, the use of memory
   *     and what else changes slowly or costs much to the next
   * @param queueStatistics how much is asked for of each queue
   */
  public record Effort(Duration detailsInterval, QueueStatistics queueStatistics) {

    /** What it is unless something else is said. */
    public static final Effort DEFAULT = new Effort(Duration.ofMinutes(1), QueueStatistics.FULL);
  }

  /** How much is asked for of each queue. */
  public enum QueueStatistics {
    /** All that the management plugin has gathered. */
    FULL,
    /** What the queue holds, which the broker can tell without having gathered anything. */
    TOTALS
  }

  /** Where something can be read. */
  public enum Source {
    /** The management plugin of any node, which tells of the whole cluster. */
    MANAGEMENT,
    /** The plugin rabbitmq_prometheus of every node. */
    PROMETHEUS
  }

  /**
   * What is read.
   *
   * @param sources from where, at least one
   * @param prometheusAddresses the addresses of the nodes' Prometheus plugins; empty if the
   *     management plugin tells them
   * @param prometheusFamilies the groups of families that are asked for in detail
   * @param raftNames the names of the metrics of Raft
   */
  public record Sources(
      Set<Source> sources,
      List<URI> prometheusAddresses,
      List<String> prometheusFamilies,
      RaftNames raftNames) {

    /** What is read unless something else is said. */
    public static final Sources DEFAULT =
        new Sources(
            Set.of(Source.MANAGEMENT),
            List.of(),
            List.of("exchange_metrics", "stream_consumer_metrics"),
            RaftNames.OWN);

    /** Copies the collections. */
    public Sources {
      sources = Set.copyOf(sources);
      prometheusAddresses = List.copyOf(prometheusAddresses);
      prometheusFamilies = List.copyOf(prometheusFamilies);
    }
  }

  /** Returns the same with other efforts. */
  public RabbitMqConfig with(Effort newEffort) {
    return new RabbitMqConfig(urls, access, vhosts, queues, newEffort, sources, vocabularies);
  }

  /** Returns the same with other sources. */
  public RabbitMqConfig with(Sources newSources) {
    return new RabbitMqConfig(urls, access, vhosts, queues, effort, newSources, vocabularies);
  }

  /** Returns whether a queue is read. */
  boolean reads(DestinationId queue) {
    return vhosts.accepts(queue.vhost()) && queues.accepts(queue.name());
  }

  /**
   * Returns whether something may be read by HTTPS: the management plugin may tell such addresses.
   */
  boolean mayUseTls() {
    return (reads(Source.PROMETHEUS) && sources.prometheusAddresses().isEmpty())
        || Stream.concat(urls.stream(), sources.prometheusAddresses().stream())
            .anyMatch(address -> "https".equals(address.getScheme()));
  }

  /** Returns whether something is read from there. */
  boolean reads(Source source) {
    return sources.sources().contains(source);
  }
}
