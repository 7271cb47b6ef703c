package io.mqexporter.http;

/**
 * Where the agent listens.
 *
 * @param host the address; {@code 0.0.0.0} for all
 * @param port the port; 0 for any that is free
 * @param metricsPath the path of the metrics
 */
public record HttpSettings(String host, int port, String metricsPath) {}
