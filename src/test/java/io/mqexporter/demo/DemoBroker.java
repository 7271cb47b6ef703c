package io.mqexporter.demo;

import java.util.concurrent.Callable;

/**
 * One broker of the demo.
 *
 * @param target the name of its target
 * @param broker how the agent reaches it, as lines of its configuration
 * @param workload starts its producers and consumers
 * @param logs its log files
 */
record DemoBroker(
    String target, String broker, Callable<AutoCloseable> workload, DemoLogs.Source logs) {}
