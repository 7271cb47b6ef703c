/** Reads RocketMQ. */
@NullMarked
package io.mqexporter.rocketmq;

import org.jspecify.annotations.NullMarked;
