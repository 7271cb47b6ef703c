package io.mqexporter.logs.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mqexporter.delivery.Http.Request;
import io.mqexporter.logs.LogEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes events as the body of a {@code _bulk} request: for each a line that says {@code create}
 * with its place and id, and a line with the document.
 */
final class BulkBody {

  /** All that is needed of the answer; the whole one repeats each id and place. */
  private static final String PATH =
      "/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason,"
          + "items.*.error.caused_by.reason";

  private static final JsonFactory JSON = new JsonFactory();

  private final Destinations destinations;
  private final boolean gzip;

  BulkBody(Destinations destinations, boolean gzip) {
    this.destinations = destinations;
    this.gzip = gzip;
  }

  /** Returns the request that stores events. */
  Request of(List<LogEvent> events) {
    var headers = new HashMap<>(Map.of("content-type", "application/x-ndjson"));
    if (gzip) {
      headers.put("content-encoding", "gzip");
    }
    return new Request(HttpMethod.POST, PATH, headers, bytes(events));
  }

  private Buffer bytes(List<LogEvent> events) {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = gzip ? new FastGzip(bytes) : bytes;
        JsonGenerator json = JSON.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (LogEvent event : events) {
        write(event, json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private void write(LogEvent event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("create");
    json.writeStringField("_index", destinations.indexOf(event));
    json.writeStringField("_id", event.id());
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
    destinations.documentOf(event).write(json);
    json.writeRaw('\n');
  }

  /** Half the time of the usual level, for bodies that are a tenth larger. */
  private static final class FastGzip extends GZIPOutputStream {

    private FastGzip(OutputStream out) throws IOException {
      super(out, 8 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
