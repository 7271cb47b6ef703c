package io.mqexporter.logs.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as it is; it may be renamed and deleted meanwhile. */
final class PlainContent implements Content {

  private final FileChannel channel;

  PlainContent(Path path) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  public int read(byte[] to, int index, int length, long position) throws IOException {
    return channel.read(ByteBuffer.wrap(to, index, length), position);
  }

  @Override
  public void giveBack(byte[] bytes, int from, int length) {
    // Any place can be read again.
  }

  /** Returns how long the file is, also when it has no name any more. */
  long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
