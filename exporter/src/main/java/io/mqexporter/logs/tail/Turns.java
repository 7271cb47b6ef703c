package io.mqexporter.logs.tail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Says in which order files are read. One that was rotated is read to its end before the next, so
 * that few are open at a time; one that is written to waits for its next turn, so that a storm in
 * one file delays no other.
 */
final class Turns {

  /** The file at which the last round ended, as a batch was full or the file is large. */
  private Optional<TailedFile> unfinished = Optional.empty();

  /** Returns all files, beginning with the one whose turn it is. */
  List<TailedFile> of(List<TailedFile> files) {
    int index = unfinished.map(files::indexOf).orElse(-1);
    boolean isNext = unfinished.isPresent() && unfinished.get().isLive;
    var order = new ArrayList<>(files);
    Collections.rotate(order, isNext ? -index - 1 : -Math.max(index, 0));
    return order;
  }

  /** Takes note at which file a round ended before its time. */
  void endedAt(Optional<TailedFile> file) {
    unfinished = file;
  }
}
