/** The demo: real brokers with a workload, and the agent in front of them. */
@NullMarked
package io.mqexporter.demo;

import org.jspecify.annotations.NullMarked;
