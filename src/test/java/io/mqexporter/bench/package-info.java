/** The benchmarks that need real brokers. They print what they measure and assert nothing. */
@NullMarked
package io.mqexporter.bench;

import org.jspecify.annotations.NullMarked;
