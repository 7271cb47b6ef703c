/** Takes events from files to sinks, and moves the files' positions on. */
@NullMarked
package io.mqexporter.logs.forward;

import org.jspecify.annotations.NullMarked;
