package io.mqexporter.rabbitmq.json;

import java.util.HashMap;
import java.util.Map;

/**
 * What is equal in many elements of one list, kept once: ten thousand queues are of a few types, in
 * a few states, on a few nodes.
 */
final class Shared {

  private final Map<Object, Object> known = new HashMap<>();

  /** Returns the first of all values that are equal to this one. */
  @SuppressWarnings("unchecked") // What is equal to a record, a text or an Optional is one, too.
  <T> T one(T value) {
    return (T) known.computeIfAbsent(value, key -> key);
  }
}
