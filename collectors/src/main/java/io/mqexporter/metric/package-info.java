/** The waist of the agent: what a metric is called, and what a collection says about it. */
@NullMarked
package io.mqexporter.metric;

import org.jspecify.annotations.NullMarked;
