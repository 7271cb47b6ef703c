package io.mqexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.config.References.Resolved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

  @TempDir private Path folder;

  @Test
  void variablesAndDefaultsArePutIn() throws MalformedException {
    assertThat(resolve("${A}:${A}")).isEqualTo(new Resolved("alpha:alpha", false));
    assertThat(resolve("${A:-x}")).isEqualTo(new Resolved("alpha", false));
    assertThat(resolve("${NONE:-x y:-z}")).isEqualTo(new Resolved("x y:-z", false));
    assertThat(resolve("${NONE:-}")).isEqualTo(new Resolved("", false));
    assertThat(resolve("${EMPTY}")).isEqualTo(new Resolved("", false));
    assertThat(resolve("${EMPTY:-x}")).isEqualTo(new Resolved("x", false));
  }

  @Test
  void whatWasPutInIsNotLookedAtAgain() throws MalformedException {
    assertThat(resolve("${DOLLAR}")).isEqualTo(new Resolved("${A}$1\\", false));
  }

  @Test
  void dollarsThatReferToNothingStay() throws MalformedException {
    assertThat(resolve("$A $ $$ {A} $1")).isEqualTo(new Resolved("$A $ $$ {A} $1", false));
    assertThat(resolve("$${A}")).isEqualTo(new Resolved("${A}", false));
    assertThat(resolve("$$${A}")).isEqualTo(new Resolved("$${A}", false));
  }

  @Test
  void anEscapedTextStandsForItself() throws MalformedException {
    for (String text : new String[] {"${A}", "$${A}", "$$${", "a$", "{}", "${", "$$"}) {
      assertThat(resolve(References.escaped(text))).isEqualTo(new Resolved(text, false));
    }
  }

  @Test
  void filesArePutInWithoutTheLineEndAtTheirEnd() throws Exception {
    Files.writeString(folder.resolve("secret"), "line 1\nline 2\r\n");

    assertThat(resolve("<${file:secret}>")).isEqualTo(new Resolved("<line 1\nline 2>", true));
    assertThat(resolve("${file:" + folder.resolve("secret") + "}").fromFile()).isTrue();
  }

  private Resolved resolve(String value) throws MalformedException {
    Map<String, String> environment = Map.of("A", "alpha", "EMPTY", "", "DOLLAR", "${A}$1\\");
    return new References(folder.resolve("config.yaml"), environment).resolve(value);
  }
}
