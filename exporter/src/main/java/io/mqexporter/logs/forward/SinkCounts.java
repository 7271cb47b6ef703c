package io.mqexporter.logs.forward;

/**
 * What was counted of a sink.
 *
 * @param name what it is called
 * @param acknowledged events that its receiver has
 * @param duplicates those of them that it had before
 * @param deadLetters events that it will never take
 * @param waitingSeconds for how long it has been waiting for an acknowledgement; 0 if it is not
 */
public record SinkCounts(
    String name, long acknowledged, long duplicates, long deadLetters, double waitingSeconds) {}
