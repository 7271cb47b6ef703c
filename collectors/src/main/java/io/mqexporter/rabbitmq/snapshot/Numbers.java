package io.mqexporter.rabbitmq.snapshot;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The whole numbers that the broker tells of one thing. It leaves out what it does not know, and
 * counters of what never happened; neither is zero here.
 *
 * @param <K> what the numbers count
 */
public final class Numbers<K extends Enum<K>> {

  /** A bit for each kind that is known. With very many queues, maps would be most of the heap. */
  private final long known;

  private final long[] values;

  /** What a number counts. */
  public interface Kind {

    /**
     * Returns where the management API has the number: a field, or a field of an object in a field,
     * such as {@code message_stats.ack}.
     */
    String path();
  }

  /**
   * Copies the numbers that are known.
   *
   * @throws IllegalArgumentException if there are more than 64 kinds of them
   */
  public Numbers(EnumMap<K, Long> known) {
    this.values = new long[known.size()];
    long bits = 0;
    int count = 0;
    // In the order of the kinds, and so of their bits.
    for (Map.Entry<K, Long> number : known.entrySet()) {
      bits |= bit(number.getKey());
      values[count++] = number.getValue();
    }
    this.known = bits;
  }

  private Numbers(long known, long[] values) {
    this.known = known;
    this.values = values;
  }

  /** Returns a number, or nothing if it is not known. */
  public OptionalLong get(K kind) {
    long bit = bit(kind);
    return has(bit) ? OptionalLong.of(value(bit)) : OptionalLong.empty();
  }

  /** Returns these numbers, and of those that are not known here the other's. */
  public Numbers<K> or(Numbers<K> other) {
    long both = known | other.known;
    if (both == known) {
      return this;
    }
    var merged = new long[Long.bitCount(both)];
    int count = 0;
    for (long rest = both; rest != 0; rest &= rest - 1) {
      long bit = Long.lowestOneBit(rest);
      merged[count++] = has(bit) ? value(bit) : other.value(bit);
    }
    return new Numbers<>(both, merged);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Numbers<?> numbers
        && known == numbers.known
        && Arrays.equals(values, numbers.values);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(known) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "%s of the kinds %s"
        .formatted(Arrays.toString(values), BitSet.valueOf(new long[] {known}));
  }

  private boolean has(long bit) {
    return (known & bit) != 0;
  }

  private long value(long bit) {
    return values[Long.bitCount(known & (bit - 1))];
  }

  @SuppressWarnings("EnumOrdinal") // As an EnumSet does; it leaves this process nowhere.
  private static long bit(Enum<?> kind) {
    if (kind.ordinal() >= Long.SIZE) {
      throw new IllegalArgumentException(kind + ": too many kinds (expected: at most 64)");
    }
    return 1L << kind.ordinal();
  }
}
