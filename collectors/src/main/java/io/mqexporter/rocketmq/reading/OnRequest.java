package io.mqexporter.rocketmq.reading;

/**
 * What is asked for only if it is wanted, because it costs requests for single clients or groups.
 *
 * @param clientStatistics whether consumers are asked how they fare
 * @param exactLagTime whether brokers look how old the oldest message is that a group has left
 */
public record OnRequest(boolean clientStatistics, boolean exactLagTime) {}
