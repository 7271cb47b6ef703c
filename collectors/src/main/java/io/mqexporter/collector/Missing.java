package io.mqexporter.collector;

/**
 * A part of a cluster's state that could not be read.
 *
 * @param what the part, such as {@code committed offsets of 3 groups}
 * @param why the reason in one line, without a stack trace
 */
public record Missing(String what, String why) {}
