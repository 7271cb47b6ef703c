/**
 * The one way in which real brokers and their own tools are started: for the system tests, the demo
 * and the benchmarks.
 */
@NullMarked
package io.mqexporter.brokers;

import org.jspecify.annotations.NullMarked;
