/**
 * A client of Java's remote method invocation for the few methods of JMX that are needed here. Of
 * several calls it does not wait for each answer before it sends the next; it has no state that the
 * whole process shares; and it makes objects only of the classes that such answers consist of.
 */
@NullMarked
package io.mqexporter.jmx.rmi;

import org.jspecify.annotations.NullMarked;
