package io.mqexporter.logs.fluent;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what receivers say by the forward protocol: short messages of MessagePack. */
final class MessagePackReader {

  private static final int MAX_DEPTH = 4;

  private MessagePackReader() {}

  /**
   * Reads one message: a {@link Bytes}, a list, a map by texts, a {@link Long} or a {@link
   * Boolean}.
   *
   * @param in stands after the message then; where it stood if the message is not whole yet
   * @return empty if there is not enough of it yet
   * @throws IOException if it is no such message
   */
  static Optional<Object> read(ByteBuffer in) throws IOException {
    int start = in.position();
    try {
      return Optional.of(value(in, MAX_DEPTH));
    } catch (BufferUnderflowException e) {
      in.position(start);
      return Optional.empty();
    }
  }

  /** Text or bytes: which of the two it is depends on the age of who wrote it. */
  static final class Bytes {

    private final byte[] content;

    private Bytes(byte[] content) {
      this.content = content;
    }

    byte[] content() {
      return content;
    }

    @Override
    public String toString() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private static Object value(ByteBuffer in, int depth) throws IOException {
    int type = in.get() & 0xff;
    if (depth == 0) {
      throw new IOException("a message too deep");
    }
    return switch (type >> 4) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> (long) type;
      case 0x8 -> map(in, type & 0xf, depth);
      case 0x9 -> list(in, type & 0xf, depth);
      case 0xa, 0xb -> bytes(in, type & 0x1f);
      case 0xe, 0xf -> (long) (byte) type;
      default ->
          switch (type) {
            case 0xc0 -> new Bytes(new byte[0]);
            case 0xc2 -> false;
            case 0xc3 -> true;
            case 0xc4, 0xd9 -> bytes(in, in.get() & 0xff);
            case 0xc5, 0xda -> bytes(in, in.getShort() & 0xffff);
            case 0xcc -> (long) (in.get() & 0xff);
            case 0xcd -> (long) (in.getShort() & 0xffff);
            case 0xce -> in.getInt() & 0xffffffffL;
            case 0xcf, 0xd3 -> in.getLong();
            case 0xd0 -> (long) in.get();
            case 0xd1 -> (long) in.getShort();
            case 0xd2 -> (long) in.getInt();
            default -> throw new IOException("no message of the forward protocol");
          };
    };
  }

  private static Map<String, Object> map(ByteBuffer in, int size, int depth) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < size; i++) {
      String key = value(in, depth - 1).toString();
      map.put(key, value(in, depth - 1));
    }
    return map;
  }

  private static List<Object> list(ByteBuffer in, int size, int depth) throws IOException {
    var list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(value(in, depth - 1));
    }
    return list;
  }

  private static Bytes bytes(ByteBuffer in, int length) {
    if (in.remaining() < length) {
      throw new BufferUnderflowException();
    }
    var bytes = new byte[length];
    in.get(bytes);
    return new Bytes(bytes);
  }
}
