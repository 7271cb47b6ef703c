/** Forwarding into sinks of ours. */
@NullMarked
package io.mqexporter.logs.forward;

import org.jspecify.annotations.NullMarked;
