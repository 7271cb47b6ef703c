package io.mqexporter.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.app.CommandLineResult.Check;
import io.mqexporter.app.CommandLineResult.Print;
import io.mqexporter.app.CommandLineResult.Run;
import io.mqexporter.app.Options.LogFormat;
import io.mqexporter.app.Options.LogLevel;
import io.mqexporter.collector.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLineParserTest {

  private static final Options DEFAULTS =
      new Options(
          List.of(new ListenAddress("0.0.0.0", 19090)),
          "/metrics",
          Optional.empty(),
          40,
          false,
          Shard.WHOLE,
          Path.of("mq-exporter.yaml"),
          LogLevel.INFO,
          LogFormat.LOGFMT);

  @Test
  void everyFlagHasADefault() {
    assertThat(CommandLineParser.parse()).isEqualTo(new Run(DEFAULTS));
  }

  @Test
  void flagsAreTakenWithAnEqualsSignAndWithASpace() {
    var expected =
        new Run(
            new Options(
                List.of(new ListenAddress("127.0.0.1", 8080), new ListenAddress("::1", 0)),
                "/m/etrics",
                Optional.of(Path.of("web.yml")),
                0,
                true,
                new Shard(2, 3),
                Path.of("/etc/a b.yaml"),
                LogLevel.DEBUG,
                LogFormat.JSON));

    assertThat(
            CommandLineParser.parse(
                "--web.listen-address=127.0.0.1:8080",
                "--web.listen-address=[::1]:0",
                "--web.config.file=web.yml",
                "--web.max-requests=0",
                "--web.enable-lifecycle",
                "--shard=mq-exporter-2",
                "--total-shards=3",
                "--web.telemetry-path=/m/etrics",
                "--config.file=/etc/a b.yaml",
                "--log.level=debug",
                "--log.format=json"))
        .isEqualTo(expected);
    assertThat(
            CommandLineParser.parse(
                "--web.listen-address",
                "127.0.0.1:8080",
                "--web.listen-address",
                "[::1]:0",
                "--web.config.file",
                "web.yml",
                "--web.max-requests",
                "0",
                "--web.enable-lifecycle",
                "--shard",
                "2",
                "--total-shards",
                "3",
                "--web.telemetry-path",
                "/m/etrics",
                "--config.file",
                "/etc/a b.yaml",
                "--log.level",
                "debug",
                "--log.format",
                "json"))
        .isEqualTo(expected);
  }

  @Test
  void listenAddressesAreHostAndPort() {
    assertThat(ListenAddress.parse(":0")).contains(new ListenAddress("0.0.0.0", 0));
    assertThat(ListenAddress.parse("localhost:1")).contains(new ListenAddress("localhost", 1));
    assertThat(ListenAddress.parse("[::1]:9090")).contains(new ListenAddress("::1", 9090));
    assertThat(new ListenAddress("::1", 9090)).hasToString("[::1]:9090");
    for (String bad : new String[] {"", "9090", "a", "a:", "a:65536", "::1:9090", "a:b", "a:-1"}) {
      assertThat(ListenAddress.parse(bad)).as(bad).isEmpty();
    }
  }

  @Test
  void theConfigurationCanBeChecked() {
    assertThat(CommandLineParser.parse("--config.file=a.yaml", "--config.check"))
        .isEqualTo(new Check(Path.of("a.yaml"), Optional.empty()));
  }

  @Test
  void helpListsEveryFlag() {
    for (String flag : new String[] {"-h", "--help"}) {
      assertThat(CommandLineParser.parse(flag))
          .isInstanceOfSatisfying(
              Print.class,
              print -> {
                assertThat(print.exitCode()).isZero();
                assertThat(print.text())
                    .contains(
                        "--config.file=<file>",
                        "--config.check",
                        "--web.listen-address=<host:port>",
                        "--web.telemetry-path=<path>",
                        "--web.config.file=<file>",
                        "--web.max-requests=<number>",
                        "--shard=<ordinal>",
                        "--total-shards=<number>",
                        "--log.level=<level>",
                        "--log.format=<format>",
                        "--version",
                        "-h, --help",
                        "Default: :19090");
              });
    }
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(CommandLineParser.parse("--version"))
        .isEqualTo(new Print("mq-exporter development", 0));
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertError("--log.level: loud (expected: debug, info, warn or error)", "--log.level=loud");
    assertError("--log.level: INFO (expected: debug, info, warn or error)", "--log.level", "INFO");
    assertError("--log.format: xml (expected: logfmt or json)", "--log.format=xml");
    assertError(
        "--web.listen-address: 9090 (expected: host:port or :port)", "--web.listen-address=9090");
    for (String path :
        new String[] {"metrics", "/", "/config", "/probe", "/sd", "/-/ready", "/a?b", "/a b"}) {
      assertError(
          "--web.telemetry-path: %s (expected: a path such as /metrics, of no other page)"
              .formatted(path),
          "--web.telemetry-path=" + path);
    }
    assertError("--config.file: \"\" (expected: a file)", "--config.file=");
    assertError("--web.config.file: \"\" (expected: a file)", "--web.config.file=");
    assertError(
        "--web.max-requests: -1 (expected: a whole number of 0 to 1000000)",
        "--web.max-requests=-1");
    for (String ordinal : new String[] {"3", "agent-3", "-1", "agent", "", "1.5"}) {
      assertError(
          "--shard: %s (expected: a number below 3, which --total-shards says, or the name of a pod"
                  .formatted(ordinal.isEmpty() ? "\"\"" : ordinal)
              + " that ends in such a number)",
          "--total-shards=3",
          "--shard=" + ordinal);
    }
    assertError("--total-shards: 0 (expected: a whole number of 1 to 1000000)", "--total-shards=0");
    assertError(
        "--web.listen-address: b (expected: host:port or :port)",
        "--web.listen-address=a:1",
        "--web.listen-address=b");
    assertError("--log.levle=info: unknown flag (expected: --log.level)", "--log.levle=info");
    assertError("-x: unknown flag (expected: --help)", "-x");
    assertError("run: unknown flag (expected: --help)", "run");
    assertError("--log.level: no value (expected: --log.level=<value>)", "--log.level");
    assertError(
        "--log.level: no value (expected: --log.level=<value>)", "--log.level", "--config.check");
    assertError(
        "--log.level: given twice (expected: once)", "--log.level=info", "--log.level=warn");
    assertError("--config.check: maybe (expected: no value)", "--config.check=maybe");
    assertError("@args: unknown flag (expected: --help)", "@args");
  }

  private static void assertError(String line, String... arguments) {
    assertThat(CommandLineParser.parse(arguments)).isEqualTo(new Print("mq-exporter: " + line, 2));
  }
}
