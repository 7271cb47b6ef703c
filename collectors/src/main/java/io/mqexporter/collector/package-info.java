/** What every reader of a broker cluster is to the rest of the agent. */
@NullMarked
package io.mqexporter.collector;

import org.jspecify.annotations.NullMarked;
