package io.mqexporter.collector;

/**
 * Where a broker of a cluster is.
 *
 * @param host the name or address under which the cluster knows it, without a port
 */
public record BrokerAddress(String host) {}
