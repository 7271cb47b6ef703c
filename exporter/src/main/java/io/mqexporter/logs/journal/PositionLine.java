package io.mqexporter.logs.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A position as a line of text: words between blanks, in the order of the record. */
final class PositionLine {

  private static final String NO_CUTS = "-1";

  private PositionLine() {}

  static void write(FilePosition position, StringBuilder to) {
    to.append(position.key());
    word(to, URLEncoder.encode(position.path(), UTF_8));
    word(to, URLEncoder.encode(position.identity().inode(), UTF_8));
    word(to, Long.toString(position.identity().birthNanos()));
    word(to, Integer.toString(position.generation()));
    excerpt(to, position.head());
    word(to, Long.toString(position.offset()));
    excerpt(to, position.tail());
    word(to, text(position.cuts()));
    word(to, Long.toString(position.seen().toEpochMilli()));
    to.append('\n');
  }

  static FilePosition read(String line) {
    String[] words = line.split(" ", -1);
    return new FilePosition(
        words[0],
        URLDecoder.decode(words[1], UTF_8),
        new FileIdentity(URLDecoder.decode(words[2], UTF_8), Long.parseLong(words[3])),
        Integer.parseInt(words[4]),
        new Excerpt(Integer.parseInt(words[5]), Long.parseUnsignedLong(words[6], 16)),
        Long.parseLong(words[7]),
        new Excerpt(Integer.parseInt(words[8]), Long.parseUnsignedLong(words[9], 16)),
        cuts(words[10]),
        Instant.ofEpochMilli(Long.parseLong(words[11])));
  }

  private static String text(List<Long> cuts) {
    return cuts.isEmpty()
        ? NO_CUTS
        : cuts.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private static List<Long> cuts(String text) {
    return text.equals(NO_CUTS)
        ? List.of()
        : Stream.of(text.split(",")).map(Long::valueOf).toList();
  }

  private static void excerpt(StringBuilder to, Excerpt excerpt) {
    word(to, Integer.toString(excerpt.length()));
    word(to, Long.toHexString(excerpt.hash()));
  }

  private static void word(StringBuilder to, String word) {
    to.append(' ').append(word);
  }
}
