/** The families of other exporters, and of RocketMQ 5's brokers themselves. */
@NullMarked
package io.mqexporter.rocketmq.vocabulary;

import org.jspecify.annotations.NullMarked;
