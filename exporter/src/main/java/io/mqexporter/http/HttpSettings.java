package io.mqexporter.http;

import java.util.List;

/**
 * Where and how the agent listens.
 *
 * @param addresses where, at least one
 * @param metricsPath the path of the metrics
 * @param maxRequests how many requests are answered at the same time; 0 for any number
 */
public record HttpSettings(List<Address> addresses, String metricsPath, int maxRequests) {

  /** Copies the addresses. */
  public HttpSettings {
    addresses = List.copyOf(addresses);
  }

  /**
   * Where to listen.
   *
   * @param host the address; {@code 0.0.0.0} for all
   * @param port the port; 0 for any that is free
   */
  public record Address(String host, int port) {}
}
