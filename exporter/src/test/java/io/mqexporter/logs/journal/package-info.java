/** Journals in temporary folders. */
@NullMarked
package io.mqexporter.logs.journal;

import org.jspecify.annotations.NullMarked;
