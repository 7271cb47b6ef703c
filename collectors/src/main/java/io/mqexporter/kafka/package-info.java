/** Reads Kafka. */
@NullMarked
package io.mqexporter.kafka;

import org.jspecify.annotations.NullMarked;
