/** What a reading of a Kafka cluster found: records that decide nothing and need no client. */
@NullMarked
package io.mqexporter.kafka.snapshot;

import org.jspecify.annotations.NullMarked;
