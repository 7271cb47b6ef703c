package io.mqexporter.config;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Text, and what is made of it as it is.
 *
 * @param expected what is expected, in a few words
 * @param isFit whether a text will do
 * @param value what the text stands for
 */
record TextFormat<T>(String expected, Predicate<String> isFit, Function<String, T> value)
    implements Format<T> {

  private static final Predicate<String> IS_NAME =
      Pattern.compile("(?U)\\p{Graph}\\p{Print}{0,199}").asMatchPredicate();

  private static final Predicate<String> IS_ADDRESS =
      Pattern.compile("(?:[\\w.-]+|\\[\\p{XDigit}*:[\\w:.%]*]):[1-9][0-9]{0,4}")
          .asMatchPredicate()
          .and(text -> Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= 65_535);

  /** Returns any text, the empty one too. */
  static Format<String> any() {
    return new TextFormat<>("text, \"\" for an empty one", text -> true, text -> text);
  }

  /** Returns text that says something, as the value that is made of it. */
  static <T> Format<T> notEmpty(Function<String, T> value) {
    return new TextFormat<>("text that is not empty", text -> !text.isBlank(), value);
  }

  /** Returns the name of a target, which becomes a label's value and a part of log lines. */
  static Format<String> name() {
    return new TextFormat<>("a name of 1 to 200 printable characters", IS_NAME, text -> text);
  }

  /** Returns the address of a server: a host's name or IP address, and a port. */
  static Format<String> address() {
    return new TextFormat<>("host:port, such as broker-1:9092", IS_ADDRESS, text -> text);
  }

  /** Returns the path of a file, which need not be there. */
  static Format<Path> file() {
    return new TextFormat<>(
        "an absolute path, such as /etc/ssl/store.p12",
        text -> text.startsWith("/") && text.indexOf('\0') < 0,
        Path::of);
  }

  /** Returns {@code true} or {@code false}. */
  static Format<Boolean> yesOrNo() {
    return new TextFormat<>(
        "true or false", text -> text.equals("true") || text.equals("false"), Boolean::valueOf);
  }

  @Override
  public T read(String text) throws MalformedException {
    if (!isFit.test(text)) {
      throw new MalformedException(text, expected);
    }
    return value.apply(text);
  }
}
