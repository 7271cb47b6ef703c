package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.rabbitmq.json.ManagementJson;
import io.mqexporter.rabbitmq.snapshot.Queue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManagementHttpTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int MAX_REPLY_BYTES = 1 << 20;

  @Test
  void readsAReply() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer.ok(2, "[]"))) {
      assertThat(get(server.url(), LONG)).isEmpty();
    }
  }

  @Test
  void readsAReplyInChunks() throws Exception {
    try (var server = new ScriptedServer(chunks("1\r\n[\r\n1\r\n]\r\n0\r\n\r\n"))) {
      assertThat(get(server.url(), LONG)).isEmpty();
    }
  }

  @Test
  void saysThatAReplyBrokeOff() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer.ok(100, "[{\"name\":"))) {
      assertFails(server.url(), LONG, "the connection");
    }
  }

  @Test
  void saysThatAReplyInChunksBrokeOff() throws Exception {
    try (var server = new ScriptedServer(chunks("2\r\n[]\r\n"))) {
      assertFails(server.url(), LONG, "the connection");
    }
  }

  @Test
  void saysThatAReplyIsCutInTheMiddle() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer.ok(9, "[{\"name\":"))) {
      assertFails(server.url(), LONG, "the reply broke off (expected: complete JSON)");
    }
  }

  @Test
  void saysThatAReplyIsNotJson() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer.ok(13, "<html></html>"))) {
      assertFails(
          server.url(),
          LONG,
          "answered with what is not JSON at line 1, column 1"
              + " (expected: the management API of a RabbitMQ node)");
    }
  }

  @Test
  void saysThatAReplyIsOtherJson() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer.ok(2, "{}"))) {
      assertFails(server.url(), LONG, "answered with other JSON than expected (expected: a list)");
    }
  }

  @Test
  void saysThatAReplyIsFollowedByMore() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer.ok(4, "[][]"))) {
      assertFails(server.url(), LONG, "answered with other JSON than expected");
    }
  }

  @Test
  void saysThatAServerDoesNotSpeakHttp() throws Exception {
    try (var server = new ScriptedServer(out -> write(out, "AMQP\0\0\11\1\r\n\r\n"))) {
      assertFails(server.url(), LONG, "answered with what is not HTTP");
    }
  }

  @Test
  void saysThatAServerHangsUp() throws Exception {
    try (var server = new ScriptedServer(_ -> {})) {
      assertFails(server.url(), LONG, "the connection was closed before the answer was complete");
    }
  }

  @Test
  void saysWhatTheServerRefuses() throws Exception {
    try (var server =
        new ScriptedServer(
            status("401 Unauthorized", "{\"error\":\"x\",\"reason\":\"Login\\nfailed\"}"))) {
      assertFails(
          server.url(),
          LONG,
          "answered 401 (Login failed) (expected: a user with the tag monitoring, and its"
              + " password)");
    }
  }

  @Test
  void saysThatThereIsNoSuchApi() throws Exception {
    try (var server = new ScriptedServer(status("404 Not Found", "<html>"))) {
      assertFails(
          server.url(), LONG, "answered 404 (expected: the management API of a RabbitMQ node)");
    }
  }

  @Test
  void saysThatTheServerFails() throws Exception {
    try (var server = new ScriptedServer(status("500 Internal Server Error", ""))) {
      assertFails(server.url(), LONG, "answered 500 (expected: status 200)");
    }
  }

  @Test
  void doesNotFollowToAnotherAddress() throws Exception {
    try (var server = new ScriptedServer(status("302 Found", ""))) {
      assertFails(server.url(), LONG, "answered 302 (expected: status 200)");
    }
  }

  @Test
  void obeysTheDeadlineWhenNothingComes() throws Exception {
    try (var server = new ScriptedServer(_ -> new CountDownLatch(1).await())) {
      assertFails(server.url(), SHORT, "no answer within 0.");
    }
  }

  @Test
  void obeysTheDeadlineWhenTheBodyDoesNotCome() throws Exception {
    try (var server =
        new ScriptedServer(out -> {
          ScriptedServer.ok(100, "[").write(out);
          new CountDownLatch(1).await();
        })) {
      assertFails(server.url(), SHORT, "no complete answer within 0.");
    }
  }

  @Test
  void obeysTheDeadlineWhenTheBodyNeverEnds() throws Exception {
    try (var server =
        new ScriptedServer(out -> {
          ScriptedServer.ok(Integer.MAX_VALUE, "[").write(out);
          while (true) {
            write(out, " ");
          }
        })) {
      assertFails(server.url(), SHORT, "no complete answer within 0.");
      assertThat(server.hungUp().await(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void doesNotAskWhenTheTimeIsUp() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer.ok(2, "[]"))) {
      assertFails(server.url(), Duration.ZERO, "not asked, the time was used up before");
    }
  }

  @Test
  void refusesAReplyThatIsTooLarge() throws Exception {
    try (var server =
        new ScriptedServer(out -> {
          ScriptedServer.ok(Integer.MAX_VALUE, "[").write(out);
          while (true) {
            write(out, " ".repeat(10_000));
          }
        })) {
      assertFails(server.url(), LONG, "the reply is larger than 1 MiB");
      assertThat(server.hungUp().await(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void endsSoonWhenItIsInterruptedInABody() throws Exception {
    try (var server =
        new ScriptedServer(out -> {
          ScriptedServer.ok(100, "[").write(out);
          new CountDownLatch(1).await();
        })) {
      var request = new FutureTask<>(() -> get(server.url(), LONG));
      Thread thread = Thread.ofVirtual().start(request);
      assertThat(server.requested().await(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      thread.interrupt();
      assertThatThrownBy(() -> request.get(GRACE.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void countsEveryRequestAlsoThoseThatFail() throws Exception {
    try (var server = new ScriptedServer(status("500 Internal Server Error", ""));
        var http = http(server.url())) {
      for (int i = 1; i <= 3; i++) {
        assertThatThrownBy(() ->
                http.get(
                    server.url(),
                    parser -> ManagementJson.queues(parser, _ -> true),
                    Deadline.after(LONG)))
            .isInstanceOf(CollectionException.class);
        assertThat(http.requestsSent()).isEqualTo(i);
      }
    }
  }

  private static void assertFails(URI url, Duration timeout, String message) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> get(url, timeout))
        .isInstanceOf(CollectionException.class)
        .hasMessageStartingWith(url + ": " + message)
        .satisfies(failure ->
            assertThat(failure.getMessage()).doesNotContain("\n", "Exception", "secret-password"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.plus(GRACE));
  }

  private static List<Queue> get(URI url, Duration timeout) throws Exception {
    try (var http = http(url)) {
      return http.get(
          url, parser -> ManagementJson.queues(parser, _ -> true), Deadline.after(timeout));
    }
  }

  private static ManagementHttp http(URI url) {
    return new ManagementHttp(
        new RabbitMqConfig(url, "monitor", new Secret("secret-password")), MAX_REPLY_BYTES);
  }

  private static ScriptedServer.Answer status(String status, String body) {
    return out ->
        write(
            out,
            "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body));
  }

  private static ScriptedServer.Answer chunks(String chunks) {
    return out -> write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
