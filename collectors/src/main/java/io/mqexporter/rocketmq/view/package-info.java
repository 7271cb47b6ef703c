/** What a cluster's brokers told, seen as one: by topic, by group, and by consumption. */
@NullMarked
package io.mqexporter.rocketmq.view;

import org.jspecify.annotations.NullMarked;
