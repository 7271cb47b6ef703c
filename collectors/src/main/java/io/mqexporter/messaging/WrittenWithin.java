package io.mqexporter.messaging;

import java.util.OptionalLong;

/**
 * When a message was written at the earliest and at the latest, in milliseconds since the epoch.
 *
 * @param fromMillis the earliest; nothing if it was before anything is known
 * @param toMillis the latest
 */
public record WrittenWithin(OptionalLong fromMillis, long toMillis) {}
