/**
 * What log forwarding is about: events of the brokers' logs, and where they go.
 *
 * <p>How lines become events and when a file's position moves on is in the packages below this one;
 * they use these types, and these types use none of them.
 */
@NullMarked
package io.mqexporter.logs;

import org.jspecify.annotations.NullMarked;
