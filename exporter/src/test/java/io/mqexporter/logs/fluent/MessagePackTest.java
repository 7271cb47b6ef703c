package io.mqexporter.logs.fluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePackTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 255, 256, 65_535})
  void textsOfEachLengthAreReadAsTheyWereWritten(int length) throws IOException {
    String text = "x".repeat(length);

    assertThat(read(new MessagePackWriter().text(text))).hasToString(text);
    assertThat(read(new MessagePackWriter().bytes(text.getBytes(StandardCharsets.UTF_8))))
        .hasToString(text);
  }

  @Test
  void mapsAndListsAreReadAsTheyWereWritten() throws IOException {
    var value = Map.of("a", List.of(1L, -5L, 1L << 40), "b", List.of());

    assertThat(read(new MessagePackWriter().value(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "81a161c2, {a=false}",
    "93c30c7f, '[true, 12, 127]'",
    "94ccffcdffffceffffffffff, '[255, 65535, 4294967295, -1]'",
    "92d080d2ffffffff, '[-128, -1]'",
    "82a16ec403010203a161c0, '{n=\u0001\u0002\u0003, a=}'"
  })
  void readsWhatReceiversWrite(String hex, String text) throws IOException {
    assertThat(MessagePackReader.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
        .map(Object::toString)
        .hasValue(text);
  }

  @Test
  void longTextsHaveALongHead() {
    var text = new MessagePackWriter().text("x".repeat(65_536));

    assertThat(text.buffer().getInt(1)).isEqualTo(65_536);
    assertThat(text.buffer().getByte(0)).isEqualTo((byte) 0xdb);
  }

  @Test
  void timesHaveNanoseconds() {
    var time = new MessagePackWriter().time(Instant.ofEpochSecond(1, 2));

    assertThat(HexFormat.of().formatHex(time.buffer().getBytes()))
        .isEqualTo("d7000000000100000002");
  }

  @Test
  void manyEntriesHaveALongHead() {
    assertThat(
            HexFormat.of().formatHex(new MessagePackWriter().arrayHead(70_000).buffer().getBytes()))
        .isEqualTo("dd00011170");
    assertThat(HexFormat.of().formatHex(new MessagePackWriter().mapHead(16).buffer().getBytes()))
        .isEqualTo("de0010");
  }

  @Test
  void whatIsNotWholeYetIsLeftWhereItStands() throws IOException {
    byte[] whole = new MessagePackWriter().value(Map.of("ack", "abcdef")).buffer().getBytes();
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer part = ByteBuffer.wrap(whole, 0, length);
      assertThat(MessagePackReader.read(part)).isEmpty();
      assertThat(part.position()).isZero();
    }
    assertThat(MessagePackReader.read(ByteBuffer.wrap(whole))).isPresent();
  }

  @Test
  void anyBytesAreAMessageOrNot() {
    var random = new Random(1);
    int messages = 0;
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[random.nextInt(1, 40)];
      random.nextBytes(bytes);
      try {
        messages += MessagePackReader.read(ByteBuffer.wrap(bytes)).isPresent() ? 1 : 0;
      } catch (IOException e) {
        assertThat(e).hasMessageMatching("no message of the forward protocol|a message too deep");
      }
    }
    assertThat(messages).isPositive();
  }

  @Test
  void messagesThatAreTooDeepAreNone() {
    byte[] nested = HexFormat.of().parseHex("91".repeat(10) + "01");

    assertThatThrownBy(() -> MessagePackReader.read(ByteBuffer.wrap(nested)))
        .hasMessage("a message too deep");
  }

  private static Object read(MessagePackWriter written) throws IOException {
    return MessagePackReader.read(ByteBuffer.wrap(written.buffer().getBytes())).orElseThrow();
  }
}
