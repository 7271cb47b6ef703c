package io.mqexporter.app;

import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags of the command line, as the help lists them. */
final class Flags {

  static final String PROGRAM = "mq-exporter";

  static final String CONFIG_FILE = "--config.file";
  static final String CONFIG_CHECK = "--config.check";
  static final String LISTEN_ADDRESS = "--web.listen-address";
  static final String WEB_CONFIG_FILE = "--web.config.file";
  static final String MAX_REQUESTS = "--web.max-requests";
  static final String LIFECYCLE = "--web.enable-lifecycle";
  static final String TELEMETRY_PATH = "--web.telemetry-path";
  static final String SHARD = "--shard";
  static final String TOTAL_SHARDS = "--total-shards";
  static final String LOG_LEVEL = "--log.level";
  static final String LOG_FORMAT = "--log.format";
  static final String VERSION = "--version";
  static final String HELP = "--help";

  /** Those that take a value, with what it is where none is given. */
  static final Map<String, String> DEFAULTS =
      Map.of(
          CONFIG_FILE, "mq-exporter.yaml",
          LISTEN_ADDRESS, ":19090",
          TELEMETRY_PATH, "/metrics",
          WEB_CONFIG_FILE, "",
          MAX_REQUESTS, "40",
          SHARD, "0",
          TOTAL_SHARDS, "1",
          LOG_LEVEL, "info",
          LOG_FORMAT, "logfmt");

  /** Those that take none. */
  static final Set<String> SWITCHES = Set.of(CONFIG_CHECK, LIFECYCLE);

  private Flags() {}

  /** Returns a parser that knows them and does nothing behind the back of its caller. */
  static CommandLine parser() {
    var spec = CommandSpec.create().name(PROGRAM);
    spec.usageMessage()
        .description("Reads Kafka, RabbitMQ and RocketMQ and exposes them as Prometheus metrics.")
        .customSynopsis(PROGRAM + " [flags]")
        .sortOptions(false)
        .width(100);
    spec.addOption(value(CONFIG_FILE, "<file>", "The configuration file."));
    spec.addOption(
        OptionSpec.builder(CONFIG_CHECK)
            .description("Check the configuration file and exit.")
            .build());
    spec.addOption(
        OptionSpec.builder(LISTEN_ADDRESS)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("<host:port>")
            .description(
                "Where to serve HTTP; [::1]:19090 for IPv6. May be given several times. Default: "
                    + DEFAULTS.get(LISTEN_ADDRESS))
            .build());
    spec.addOption(value(TELEMETRY_PATH, "<path>", "The path of the metrics."));
    spec.addOption(
        OptionSpec.builder(WEB_CONFIG_FILE)
            .type(String.class)
            .paramLabel("<file>")
            .description("Who is let in: TLS, users, rate limit, in Prometheus' own form.")
            .build());
    spec.addOption(
        value(MAX_REQUESTS, "<number>", "Requests answered at the same time; 0: any number."));
    spec.addOption(
        OptionSpec.builder(LIFECYCLE)
            .description("Read the configuration again at POST /-/reload.")
            .build());
    spec.addOption(
        value(
            SHARD,
            "<ordinal>",
            "Which of several agents that share the targets this is, from 0 on, or the name of its"
                + " pod that ends in that."));
    spec.addOption(value(TOTAL_SHARDS, "<number>", "How many agents share the targets."));
    spec.addOption(value(LOG_LEVEL, "<level>", "One of debug, info, warn and error."));
    spec.addOption(value(LOG_FORMAT, "<format>", "One of logfmt and json."));
    spec.addOption(
        OptionSpec.builder(VERSION).versionHelp(true).description("Show the version.").build());
    spec.addOption(
        OptionSpec.builder("-h", HELP).usageHelp(true).description("Show this help.").build());
    return new CommandLine(spec).setExpandAtFiles(false).setInterpolateVariables(false);
  }

  private static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description + " Default: " + DEFAULTS.get(name))
        .build();
  }
}
