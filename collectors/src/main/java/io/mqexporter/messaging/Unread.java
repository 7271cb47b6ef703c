package io.mqexporter.messaging;

import java.time.Instant;

/**
 * What is known of the messages that a consumption has yet to read, beyond their number: offsets
 * can lie between a position and the end that no consumer will ever be given, such as the end
 * markers of transactions, and records that were aborted or compacted away.
 */
public sealed interface Unread {

  /** Only the number is known. */
  Unread UNKNOWN = new Unknown();

  /** There is nothing left to read, whatever the number is. */
  Unread NOTHING = new Nothing();

  /** Only the number is known. */
  record Unknown() implements Unread {}

  /** There is nothing left to read. */
  record Nothing() implements Unread {}

  /**
   * The oldest message that is left was looked at.
   *
   * @param writtenAt the time that the message bears
   */
  record Since(Instant writtenAt) implements Unread {}
}
