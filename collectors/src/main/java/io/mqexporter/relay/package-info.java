/** What servers tell of themselves in Prometheus' text format, read and passed on. */
@NullMarked
package io.mqexporter.relay;

import org.jspecify.annotations.NullMarked;
