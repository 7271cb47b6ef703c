/** The requests to name servers and brokers, and what their answers say. */
@NullMarked
package io.mqexporter.rocketmq.remoting;

import org.jspecify.annotations.NullMarked;
