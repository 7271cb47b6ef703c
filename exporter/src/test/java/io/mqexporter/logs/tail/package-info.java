/** Files in temporary folders, and a clock that tests move. */
@NullMarked
package io.mqexporter.logs.tail;

import org.jspecify.annotations.NullMarked;
