package io.mqexporter.config;

/**
 * A whole number of digits alone.
 *
 * @param min the smallest that will do, not negative
 * @param max the largest
 */
record WholeNumberFormat(int min, int max) implements Format<Integer> {

  @Override
  public String expected() {
    return "a whole number of " + min + " to " + max;
  }

  @Override
  public Integer read(String text) throws MalformedException {
    if (!text.matches("[0-9]{1,9}")) {
      throw new MalformedException(text, expected());
    }
    int number = Integer.parseInt(text);
    if (number < min || number > max) {
      throw new MalformedException(text, expected());
    }
    return number;
  }
}
