package io.mqexporter.logs.elasticsearch;

import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Elasticsearch or OpenSearch is reached, and what is written where.
 *
 * @param url the addresses of one or more nodes, which are asked in turn
 * @param access what the nodes are shown
 * @param storage where events are kept
 * @param requests what requests may cost
 */
public record ElasticsearchConfig(
    List<URI> url, Access access, Storage storage, Requests requests) {

  /** Copies the addresses. */
  public ElasticsearchConfig {
    url = List.copyOf(url);
  }

  /**
   * What the nodes are shown.
   *
   * @param user user and password, if there are any
   * @param apiKey an API key, if there is one: as Kibana shows it, or {@code id:key}
   * @param tls the certificates for HTTPS; those of the JDK if there are none
   */
  public record Access(Optional<User> user, Optional<Secret> apiKey, Optional<Tls> tls) {

    /** Nothing is shown, and the JDK's authorities are believed. */
    public static final Access NONE =
        new Access(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A user who may write. */
  public record User(String username, Secret password) {}

  /** What holds the events of a time. */
  public enum Index {
    /** A data stream for each kind of broker; the server decides when a new index begins. */
    DATA_STREAM,
    /** An index for each day, by the time of the event (UTC). */
    DAILY
  }

  /** Who makes the index template. */
  public enum Template {
    /** Whoever runs the server; the agent only writes events. */
    NONE,
    /** The agent, before its first event, unless there is a newer one or one of somebody else. */
    INSTALL
  }

  /**
   * Where events are kept.
   *
   * @param index in what
   * @param namespace the last part of the data stream's name, or of the index's before the date
   * @param template who makes the index template with its lifecycle
   * @param retention for how long events are kept by the lifecycle that the agent installs
   */
  public record Storage(Index index, String namespace, Template template, Duration retention) {

    /** What it is unless something else is said. */
    public static final Storage DEFAULT =
        new Storage(Index.DATA_STREAM, "default", Template.NONE, Duration.ofDays(30));
  }

  /**
   * What requests may cost.
   *
   * @param timeout how long one may take
   * @param maxRequestBytes about how much goes into one, before it is compressed
   * @param concurrentRequests how many are under way at the same time
   * @param gzip whether they are compressed
   */
  public record Requests(
      Duration timeout, int maxRequestBytes, int concurrentRequests, boolean gzip) {

    /** What it is unless something else is said. */
    public static final Requests DEFAULT = new Requests(Duration.ofSeconds(30), 2 << 20, 2, true);
  }
}
