package io.mqexporter.rocketmq;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import java.util.List;
import java.util.Optional;

/**
 * How a RocketMQ cluster is reached.
 *
 * @param nameServers {@code host:port} of each name server
 * @param credentials what requests are signed with, where access control is on
 * @param topics which topics are read, but for those of a group's own
 * @param groups which groups are read, and their retry and dead-letter topics
 */
public record RocketMqConfig(
    List<String> nameServers,
    Optional<Credentials> credentials,
    NameFilter topics,
    NameFilter groups) {

  /** Copies the name servers. */
  public RocketMqConfig {
    nameServers = List.copyOf(nameServers);
  }

  /** Creates a configuration by which all topics and groups are read. */
  public RocketMqConfig(List<String> nameServers, Optional<Credentials> credentials) {
    this(nameServers, credentials, NameFilter.ALL, NameFilter.ALL);
  }

  /**
   * What requests are signed with.
   *
   * @param accessKey the user's name
   * @param secretKey its secret
   */
  public record Credentials(String accessKey, Secret secretKey) {}
}
