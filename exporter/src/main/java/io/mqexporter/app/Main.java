package io.mqexporter.app;

import static java.util.stream.Collectors.joining;

import io.mqexporter.collection.Clocks;
import io.mqexporter.collector.Settings;
import io.mqexporter.config.ConfigException;
import io.mqexporter.config.ConfigFile;
import io.mqexporter.config.FileWatch;
import io.mqexporter.config.LiveConfig;
import io.mqexporter.config.WebConfigFile;
import io.mqexporter.http.HttpSettings;
import io.mqexporter.http.Security;
import io.mqexporter.http.ServerTls;
import io.mqexporter.otlp.OtlpConfig;
import io.mqexporter.otlp.OtlpPush;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program. */
public final class Main {

  /** How long what is starting is let. */
  private static final int START_SECONDS = 10;

  private Main() {}

  /** Does what the command line asks for. */
  public static void main(String[] arguments) {
    Clock clock = Clock.systemUTC();
    switch (CommandLineParser.parse(arguments)) {
      case CommandLineResult.Print print -> exit(print);
      case CommandLineResult.Check(var file, var webConfigFile) ->
          exit(ConfigCheck.check(file, webConfigFile, System.getenv()));
      case CommandLineResult.Run(Options options) -> run(options, clock);
    }
  }

  private static void run(Options options, Clock clock) {
    try {
      Security security = security(options);
      // Before it is read, so that no change is missed.
      var watch = new FileWatch(options.configFile());
      LiveConfig config = ConfigFile.follow(options.configFile(), System.getenv(), Main::warn);
      Logging.configure(options.logLevel(), options.logFormat());
      start(options, security, watch, config, clock);
    } catch (ConfigException e) {
      exit(new CommandLineResult.Print(e.getMessage(), ExitCode.BAD_INPUT));
    } catch (StartException e) {
      String line = Flags.PROGRAM + ": " + e.getMessage();
      exit(new CommandLineResult.Print(line, ExitCode.BAD_INPUT));
    }
  }

  /** Reads who is let in for the first time, so that what is wrong is told before all else. */
  private static Security security(Options options) throws ConfigException {
    if (options.webConfigFile().isEmpty()) {
      return Security.OPEN;
    }
    var file = new WebConfigFile(options.webConfigFile().get(), ServerTls::problem);
    file.read();
    return file::read;
  }

  private static void start(
      Options options, Security security, FileWatch watch, LiveConfig config, Clock clock)
      throws StartException {
    var settings =
        new HttpSettings(
            options.listenAddresses().stream()
                .map(address -> new HttpSettings.Address(address.host(), address.port()))
                .toList(),
            options.telemetryPath(),
            options.maxRequests());
    Vertx vertx = Agent.vertx();
    var reload = new ConfigReload(options.configFile(), System.getenv(), Main::warn, watch);
    var agent =
        new Agent(
            vertx,
            settings,
            security,
            options.lifecycle() ? Optional.of(reload::reload) : Optional.empty(),
            options.shard(),
            new Clocks(clock, new SteadyClock(clock)));
    agent.prepare(config);
    Optional<OtlpPush> push = config.otlp().map(to -> push(to, agent, vertx, clock));
    push.ifPresent(p -> agent.add(p, config.config()));
    var isStarted = new CompletableFuture<Boolean>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent, isStarted), "stop"));
    try {
      agent.start(config);
      push.ifPresent(OtlpPush::start);
      reload.follow(agent::use, agent.config());
      HangUp.onSignal(reload::reload);
      Logger logger = LoggerFactory.getLogger(Main.class);
      logger.info(
          "mq-exporter {} listens on {} for {} targets",
          Version.current(),
          listening(options, agent),
          config.config().targets().size());
      isStarted.complete(true);
    } catch (StartException e) {
      throw new StartException(
          "%s: %s: %s".formatted(Flags.LISTEN_ADDRESS, addresses(options), e.getMessage()), e);
    } finally {
      isStarted.complete(false);
    }
  }

  private static OtlpPush push(Settings<OtlpConfig> to, Agent agent, Vertx vertx, Clock clock) {
    var self = new OtlpPush.Self(Version.current(), Forwarding.hostName());
    return new OtlpPush(to, self, agent::families, vertx, clock);
  }

  private static String addresses(Options options) {
    return options.listenAddresses().stream().map(ListenAddress::toString).collect(joining(", "));
  }

  private static String listening(Options options, Agent agent) {
    return IntStream.range(0, options.listenAddresses().size())
        .mapToObj(
            i -> new ListenAddress(options.listenAddresses().get(i).host(), agent.ports().get(i)))
        .map(ListenAddress::toString)
        .collect(joining(", "));
  }

  private static void warn(String problem) {
    LoggerFactory.getLogger(Main.class).warn(problem);
  }

  /**
   * Ends with exit code 0: to be told to end is not a failure, whatever a broker's client does. An
   * agent that is about to start is closed when it has: what is half there cannot be closed in
   * order. One that could not start ends by itself, with another code.
   */
  private static void stop(Agent agent, CompletableFuture<Boolean> isStarted) {
    if (isStarted.completeOnTimeout(true, START_SECONDS, TimeUnit.SECONDS).join()) {
      agent.close();
      Runtime.getRuntime().halt(ExitCode.OK);
    }
  }

  private static void exit(CommandLineResult.Print print) {
    (print.exitCode() == ExitCode.OK ? System.out : System.err).println(print.text());
    System.exit(print.exitCode());
  }
}
