package io.mqexporter.logs.journal;

import java.time.Instant;
import java.util.List;

/**
 * How far one file has been read, as the journal keeps it.
 *
 * @param key what the ids of its events are made of: the same for a file, its renamed self and its
 *     copies, and another one after it was truncated
 * @param path where it was seen last
 * @param identity which file it is
 * @param generation how often the file had been truncated before
 * @param head its first bytes
 * @param offset where to read on: all before it is acknowledged, or was filtered out
 * @param tail the bytes before the offset
 * @param cuts further offsets, rising, at which events were ended because their writer had paused.
 *     An event that is read again must end where it ended before
 * @param seen when the file was there last
 */
public record FilePosition(
    String key,
    String path,
    FileIdentity identity,
    int generation,
    Excerpt head,
    long offset,
    Excerpt tail,
    List<Long> cuts,
    Instant seen) {

  /** Copies the list. */
  public FilePosition {
    cuts = List.copyOf(cuts);
  }
}
