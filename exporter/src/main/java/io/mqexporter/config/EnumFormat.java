package io.mqexporter.config;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * One of a few choices by its name in lower case, with hyphens between words.
 *
 * @param type the choices
 */
record EnumFormat<E extends Enum<E>>(Class<E> type) implements Format<E> {

  @Override
  public String expected() {
    return KnownKeys.anyOf(Stream.of(type.getEnumConstants()).map(EnumFormat::text).toList());
  }

  @Override
  public E read(String text) throws MalformedException {
    for (E choice : type.getEnumConstants()) {
      if (text(choice).equals(text)) {
        return choice;
      }
    }
    throw new MalformedException(text, expected());
  }

  /** Returns how a choice is written. */
  static String text(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
