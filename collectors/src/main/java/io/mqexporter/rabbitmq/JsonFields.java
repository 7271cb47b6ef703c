package io.mqexporter.rabbitmq;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The wanted fields of one JSON object. A value of another type than the one asked for is unknown:
 * the API writes {@code ""}, {@code null} or {@code "undefined"} where it knows no number.
 */
final class JsonFields {

  private final Map<String, Object> values;

  /** The number of elements of an array. */
  record Size(int elements) {}

  JsonFields(Map<String, Object> values) {
    this.values = values;
  }

  /** Returns a whole number, or nothing. */
  OptionalLong whole(String path) {
    @Nullable Object value = values.get(path);
    return value instanceof Integer || value instanceof Long
        ? OptionalLong.of(((Number) value).longValue())
        : OptionalLong.empty();
  }

  /** Returns a finite number, or nothing. */
  OptionalDouble number(String path) {
    return values.get(path) instanceof Number number && Double.isFinite(number.doubleValue())
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /** Returns a text, empty if there is none. */
  String text(String path) {
    return optionalText(path).orElse("");
  }

  /** Returns a text, or nothing. */
  Optional<String> optionalText(String path) {
    return values.get(path) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Returns a truth value, or nothing. */
  Optional<Boolean> truth(String path) {
    return values.get(path) instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
  }

  /** Returns the number of elements of an array, or nothing. */
  OptionalInt size(String path) {
    return values.get(path) instanceof Size size
        ? OptionalInt.of(size.elements())
        : OptionalInt.empty();
  }
}
