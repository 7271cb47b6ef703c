package io.mqexporter.config;

import io.mqexporter.jmx.JmxConfig;
import java.util.Optional;

/**
 * What is read of a target.
 *
 * @param broker the cluster itself
 * @param jmx the JVMs that belong to it
 */
record Sources(BrokerConfig broker, Optional<JmxConfig> jmx) {}
