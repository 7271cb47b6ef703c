/**
 * Rule files of jmx_exporter, applied by its own library. The library reaches no JVM by itself: it
 * is handed what has been read already, and what it misses is read for its next turn.
 */
@NullMarked
package io.mqexporter.jmx.rules;

import org.jspecify.annotations.NullMarked;
