/**
 * The common model of all brokers: destinations, consumptions and dead letters, and the rules by
 * which lag, time lag and status are derived from them.
 */
@NullMarked
package io.mqexporter.messaging;

import org.jspecify.annotations.NullMarked;
