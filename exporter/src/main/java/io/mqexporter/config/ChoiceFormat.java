package io.mqexporter.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of a few choices by a name that others have given it.
 *
 * @param choices what the names stand for, in the order in which they are told
 */
record ChoiceFormat<T>(Map<String, T> choices) implements Format<T> {

  @Override
  public String expected() {
    return KnownKeys.anyOf(List.copyOf(choices.keySet()));
  }

  @Override
  public T read(String text) throws MalformedException {
    return Optional.ofNullable(choices.get(text))
        .orElseThrow(() -> new MalformedException(text, expected()));
  }
}
