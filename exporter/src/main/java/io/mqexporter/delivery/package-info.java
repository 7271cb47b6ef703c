/** What is sent to receivers: requests that end by a deadline, and patience where none is taken. */
@NullMarked
package io.mqexporter.delivery;

import org.jspecify.annotations.NullMarked;
