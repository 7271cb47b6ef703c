package io.mqexporter.otlp;

import io.vertx.core.buffer.Buffer;

/**
 * One request, finished.
 *
 * @param body its bytes
 * @param gzip whether they are compressed
 * @param points how many data points are in it
 */
record Push(Buffer body, boolean gzip, int points) {}
