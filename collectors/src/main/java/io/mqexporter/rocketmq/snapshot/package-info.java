/** What one collection has read of a RocketMQ cluster: records without any decisions. */
@NullMarked
package io.mqexporter.rocketmq.snapshot;

import org.jspecify.annotations.NullMarked;
