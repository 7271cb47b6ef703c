package io.mqexporter.rocketmq;

import io.mqexporter.collector.Secret;
import java.util.List;
import java.util.Optional;

/**
 * How a RocketMQ cluster is reached.
 *
 * @param nameServers {@code host:port} of each name server
 * @param credentials what requests are signed with, where access control is on
 */
public record RocketMqConfig(List<String> nameServers, Optional<Credentials> credentials) {

  /** Copies the name servers. */
  public RocketMqConfig {
    nameServers = List.copyOf(nameServers);
  }

  /**
   * What requests are signed with.
   *
   * @param accessKey the user's name
   * @param secretKey its secret
   */
  public record Credentials(String accessKey, Secret secretKey) {}
}
