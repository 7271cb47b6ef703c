package io.mqexporter.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be read as YAML at all is refused in one line, quickly. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UnreadableConfigTest {

  private static final String FILE = " (expected: a YAML file of at most 1 MiB)";
  private static final String YAML = " (expected: valid YAML)";

  @TempDir private Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void useFolder() {
    folder = new ConfigFolder(temporary);
  }

  @Test
  void aMissingFile() {
    assertThat(folder.errorsOf(temporary.resolve("none.yaml")))
        .isEqualTo("none.yaml: not found" + FILE);
  }

  @Test
  void aDirectory() {
    assertThat(folder.errorsOf(temporary)).isEqualTo(".: a directory" + FILE);
  }

  @Test
  void aDevice() {
    assertThat(folder.errorsOf(Path.of("/dev/zero")))
        .isEqualTo("/dev/zero: not a regular file" + FILE);
  }

  @Test
  void aFileWithoutTheRightToReadIt() throws IOException {
    Path file = folder.write("config.yaml", "targets: []");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
    String errors = folder.errorsOf(file);

    // Root may read everything, and then the file is read like any other.
    assertThat(errors)
        .isEqualTo(
            Files.isReadable(file)
                ? folder.errorsOf("targets: []")
                : "config.yaml: no right to read it" + FILE);
  }

  @Test
  void aFileThatFailsWhileItIsRead() {
    assertThat(folder.errorsOf(Path.of("/proc/self/mem")))
        .isEqualTo("/proc/self/mem: cannot be read: Input/output error" + FILE);
  }

  @Test
  void anEmptyFile() {
    for (String empty : new String[] {"", "\n\n", "# nothing\n", "---\n", "null"}) {
      assertThat(folder.errorsOf(empty))
          .isEqualTo("config.yaml: empty (expected: targets to read)");
    }
  }

  @Test
  void aFileOfTenMegabytes() {
    Path file = folder.write("config.yaml", new byte[10 << 20]);

    assertThat(folder.errorsOf(file)).isEqualTo("config.yaml: 10485760 bytes" + FILE);
  }

  @Test
  void invalidUtf8() {
    Path file = folder.write("config.yaml", "a: b\n# gr\u00fc\u00df\n".getBytes(ISO_8859_1));

    assertThat(folder.errorsOf(file)).isEqualTo("config.yaml:2: invalid UTF-8 at byte 9" + FILE);
    assertThat(folder.errorsOf(folder.write("config.yaml", "a: b".getBytes(UTF_16))))
        .isEqualTo("config.yaml:1: invalid UTF-8 at byte 0" + FILE);
    assertThat(folder.errorsOf(folder.write("config.yaml", new byte[] {'a', (byte) 0xC3})))
        .as("a character that is cut off at the end")
        .isEqualTo("config.yaml:1: invalid UTF-8 at byte 1" + FILE);
  }

  @Test
  void aCharacterThatIsNotText() {
    assertThat(folder.errorsOf("a: b\nc: d\0\n"))
        .isEqualTo("config.yaml:2: the character U+0000 (expected: printable text)");
    assertThat(folder.errorsOf("a: \u001b[31m\n"))
        .isEqualTo("config.yaml:1: the character U+001B (expected: printable text)");
  }

  @Test
  void aSyntaxError() {
    assertThat(folder.errorsOf("a: b\nc: d: e\n"))
        .isEqualTo("config.yaml:2: mapping values are not allowed here, column 5" + YAML);
    assertThat(folder.errorsOf("a: 'b\n"))
        .isEqualTo(
            "config.yaml:2: while scanning a quoted scalar, found unexpected end of stream, column 1"
                + YAML);
    assertThat(folder.errorsOf("a:\n  - b\n c: d\n"))
        .isEqualTo(
            "config.yaml:3: while parsing a block mapping, expected <block end>, but found '<block"
                + " mapping start>', column 2"
                + YAML);
  }

  @Test
  void aTabThatIndents() {
    assertThat(folder.errorsOf("targets:\n\t- name: a\n"))
        .isEqualTo(
            "config.yaml:2: while scanning for the next token, found character '\\t(TAB)' that"
                + " cannot start any token, column 1"
                + YAML);
  }

  @Test
  void severalDocuments() {
    assertThat(folder.errorsOf("a: b\n---\nc: d\n"))
        .isEqualTo(
            "config.yaml:2: expected a single document in the stream, but found another document,"
                + " column 1"
                + YAML);
  }

  @Test
  void aSecretThatIsNoYamlIsNotShown() {
    for (String password :
        new String[] {"*hunter2", "\"hunter\\2\"", "@hunter2", "!hunter2!hunter3 x"}) {
      assertThat(folder.errorsOf("a: 1\npassword: " + password + "\n"))
          .startsWith("config.yaml:2: ")
          .doesNotContain("hunter");
    }
    assertThat(folder.errorsOf("password: *hunter2\n"))
        .isEqualTo(
            "config.yaml:1: a secret that is not valid YAML, column 11 (expected: 'single quotes'"
                + " around it)");
  }

  @Test
  void deepNesting() {
    String expected =
        ": too deep or too many aliases (expected: at most 20 levels and 1000 aliases of"
            + " collections)";
    for (String bomb : new String[] {"[", "{a: ", "- ", "? "}) {
      assertThat(folder.errorsOf(bomb.repeat(1_000_000 / bomb.length())))
          .isEqualTo("config.yaml:1" + expected);
    }
    assertThat(folder.errorsOf("a: 1\nb: " + "[".repeat(21) + "]".repeat(21)))
        .isEqualTo("config.yaml:2" + expected);
  }

  @Test
  void aliasesThatMultiply() {
    var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 15; i++) {
      yaml.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8), i - 1));
    }
    yaml.append("targets: *a14\n");

    assertThat(folder.errorsOf(yaml.toString()))
        .contains("targets[8]: a list (expected: keys and values)");
    assertThat(folder.errorsOf("a: &a [1]\nb: [" + "*a, ".repeat(1001) + "]"))
        .startsWith("config.yaml:2: too deep or too many aliases");
    assertThat(folder.errorsOf("a: &a [1]\nb:\n" + "- *a\n".repeat(1001) + "@"))
        .as("what follows cannot be read")
        .startsWith("config.yaml");
  }

  @Test
  void anAliasOfItself() {
    assertThat(folder.errorsOf("targets: &a [*a]\n"))
        .isEqualTo("config.yaml:1: targets[0]: a list (expected: keys and values)");
    assertThat(folder.errorsOf("targets: [&a {name: x, kafka: *a}]\n"))
        .contains("targets[0].kafka.bootstrap_servers: missing");
  }

  @Test
  void aLineOfAMegabyte() {
    assertThat(folder.errorsOf("a: " + "x ".repeat(500_000)))
        .contains("config.yaml:1: a: unknown key");
  }
}
