package io.mqexporter.app;

import io.mqexporter.app.Agent.Source;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Collector;
import io.mqexporter.config.BrokerConfig;
import io.mqexporter.config.Config;
import io.mqexporter.config.ConfigException;
import io.mqexporter.config.ConfigFile;
import io.mqexporter.config.ConfigText;
import io.mqexporter.config.LiveConfig;
import io.mqexporter.config.TargetConfig;
import io.mqexporter.config.WebConfigFile;
import io.mqexporter.http.HttpSettings;
import io.mqexporter.http.Security;
import io.mqexporter.http.ServerTls;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program. */
public final class Main {

  /** How many collections a consumer is watched before it is judged. */
  private static final int WINDOW_COLLECTIONS = 10;

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
      LiveConfig config = ConfigFile.follow(options.configFile(), System.getenv(), Main::warn);
      Logging.configure(options.logLevel(), options.logFormat());
      start(options, security, config, clock);
    } catch (ConfigException e) {
      exit(new CommandLineResult.Print(e.getMessage(), ExitCode.BAD_INPUT));
    } catch (StartException e) {
      String addresses =
          options.listenAddresses().stream()
              .map(ListenAddress::toString)
              .collect(Collectors.joining(", "));
      String line = "%s: %s: %s".formatted(Flags.LISTEN_ADDRESS, addresses, e.getMessage());
      exit(new CommandLineResult.Print(Flags.PROGRAM + ": " + line, ExitCode.BAD_INPUT));
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

  private static void start(Options options, Security security, LiveConfig live, Clock clock)
      throws StartException {
    var settings =
        new HttpSettings(
            options.listenAddresses().stream()
                .map(address -> new HttpSettings.Address(address.host(), address.port()))
                .toList(),
            options.telemetryPath(),
            options.maxRequests());
    Config config = live.config();
    var sources =
        config.targets().stream().flatMap(target -> sources(target, live, clock)).toList();
    var agent = new Agent(settings, security, sources, ConfigText.of(config), clock);
    var stop = new Thread(() -> stop(agent), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      agent.start();
    } catch (StartException e) {
      Runtime.getRuntime().removeShutdownHook(stop);
      throw e;
    }
    Logger logger = LoggerFactory.getLogger(Main.class);
    logger.info(
        "mq-exporter {} listens on {} for {} targets",
        Version.current(),
        listening(options, agent),
        config.targets().size());
  }

  private static String listening(Options options, Agent agent) {
    return IntStream.range(0, options.listenAddresses().size())
        .mapToObj(
            i -> new ListenAddress(options.listenAddresses().get(i).host(), agent.ports().get(i)))
        .map(ListenAddress::toString)
        .collect(Collectors.joining(", "));
  }

  /** The JVMs of a target have a loop of their own: none that hangs may hold up the cluster. */
  private static Stream<Source> sources(TargetConfig config, LiveConfig live, Clock clock) {
    Collector broker = broker(config, live, clock);
    Stream<Collector> jmx =
        config.jmx().stream()
            .map(_ ->
                new JmxCollector(config.name(), live.jmxSettings(config.name()), broker::brokers));
    return Stream.concat(Stream.of(broker), jmx).map(collector -> source(config, collector));
  }

  private static Collector broker(TargetConfig config, LiveConfig live, Clock clock) {
    Duration window = config.interval().multipliedBy(WINDOW_COLLECTIONS);
    String name = config.name();
    return switch (config.broker()) {
      case BrokerConfig.Kafka _ ->
          new KafkaCollector(
              name, live.settings(name, KafkaConfig.class), window, config.lagObjectives(), clock);
      case BrokerConfig.RabbitMq _ ->
          new RabbitMqCollector(
              name,
              live.settings(name, RabbitMqConfig.class),
              window,
              config.lagObjectives(),
              clock);
      case BrokerConfig.RocketMq _ ->
          new RocketMqCollector(
              name,
              live.settings(name, RocketMqConfig.class),
              window,
              config.lagObjectives(),
              clock);
    };
  }

  private static Source source(TargetConfig config, Collector collector) {
    var limit = new SeriesLimit(config.granularity(), config.maxSeries());
    var target =
        new Target(collector.system(), config.name(), config.interval(), config.timeout(), limit);
    return new Source(target, collector);
  }

  private static void warn(String problem) {
    LoggerFactory.getLogger(Main.class).warn(problem);
  }

  /** Ends with exit code 0: to be told to end is not a failure, whatever a broker's client does. */
  private static void stop(Agent agent) {
    agent.close();
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  private static void exit(CommandLineResult.Print print) {
    (print.exitCode() == ExitCode.OK ? System.out : System.err).println(print.text());
    System.exit(print.exitCode());
  }
}
