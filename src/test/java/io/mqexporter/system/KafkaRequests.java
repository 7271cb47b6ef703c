package io.mqexporter.system;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.NetworkClient;
import org.slf4j.LoggerFactory;

/** Counts the requests of the collectors' admin clients by their API, from what those log. */
final class KafkaRequests extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private static final Pattern SENDING =
      Pattern.compile("\\[AdminClient clientId=mq-exporter-[^]]*] Sending (\\w+) request ");

  private final Logger logger = (Logger) LoggerFactory.getLogger(NetworkClient.class);
  private final Map<String, Integer> byApi = new TreeMap<>();

  private KafkaRequests() {}

  /** Begins to count. */
  static KafkaRequests count() {
    var requests = new KafkaRequests();
    requests.setContext(requests.logger.getLoggerContext());
    requests.start();
    requests.logger.setAdditive(false);
    requests.logger.setLevel(Level.DEBUG);
    requests.logger.addAppender(requests);
    return requests;
  }

  /** Returns the numbers so far, and begins anew. */
  Map<String, Integer> take() {
    synchronized (byApi) {
      var taken = new TreeMap<>(byApi);
      byApi.clear();
      return taken;
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    Matcher sending = SENDING.matcher(event.getFormattedMessage());
    if (sending.lookingAt()) {
      synchronized (byApi) {
        byApi.merge(sending.group(1), 1, Integer::sum);
      }
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(null);
    logger.setAdditive(true);
    stop();
  }
}
