package io.mqexporter.config;

import java.util.function.Function;

/**
 * Keys or certificates in PEM form, which come from a file as a rule.
 *
 * @param what what there must be
 * @param parser makes a value of the text, or throws {@link IllegalArgumentException}
 */
record PemFormat<T>(String what, Function<String, T> parser) implements Format<T> {

  @Override
  public String expected() {
    return what + " in PEM form, such as ${file:/path/to.pem}";
  }

  @Override
  public T read(String text) throws MalformedException {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      // What is there is no use to anybody, and might be a key.
      throw new MalformedException("a text without any", expected());
    }
  }
}
