/** What the operating system tells of a broker that runs on the same machine as the agent. */
@NullMarked
package io.mqexporter.process;

import org.jspecify.annotations.NullMarked;
