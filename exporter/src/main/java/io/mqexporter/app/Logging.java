package io.mqexporter.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.mqexporter.app.Options.LogFormat;
import io.mqexporter.app.Options.LogLevel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's own log, on standard error. What the broker clients log is not shown: they repeat a
 * failure at every attempt, and the agent reports each change of state itself.
 */
final class Logging {

  private static final String LOGFMT =
      "ts=%date{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} level=%level msg=\"%replace(%replace(%msg){'[\\\\\"]', '\\\\$0'}){'\\R', ' '}\"%n%ex";

  private static final List<String> CLIENT_LIBRARIES =
      List.of("org.apache.kafka", "com.rabbitmq", "org.apache.rocketmq", "io.netty");

  private Logging() {}

  /** Sets level and form of the log; to be called before anything is logged. */
  static void configure(LogLevel logLevel, LogFormat format) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Level level = Level.toLevel(logLevel.name());
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case JSON -> jsonEncoder(context);
          case LOGFMT -> logfmtEncoder(context);
        };
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger("io.mqexporter").setLevel(level);
    boolean showClients = level.equals(Level.DEBUG);
    CLIENT_LIBRARIES.forEach(
        library -> context.getLogger(library).setLevel(showClients ? Level.INFO : Level.OFF));
  }

  private static Encoder<ILoggingEvent> jsonEncoder(LoggerContext context) {
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.start();
    return encoder;
  }

  /** Returns what makes lines of logfmt: one for each event, whatever is in it. */
  static Encoder<ILoggingEvent> logfmtEncoder(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(LOGFMT);
    encoder.start();
    return encoder;
  }
}
