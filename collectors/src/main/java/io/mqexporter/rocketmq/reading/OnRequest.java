package io.mqexporter.rocketmq.reading;

/**
 * What is asked for only if it is wanted, because it costs requests for single clients, groups or
 * topics.
 *
 * @param clientStatistics whether consumers are asked how they fare
 * @param exactLagTime whether brokers look how old the oldest message is that a group has left
 * @param brokerStatistics whether brokers are asked what went through topics and consumptions
 */
public record OnRequest(boolean clientStatistics, boolean exactLagTime, boolean brokerStatistics) {}
