package io.mqexporter.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.app.CommandLineResult.Print;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {

  @TempDir private Path folder;

  @Test
  void aValidFileIsCalledValid() throws IOException {
    String target = "{name: %s, kafka: {bootstrap_servers: 'a:1'}}";
    Path one = write("targets: [" + target.formatted("a") + "]");
    assertThat(ConfigCheck.check(one, Optional.empty(), Map.of()))
        .isEqualTo(new Print(one + ": valid, 1 target", 0));

    Path two = write("targets: [" + target.formatted("a") + "," + target.formatted("b") + "]");
    assertThat(ConfigCheck.check(two, Optional.empty(), Map.of()))
        .isEqualTo(new Print(two + ": valid, 2 targets", 0));
  }

  @Test
  void everyErrorOfAnotherIsALine() throws IOException {
    Path file = write("a: 1\nb: 2\ntargets: []\n");

    assertThat(ConfigCheck.check(file, Optional.empty(), Map.of()))
        .isEqualTo(
            new Print(
                """
                %1$s:1: a: unknown key (expected: interval, timeout, granularity, max_series, lag_objectives, targets, logs or otlp)
                %1$s:2: b: unknown key (expected: interval, timeout, granularity, max_series, lag_objectives, targets, logs or otlp)
                %1$s:3: targets: an empty list (expected: at least one element)\
                """
                    .formatted(file),
                2));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), yaml);
  }
}
