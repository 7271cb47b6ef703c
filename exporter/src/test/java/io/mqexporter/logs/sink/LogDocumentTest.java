package io.mqexporter.logs.sink;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogMark;
import io.mqexporter.logs.LogOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogDocumentTest {

  @Test
  void aLineOfKafkaWithItsTraceHasTheNamesThatDashboardsLookFor() throws IOException {
    var event =
        new LogEvent(
            "aWQ",
            TestEvents.TIME,
            LogLevel.ERROR,
            "kafka.server.KafkaApis",
            "data-plane-1",
            "Unexpected \"error\"\nsecond line",
            "java.io.IOException: No space left on device\n\tat java.base/sun.nio.ch.X.write(X.java:7)",
            TestEvents.ORIGIN,
            4711,
            Map.of("kafka.log.component", "KafkaApi-1"),
            Set.of(LogMark.TRUNCATED, LogMark.INVALID_UTF8));

    assertThat(json(event).replace(",\"", ",\n\""))
        .isEqualTo(
            """
            {"@timestamp":"2026-11-24T10:31:36.123Z",
            "message":"Unexpected \\"error\\"\\nsecond line",
            "log.level":"error",
            "log.logger":"kafka.server.KafkaApis",
            "log.file.path":"/var/log/kafka/server.log",
            "log.offset":4711,
            "log.flags":["invalid_utf8",
            "truncated"],
            "process.thread.name":"data-plane-1",
            "event.id":"aWQ",
            "event.kind":"event",
            "event.type":"error",
            "error.type":"java.io.IOException",
            "error.message":"No space left on device",
            "error.stack_trace":"java.io.IOException: No space left on device\\n\\tat java.base/sun.nio.ch.X.write(X.java:7)",
            "kafka.log.trace.class":"java.io.IOException",
            "kafka.log.trace.message":"No space left on device",
            "event.module":"kafka",
            "event.dataset":"kafka.log",
            "service.type":"kafka",
            "service.name":"orders",
            "service.node.name":"1",
            "host.name":"host-1",
            "container.name":"broker",
            "orchestrator.type":"kubernetes",
            "orchestrator.namespace":"messaging",
            "kubernetes.namespace":"messaging",
            "kubernetes.pod.name":"kafka-1",
            "kubernetes.container.name":"broker",
            "labels.messaging_system":"kafka",
            "labels.messaging_cluster":"orders",
            "labels.messaging_broker_name":"1",
            "kafka.log.class":"kafka.server.KafkaApis",
            "kafka.log.thread":"data-plane-1",
            "kafka.log.component":"KafkaApi-1",
            "ecs.version":"8.11.0"}\
            """);
  }

  @Test
  void whatIsNotKnownIsLeftOut() throws IOException {
    var nowhere = new LogOrigin("", "", "", "", "", "", "", "");
    var event =
        new LogEvent(
            "aWQ",
            TestEvents.TIME,
            LogLevel.UNKNOWN,
            "",
            "",
            "",
            "",
            nowhere,
            0,
            Map.of(),
            Set.of());

    assertThat(json(event))
        .isEqualTo(
            "{\"@timestamp\":\"2026-11-24T10:31:36.123Z\",\"message\":\"\",\"log.offset\":0,"
                + "\"event.id\":\"aWQ\",\"event.kind\":\"event\",\"event.type\":\"info\",\"ecs.version\":\"8.11.0\"}");
  }

  @Test
  void halvesOfCharactersDoNotBreakTheDocument() throws IOException {
    LogEvent event = TestEvents.event("id", "\uD83D and \uDE00 and \uD83D\uDE00 and \0", 0);

    assertThat(json(event)).contains("\\uD83D and \\uDE00 and ", "\\u0000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          java.lang.NullPointerException            | java.lang.NullPointerException | ''
          a.b.C$D: it: failed                       | a.b.C$D                        | it: failed
          Exception in thread "x" a.b.C: it         | a.b.C                          | it
          ' at a.b.C.d(C.java:1)'                   | ''                             | ''
          just: words                               | ''                             | ''
          """)
  void theHeadOfATraceSaysWhatFailed(String trace, String type, String message) {
    assertThat(Failure.of(trace)).isEqualTo(new Failure(type, message));
    assertThat(Failure.of(trace + "\r\n\tat x")).isEqualTo(new Failure(type, message));
  }

  @Test
  void everyFieldOfADocumentIsInTheList() {
    Map<String, Object> fields =
        LogDocument.of(TestEvents.event("id", "line", 0)).fields().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));

    assertThat(fields.keySet()).allMatch(LogField::isKnown);
  }

  private static String json(LogEvent event) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var json = new JsonFactory().createGenerator(bytes)) {
      LogDocument.of(event).write(json);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
