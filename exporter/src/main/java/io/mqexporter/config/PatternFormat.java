package io.mqexporter.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression, as {@link Pattern} describes it. */
record PatternFormat() implements Format<Pattern> {

  private static final int MAX_LENGTH = 1_000;

  @Override
  public String expected() {
    return "a regular expression";
  }

  @Override
  public Pattern read(String text) throws MalformedException {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new MalformedException(text, "a regular expression of 1 to 1000 characters");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      String where = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
      throw new MalformedException(text, expected() + "; " + e.getDescription() + where);
    }
  }
}
