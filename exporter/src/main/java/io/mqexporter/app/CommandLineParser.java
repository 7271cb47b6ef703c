package io.mqexporter.app;

import io.mqexporter.app.CommandLineResult.Check;
import io.mqexporter.app.CommandLineResult.Print;
import io.mqexporter.app.CommandLineResult.Run;
import io.mqexporter.app.Options.LogFormat;
import io.mqexporter.app.Options.LogLevel;
import io.mqexporter.collector.Shard;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what a command line asks for. */
final class CommandLineParser {

  private static final Set<String> OTHER_PAGES =
      Set.of("/config", "/probe", "/sd", "/-/healthy", "/-/ready", "/-/reload");

  private CommandLineParser() {}

  /** Says which flag is wrong, and how. */
  private static final class BadFlagException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String line;

    private BadFlagException(String flag, String found, String expected) {
      line = "%s: %s: %s (expected: %s)".formatted(Flags.PROGRAM, flag, found, expected);
    }
  }

  /** Returns what a command line asks for. Nothing is read but the arguments. */
  static CommandLineResult parse(String... arguments) {
    try {
      Optional<GivenFlags> plain = GivenFlags.plain(arguments);
      return plain.isPresent() ? result(plain.get()) : parseAny(arguments);
    } catch (BadFlagException e) {
      return new Print(e.line, ExitCode.BAD_INPUT);
    }
  }

  private static CommandLineResult parseAny(String... arguments) throws BadFlagException {
    CommandLine parser = Flags.parser();
    ParseResult flags;
    try {
      flags = parser.parseArgs(arguments);
    } catch (UnmatchedArgumentException e) {
      String expected = e.getSuggestions().stream().findFirst().orElse(Flags.HELP);
      throw new BadFlagException(e.getUnmatched().getFirst(), "unknown flag", expected);
    } catch (MissingParameterException e) {
      String flag = nameOf(e.getMissing().getFirst());
      throw new BadFlagException(flag, "no value", flag + "=<value>");
    } catch (OverwrittenOptionException e) {
      throw new BadFlagException(nameOf(e.getOverwritten()), "given twice", "once");
    } catch (ParameterException e) {
      throw new BadFlagException(flagOf(e), String.valueOf(e.getValue()), "no value");
    }
    if (flags.isUsageHelpRequested()) {
      return new Print(parser.getUsageMessage(Ansi.OFF).stripTrailing(), ExitCode.OK);
    }
    if (flags.isVersionHelpRequested()) {
      return new Print(Flags.PROGRAM + " " + Version.current(), ExitCode.OK);
    }
    return result(GivenFlags.of(flags));
  }

  private static CommandLineResult result(GivenFlags flags) throws BadFlagException {
    Options options = options(flags);
    return flags.has(Flags.CONFIG_CHECK)
        ? new Check(options.configFile(), options.webConfigFile())
        : new Run(options);
  }

  private static String flagOf(ParameterException e) {
    return e.getArgSpec() == null ? "command line" : nameOf(e.getArgSpec());
  }

  private static String nameOf(ArgSpec flag) {
    return flag instanceof OptionSpec option ? option.longestName() : flag.paramLabel();
  }

  private static Options options(GivenFlags flags) throws BadFlagException {
    return new Options(
        listenAddresses(flags),
        value(
            flags,
            Flags.TELEMETRY_PATH,
            CommandLineParser::path,
            "a path such as /metrics, of no other page"),
        webConfigFile(flags),
        value(
            flags, Flags.MAX_REQUESTS, CommandLineParser::number, "a whole number of 0 to 1000000"),
        flags.has(Flags.LIFECYCLE),
        shard(flags),
        value(flags, Flags.CONFIG_FILE, CommandLineParser::file, "a file"),
        value(
            flags,
            Flags.LOG_LEVEL,
            text -> constant(LogLevel.values(), text),
            "debug, info, warn or error"),
        value(
            flags, Flags.LOG_FORMAT, text -> constant(LogFormat.values(), text), "logfmt or json"));
  }

  private static List<ListenAddress> listenAddresses(GivenFlags flags) throws BadFlagException {
    var addresses = new ArrayList<ListenAddress>();
    for (String text : flags.all(Flags.LISTEN_ADDRESS)) {
      addresses.add(parsed(Flags.LISTEN_ADDRESS, text, ListenAddress::parse, "host:port or :port"));
    }
    return addresses;
  }

  private static Shard shard(GivenFlags flags) throws BadFlagException {
    int total =
        value(
            flags,
            Flags.TOTAL_SHARDS,
            text -> number(text).filter(n -> n > 0),
            "a whole number of 1 to 1000000");
    int ordinal =
        value(
            flags,
            Flags.SHARD,
            text -> ordinal(text).filter(n -> n < total),
            "a number below %d, which %s says, or the name of a pod that ends in such a number"
                .formatted(total, Flags.TOTAL_SHARDS));
    return new Shard(ordinal, total);
  }

  /** Returns the number that the name of a StatefulSet's pod ends in, or that this is. */
  private static Optional<Integer> ordinal(String text) {
    int dash = text.lastIndexOf('-');
    return dash == 0 ? Optional.empty() : number(text.substring(dash + 1));
  }

  private static Optional<Path> webConfigFile(GivenFlags flags) throws BadFlagException {
    return flags.has(Flags.WEB_CONFIG_FILE)
        ? Optional.of(value(flags, Flags.WEB_CONFIG_FILE, CommandLineParser::file, "a file"))
        : Optional.empty();
  }

  private static <T> T value(
      GivenFlags flags, String flag, Function<String, Optional<T>> parse, String expected)
      throws BadFlagException {
    return parsed(flag, flags.value(flag), parse, expected);
  }

  private static <T> T parsed(
      String flag, String text, Function<String, Optional<T>> parse, String expected)
      throws BadFlagException {
    Optional<T> value = parse.apply(text);
    if (value.isEmpty()) {
      throw new BadFlagException(flag, text.isEmpty() ? "\"\"" : text, expected);
    }
    return value.get();
  }

  private static Optional<String> path(String text) {
    return Optional.of(text).filter(t -> t.matches("/[\\w./~-]+") && !OTHER_PAGES.contains(t));
  }

  private static Optional<Integer> number(String text) {
    return Optional.of(text).filter(t -> t.matches("\\d{1,6}|1000000")).map(Integer::valueOf);
  }

  private static Optional<Path> file(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static <E extends Enum<E>> Optional<E> constant(E[] constants, String text) {
    return Arrays.stream(constants)
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}
