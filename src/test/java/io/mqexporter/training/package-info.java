/** What the build runs to learn what the agent needs when it starts. */
@NullMarked
package io.mqexporter.training;

import org.jspecify.annotations.NullMarked;
