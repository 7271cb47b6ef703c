/** Tests of the whole system, and of each collector, against real brokers. */
@NullMarked
package io.mqexporter.system;

import org.jspecify.annotations.NullMarked;
