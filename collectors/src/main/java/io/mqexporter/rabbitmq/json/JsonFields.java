package io.mqexporter.rabbitmq.json;

import io.mqexporter.rabbitmq.snapshot.NodeNumber;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The wanted fields of one JSON object. A value of another type than the one asked for is unknown:
 * the API writes {@code ""}, {@code null} or {@code "undefined"} where it knows no number.
 */
final class JsonFields {

  private final Map<String, Object> values;

  /** How many elements an array has, and those that are texts. */
  record Elements(int count, List<String> texts) {}

  /** The texts in an object. */
  record Texts(SortedMap<String, String> byName) {}

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

  /** Returns a finite number, or what older releases call it, or nothing. */
  OptionalDouble number(String path, String formerPath) {
    OptionalDouble number = number(path);
    return number.isPresent() ? number : number(formerPath);
  }

  /** Returns a text, empty if there is none. */
  String text(String path) {
    return optionalText(path).orElse("");
  }

  /** Returns a text, or nothing. */
  Optional<String> optionalText(String path) {
    return values.get(path) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Returns the texts of an object whose every field is wanted, by name. */
  SortedMap<String, String> texts(String path) {
    return values.get(path) instanceof Texts texts ? texts.byName() : Collections.emptySortedMap();
  }

  /** Returns a truth value, or nothing. */
  Optional<Boolean> truth(String path) {
    return values.get(path) instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
  }

  /** Returns the number of elements of an array, or nothing. */
  OptionalInt size(String path) {
    return values.get(path) instanceof Elements elements
        ? OptionalInt.of(elements.count())
        : OptionalInt.empty();
  }

  /** Returns whether a text is missing in an array that is there. */
  boolean lacks(String path, String text) {
    return values.get(path) instanceof Elements elements && !elements.texts().contains(text);
  }

  /** Returns the numbers of a kind that are known. */
  <K extends Enum<K> & Numbers.Kind> Numbers<K> numbers(Class<K> kinds) {
    return new Numbers<>(known(kinds));
  }

  /** Returns the numbers of a node: of its times, the averages are multiplied out. */
  Numbers<NodeNumber> nodeNumbers() {
    EnumMap<NodeNumber, Long> known = known(NodeNumber.class);
    for (NodeNumber kind : NodeNumber.values()) {
      kind.countPath()
          .ifPresent(countPath -> {
            known.remove(kind);
            OptionalDouble averageMillis = number(kind.path());
            OptionalLong count = whole(countPath);
            if (averageMillis.isPresent() && count.isPresent()) {
              // Whole microseconds were divided by it: rounding restores them, so that none is lost
              // from one reading to the next, which would look as if the counter had begun anew.
              known.put(kind, Math.round(averageMillis.getAsDouble() * 1000 * count.getAsLong()));
            }
          });
    }
    return new Numbers<>(known);
  }

  private <K extends Enum<K> & Numbers.Kind> EnumMap<K, Long> known(Class<K> kinds) {
    var known = new EnumMap<K, Long>(kinds);
    for (K kind : kinds.getEnumConstants()) {
      whole(kind.path()).ifPresent(value -> known.put(kind, value));
    }
    return known;
  }
}
