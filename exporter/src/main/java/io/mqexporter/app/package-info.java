/** Puts the agent together and runs it. */
@NullMarked
package io.mqexporter.app;

import org.jspecify.annotations.NullMarked;
