package io.mqexporter.config;

import io.mqexporter.jmx.rules.RuleException;
import io.mqexporter.jmx.rules.RuleFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The path of a rule file of jmx_exporter.
 *
 * @param configFile where the path is relative to
 */
record RuleFileFormat(Path configFile) implements Format<RuleFile> {

  private static final int MAX_BYTES = 1 << 20;

  @Override
  public String expected() {
    return "the path of a rule file of jmx_exporter, of at most 1 MiB";
  }

  @Override
  public RuleFile read(String text) throws MalformedException {
    try {
      Path file = configFile.resolveSibling(text);
      return RuleFile.of(file, TextFile.read(file, MAX_BYTES));
    } catch (RuleException e) {
      String problem = String.valueOf(e.getMessage());
      throw new MalformedException(
          where(text, e.line()) + problem, "rules that jmx_exporter would take");
    } catch (TextFile.UnreadableException e) {
      throw new MalformedException(where(text, e.line()) + e.reason(), expected());
    } catch (InvalidPathException e) {
      throw new MalformedException(text, expected());
    }
  }

  private static String where(String file, int line) {
    return (line == 0 ? file : file + ":" + line) + ": ";
  }
}
