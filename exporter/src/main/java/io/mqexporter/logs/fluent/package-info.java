/**
 * Log events to Fluentd or Fluent Bit, by the forward protocol, version 1: with an acknowledgement
 * for each chunk.
 */
@NullMarked
package io.mqexporter.logs.fluent;

import org.jspecify.annotations.NullMarked;
