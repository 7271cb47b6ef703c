package io.mqexporter.logs.elasticsearch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A node that does what a real one cannot be made to do: breaks off, floods, refuses on demand. It
 * keeps documents by their ids, as a real one does.
 */
final class FakeNode implements AutoCloseable {

  private final ServerSocket listener;
  private final Function<FakeRequest, FakeReply> script;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
  private final Map<String, JsonObject> documents = new ConcurrentSkipListMap<>();

  /** What came: method and path in one, headers in lower case, the body without compression. */
  record FakeRequest(String line, Map<String, String> headers, String body) {

    boolean isBulk() {
      return line.startsWith("POST /_bulk");
    }

    /** Returns how many documents it brings. */
    int documents() {
      return (int) body.lines().count() / 2;
    }
  }

  /** What is done about it. */
  sealed interface FakeReply {

    /** Documents are stored, and each is answered for. */
    record Store() implements FakeReply {}

    /** An answer as it stands. */
    record Answer(int status, Map<String, String> headers, String body) implements FakeReply {}

    /** Documents are stored, and the connection is cut amid the answer. */
    record StoreAndCut() implements FakeReply {}

    /** Nothing is answered, ever. */
    record Silence() implements FakeReply {}

    /** An answer without an end. */
    record Flood() implements FakeReply {}
  }

  private FakeNode(Function<FakeRequest, FakeReply> script) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
  }

  /** Starts a node that does what a script says. */
  static FakeNode start(Function<FakeRequest, FakeReply> script) {
    try {
      var node = new FakeNode(script);
      Thread.ofVirtual().start(node::accept);
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeReply answer(int status, String body) {
    return new FakeReply.Answer(status, Map.of(), body);
  }

  /** Returns an answer as Elasticsearch writes errors. */
  static FakeReply error(int status, String type, String reason) {
    return answer(
        status,
        "{\"error\":{\"type\":\"%s\",\"reason\":\"%s\"},\"status\":%d}"
            .formatted(type, reason, status));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  List<FakeRequest> requests() {
    return requests;
  }

  List<FakeRequest> bulks() {
    return requests.stream().filter(FakeRequest::isBulk).toList();
  }

  /** Returns what is stored, by id. */
  Map<String, JsonObject> documents() {
    return documents;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        FakeRequest request = read(in);
        requests.add(request);
        if (!reply(request, script.apply(request), socket.getOutputStream())) {
          return;
        }
      }
    } catch (IOException e) {
      // The client is gone.
      return;
    }
  }

  /** Returns whether the connection goes on. */
  private boolean reply(FakeRequest request, FakeReply reply, OutputStream out) throws IOException {
    switch (reply) {
      case FakeReply.Store _ -> send(out, 200, Map.of(), store(request));
      case FakeReply.Answer(int status, var headers, String body) ->
          send(out, status, headers, body);
      case FakeReply.StoreAndCut _ -> {
        String body = store(request);
        out.write(bytes(head(200, Map.of(), body.length()) + body.substring(0, body.length() / 2)));
        return false;
      }
      case FakeReply.Silence _ -> {
        // Read on until the client has had enough.
      }
      case FakeReply.Flood _ -> {
        out.write(bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"));
        byte[] chunk = bytes("10000\r\n" + "x".repeat(0x10000) + "\r\n");
        while (true) {
          out.write(chunk);
        }
      }
    }
    return true;
  }

  private String store(FakeRequest request) {
    var items = new JsonArray();
    List<String> lines = request.body().lines().toList();
    for (int i = 0; i < lines.size(); i += 2) {
      String id = new JsonObject(lines.get(i)).getJsonObject("create").getString("_id");
      boolean isNew = documents.putIfAbsent(id, new JsonObject(lines.get(i + 1))) == null;
      items.add(new JsonObject().put("create", new JsonObject().put("status", isNew ? 201 : 409)));
    }
    return new JsonObject().put("errors", false).put("items", items).encode();
  }

  private static FakeRequest read(InputStream in) throws IOException {
    String line = line(in);
    var headers = new TreeMap<String, String>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    if (headers.containsKey("content-encoding")) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    return new FakeRequest(
        line.replace(" HTTP/1.1", ""), headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ArrayList<Byte>();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the end");
      }
      line.add((byte) b);
    }
    var text = new StringBuilder();
    line.forEach(b -> text.append((char) b.byteValue()));
    return text.toString().strip();
  }

  private static void send(OutputStream out, int status, Map<String, String> headers, String body)
      throws IOException {
    out.write(bytes(head(status, headers, bytes(body).length) + body));
  }

  private static String head(int status, Map<String, String> headers, int length) {
    var head = new StringBuilder("HTTP/1.1 " + status + " Any\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("content-length: ").append(length).append("\r\n\r\n").toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
