package io.mqexporter.rabbitmq.snapshot;

import java.util.Collections;
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

  private final Map<K, Long> known;

  /** What a number counts. */
  public interface Kind {

    /**
     * Returns where the management API has the number: a field, or a field of an object in a field,
     * such as {@code message_stats.ack}.
     */
    String path();
  }

  /** Copies the numbers that are known. */
  public Numbers(EnumMap<K, Long> known) {
    this.known = Collections.unmodifiableMap(new EnumMap<>(known));
  }

  /** Returns a number, or nothing if it is not known. */
  public OptionalLong get(K kind) {
    @Nullable Long value = known.get(kind);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Returns these numbers, and of those that are not known here the other's. */
  public Numbers<K> or(Numbers<K> other) {
    if (other.known.isEmpty()) {
      return this;
    }
    var both = new EnumMap<>(other.known);
    both.putAll(known);
    return new Numbers<>(both);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Numbers<?> numbers && known.equals(numbers.known);
  }

  @Override
  public int hashCode() {
    return known.hashCode();
  }

  @Override
  public String toString() {
    return known.toString();
  }
}
