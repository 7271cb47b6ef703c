/** Reads JVMs through JMX: what a broker's own MBeans know, and the JVM itself. */
@NullMarked
package io.mqexporter.jmx;

import org.jspecify.annotations.NullMarked;
