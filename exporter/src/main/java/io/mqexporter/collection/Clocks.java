package io.mqexporter.collection;

import java.time.Clock;

/**
 * The two times that a collection has.
 *
 * @param wall what the machine takes the time to be, for what others read; it may be set
 * @param steady the same at the start, and never set, for how long ago something was
 */
public record Clocks(Clock wall, Clock steady) {}
