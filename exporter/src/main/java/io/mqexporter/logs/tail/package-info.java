/**
 * Reads files on that are written, renamed, copied, truncated, compressed and deleted meanwhile.
 */
@NullMarked
package io.mqexporter.logs.tail;

import org.jspecify.annotations.NullMarked;
