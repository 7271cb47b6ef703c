package io.mqexporter.rocketmq;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.mqexporter.rocketmq.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * How a RocketMQ cluster is reached.
 *
 * @param nameServers {@code host:port} of each name server
 * @param access what name servers and brokers are shown
 * @param topics which topics are read, but for those of a group's own
 * @param groups which groups are read, and their retry and dead-letter topics
 * @param further who else is asked
 * @param vocabularies the exporters whose families are exposed, too
 */
public record RocketMqConfig(
    List<String> nameServers,
    Access access,
    NameFilter topics,
    NameFilter groups,
    Further further,
    List<Vocabulary> vocabularies) {

  /** Copies the lists; each vocabulary stands once. */
  public RocketMqConfig {
    nameServers = List.copyOf(nameServers);
    vocabularies = vocabularies.stream().distinct().sorted().toList();
  }

  /** Creates a configuration by which all topics and groups are read, without TLS. */
  public RocketMqConfig(List<String> nameServers, Optional<Credentials> credentials) {
    this(
        nameServers,
        new Access(credentials, Optional.empty()),
        NameFilter.ALL,
        NameFilter.ALL,
        Further.NONE,
        List.of());
  }

  /**
   * What name servers and brokers are shown.
   *
   * @param credentials what requests are signed with, where access control is on
   * @param tls the certificates for TLS, if it is spoken
   */
  public record Access(Optional<Credentials> credentials, Optional<Tls> tls) {}

  /**
   * What requests are signed with.
   *
   * @param accessKey the user's name
   * @param secretKey its secret
   */
  public record Credentials(String accessKey, Secret secretKey) {}

  /**
   * Who is asked besides name servers and brokers.
   *
   * @param controllers {@code host:port} of each controller that elects masters
   * @param prometheusAddresses {@code host:port} of brokers, proxies and controllers that tell
   *     metrics of their own, which are passed on
   * @param clientStatistics whether consumers are asked how they fare, in a request for each
   * @param exactLagTime whether brokers look how old the oldest message is that a group has left
   * @param brokerStatistics whether brokers are asked what went through topics and consumptions
   */
  public record Further(
      List<String> controllers,
      List<String> prometheusAddresses,
      boolean clientStatistics,
      boolean exactLagTime,
      boolean brokerStatistics) {

    /** Nobody. */
    public static final Further NONE = new Further(List.of(), List.of(), false, false, false);

    /** Copies the lists; each address stands once. */
    public Further {
      controllers = controllers.stream().distinct().toList();
      prometheusAddresses = prometheusAddresses.stream().distinct().toList();
    }
  }

  /** Returns the same by which others are shown something else. */
  public RocketMqConfig with(Access other) {
    return new RocketMqConfig(nameServers, other, topics, groups, further, vocabularies);
  }

  /** Returns the same by which these are asked, too. */
  public RocketMqConfig with(Further others) {
    return new RocketMqConfig(nameServers, access, topics, groups, others, vocabularies);
  }

  /** Returns the same with other vocabularies. */
  public RocketMqConfig speaking(List<Vocabulary> others) {
    return new RocketMqConfig(nameServers, access, topics, groups, further, others);
  }

  /** Returns the same with other filters. */
  public RocketMqConfig reading(NameFilter otherTopics, NameFilter otherGroups) {
    return new RocketMqConfig(nameServers, access, otherTopics, otherGroups, further, vocabularies);
  }
}
