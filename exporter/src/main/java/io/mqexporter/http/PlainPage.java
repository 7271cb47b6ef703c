package io.mqexporter.http;

import io.mqexporter.exposition.MetricsPage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Sends a page to one who does not take it compressed, as fast as he takes it: no more than a piece
 * of it is ever decompressed ahead.
 */
final class PlainPage {

  private static final int PIECE_BYTES = 64 << 10;

  private final HttpServerResponse response;
  private final InputStream plain;

  private PlainPage(HttpServerResponse response, InputStream plain) {
    this.response = response;
    this.plain = plain;
  }

  static void send(HttpServerRequest request, MetricsPage page, String contentType) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(page.plainLength()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    try {
      var sending = new PlainPage(response, page.plain());
      response.closeHandler(_ -> sending.close());
      response.drainHandler(_ -> sending.sendMore());
      sending.sendMore();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sendMore() {
    try {
      while (!response.closed() && !response.ended() && !response.writeQueueFull()) {
        byte[] piece = plain.readNBytes(PIECE_BYTES);
        if (piece.length < PIECE_BYTES) {
          response.end(Buffer.buffer(piece));
          plain.close();
        } else {
          response.write(Buffer.buffer(piece));
        }
      }
    } catch (IOException e) {
      // The page is our own: its bytes cannot be wrong.
      throw new UncheckedIOException(e);
    }
  }

  private void close() {
    try {
      plain.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
