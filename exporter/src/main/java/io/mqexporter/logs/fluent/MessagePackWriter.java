package io.mqexporter.logs.fluent;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Writes what the forward protocol needs of MessagePack. */
final class MessagePackWriter {

  /** The type that Fluentd gives its times (EventTime): seconds and nanoseconds, 32 bits each. */
  private static final byte EVENT_TIME = 0;

  private final Buffer out = Buffer.buffer();

  /** Returns what has been written. */
  Buffer buffer() {
    return out;
  }

  MessagePackWriter arrayHead(int size) {
    return head(size, 0x90, 15, 0xdc);
  }

  MessagePackWriter mapHead(int size) {
    return head(size, 0x80, 15, 0xde);
  }

  MessagePackWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= 31) {
      out.appendByte((byte) (0xa0 | bytes.length));
    } else {
      lengthHead(bytes.length, 0xd9);
    }
    out.appendBytes(bytes);
    return this;
  }

  MessagePackWriter bytes(byte[] bytes) {
    lengthHead(bytes.length, 0xc4);
    out.appendBytes(bytes);
    return this;
  }

  MessagePackWriter number(long number) {
    out.appendByte((byte) 0xd3).appendLong(number);
    return this;
  }

  MessagePackWriter time(Instant time) {
    out.appendByte((byte) 0xd7).appendByte(EVENT_TIME);
    out.appendInt((int) time.getEpochSecond()).appendInt(time.getNano());
    return this;
  }

  /** Writes texts, whole numbers, and collections and maps of them; of anything else its text. */
  MessagePackWriter value(Object value) {
    switch (value) {
      case Long number -> number(number);
      case Integer number -> number(number);
      case Collection<?> values -> {
        arrayHead(values.size());
        values.forEach(this::value);
      }
      case Map<?, ?> map -> {
        mapHead(map.size());
        map.forEach((key, v) -> text(key.toString()).value(v));
      }
      default -> text(value.toString());
    }
    return this;
  }

  private MessagePackWriter head(int size, int small, int maxSmall, int large) {
    if (size <= maxSmall) {
      out.appendByte((byte) (small | size));
    } else if (size <= 0xffff) {
      out.appendByte((byte) large).appendShort((short) size);
    } else {
      out.appendByte((byte) (large + 1)).appendInt(size);
    }
    return this;
  }

  /** Texts and bytes have a length of one, two or four bytes, by three types in a row. */
  private void lengthHead(int length, int type) {
    if (length <= 0xff) {
      out.appendByte((byte) type).appendByte((byte) length);
    } else if (length <= 0xffff) {
      out.appendByte((byte) (type + 1)).appendShort((short) length);
    } else {
      out.appendByte((byte) (type + 2)).appendInt(length);
    }
  }
}
