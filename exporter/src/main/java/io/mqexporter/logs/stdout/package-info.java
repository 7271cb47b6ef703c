/** Events on the agent's standard output. */
@NullMarked
package io.mqexporter.logs.stdout;

import org.jspecify.annotations.NullMarked;
