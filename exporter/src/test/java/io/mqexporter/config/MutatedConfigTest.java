package io.mqexporter.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is valid or every line of the complaint says where it is not. */
class MutatedConfigTest {

  private static final int FILES = 2_000;

  private static final String[] SNIPPETS = {
    "\n",
    "\t",
    " ",
    ":",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "*",
    "&a ",
    "*a",
    "!",
    "'",
    "\"",
    "|",
    ">",
    "?",
    "#",
    "%",
    "@",
    "\0",
    "\u00ff",
    "\\",
    "${",
    "${file:",
    "${file:/proc/self/mem}",
    "$${",
    "<<:",
    "null",
    "0s",
    "---\n",
    "...\n",
    "\r",
    "\ufeff",
    "9".repeat(40),
    "(".repeat(999)
  };

  @TempDir private Path temporary;

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void noFileMakesItFail() throws IOException {
    long seed = new Random().nextLong();
    String reference = Files.readString(Path.of("src/main/dist/mq-exporter.reference.yaml"));
    String withoutComments = reference.replaceAll("(?m)^ *#.*\\R|^\\R", "");
    var random = new Random(seed);
    var folder = new ConfigFolder(temporary);
    for (int i = 0; i < FILES; i++) {
      byte[] content = (i % 10 == 0 ? reference : withoutComments).getBytes(UTF_8);
      for (int mutations = 1 + random.nextInt(5); mutations > 0; mutations--) {
        content = mutated(content, random);
      }
      Path file = folder.write("config.yaml", content);
      try {
        ConfigText.of(ConfigFile.load(file, Map.of()));
      } catch (ConfigException e) {
        assertThat(e.getMessage().lines())
            .as("seed %d, file %d", seed, i)
            .isNotEmpty()
            .allMatch(line -> line.startsWith(file.toString()) && line.length() < 1_000);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed %d, file %d".formatted(seed, i), e);
      }
    }
  }

  private static byte[] mutated(byte[] content, Random random) {
    int at = random.nextInt(content.length);
    int length = random.nextInt(random.nextBoolean() ? 3 : 60);
    return switch (random.nextInt(4)) {
      case 0 -> spliced(content, at, length, new byte[0]);
      case 1 -> spliced(content, at, 1, new byte[] {(byte) random.nextInt(256)});
      case 2 -> spliced(content, at, 0, SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(UTF_8));
      default -> {
        int from = random.nextInt(content.length);
        int to = Math.min(content.length, from + length);
        yield spliced(content, at, length, Arrays.copyOfRange(content, from, to));
      }
    };
  }

  private static byte[] spliced(byte[] content, int at, int removed, byte[] inserted) {
    int rest = Math.min(content.length, at + removed);
    var spliced = new byte[at + inserted.length + content.length - rest];
    System.arraycopy(content, 0, spliced, 0, at);
    System.arraycopy(inserted, 0, spliced, at, inserted.length);
    System.arraycopy(content, rest, spliced, at + inserted.length, content.length - rest);
    return spliced;
  }
}
