/** Drives the collectors, each on its own beat, and keeps what each has read last. */
@NullMarked
package io.mqexporter.collection;

import org.jspecify.annotations.NullMarked;
