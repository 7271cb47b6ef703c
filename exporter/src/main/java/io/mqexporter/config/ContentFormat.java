package io.mqexporter.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * The content of a file that is named.
 *
 * @param base a file beside which relative paths begin
 * @param files where to note which files are read
 */
record ContentFormat(Path base, Set<Path> files) implements Format<String> {

  private static final int MAX_BYTES = 1 << 20;

  @Override
  public String expected() {
    return "a text file of 1 byte to 1 MiB";
  }

  @Override
  public String read(String text) throws MalformedException {
    try {
      Path file = base.resolveSibling(text);
      files.add(file);
      String content = TextFile.read(file, MAX_BYTES);
      if (content.isBlank()) {
        throw new MalformedException(text + ": empty", expected());
      }
      return content;
    } catch (TextFile.UnreadableException e) {
      throw new MalformedException(text + ": " + e.reason(), expected());
    } catch (InvalidPathException e) {
      throw new MalformedException(text + ": not a path", expected());
    }
  }
}
