/** How far each file has been read and acknowledged, kept over restarts. */
@NullMarked
package io.mqexporter.logs.journal;

import org.jspecify.annotations.NullMarked;
