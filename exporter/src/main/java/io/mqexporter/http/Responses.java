package io.mqexporter.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers that are there as a whole. */
final class Responses {

  static final String TEXT = "text/plain; charset=utf-8";

  private Responses() {}

  /** Sends a line of text. */
  static void sendLine(HttpServerRequest request, int status, String line) {
    send(request, status, TEXT, line + "\n");
  }

  static void send(HttpServerRequest request, int status, String type, String body) {
    send(request, status, type, Buffer.buffer(body));
  }

  static void send(HttpServerRequest request, int status, String type, Buffer body) {
    HttpServerResponse response = request.response();
    response.setStatusCode(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
