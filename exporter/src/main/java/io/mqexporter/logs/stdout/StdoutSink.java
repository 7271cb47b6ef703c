package io.mqexporter.logs.stdout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.sink.LogDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each event as a line of JSON, for platforms that collect what a process prints. */
public final class StdoutSink implements LogSink {

  private static final Logger logger = LoggerFactory.getLogger(StdoutSink.class);
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  private final OutputStream out;
  private final JsonFactory json = new JsonFactory();
  private boolean isFailing;

  /** Creates a sink that writes to a stream; the stream has no buffer, and stays open. */
  public StdoutSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public String name() {
    return "stdout";
  }

  @Override
  public Delivered deliver(List<LogEvent> events) throws InterruptedException {
    byte[] lines = lines(events);
    while (true) {
      try {
        out.write(lines);
        out.flush();
        if (isFailing) {
          isFailing = false;
          logger.info("stdout: takes log events again");
        }
        return new Delivered(events.size(), 0, 0);
      } catch (IOException e) {
        if (!isFailing) {
          isFailing = true;
          logger.warn("stdout: {}: log events wait until it works again", e.getMessage());
        }
        Thread.sleep(RETRY_INTERVAL);
      }
    }
  }

  @Override
  public void close() {
    // The stream is not ours.
  }

  private byte[] lines(List<LogEvent> events) {
    var bytes = new ByteArrayOutputStream();
    try {
      for (LogEvent event : events) {
        try (JsonGenerator generator = json.createGenerator(bytes)) {
          generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
          LogDocument.of(event).write(generator);
        }
        bytes.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }
}
