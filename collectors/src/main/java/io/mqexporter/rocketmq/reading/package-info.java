/** How a RocketMQ cluster is read: what is asked for, how often, and what is kept meanwhile. */
@NullMarked
package io.mqexporter.rocketmq.reading;

import org.jspecify.annotations.NullMarked;
