package io.mqexporter.jmx.rmi;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.WriteAbortedException;
import java.net.Socket;
import java.rmi.server.UID;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A connection on which calls are answered in the order in which they are sent (RMI Specification,
 * 10: the wire protocol). Used by one thread at a time.
 */
final class RmiSocket implements Closeable {

  private static final int MAGIC = 0x4a524d49;
  private static final int VERSION = 2;
  private static final int STREAM_PROTOCOL = 0x4b;
  private static final int PROTOCOL_ACK = 0x4e;
  private static final int RETURN = 0x51;
  private static final int NORMAL = 1;
  private static final int BUFFER_BYTES = 16 << 10;

  private final Socket socket;
  private final BufferedInputStream in;
  private final OutputStream out;

  private RmiSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    this.out = socket.getOutputStream();
  }

  /**
   * Says hello.
   *
   * @throws NoRmiException if the other side speaks something else
   */
  static RmiSocket on(Socket socket) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) RmiSockets.PATIENCE.toMillis());
      var opened = new RmiSocket(socket);
      opened.sayHello();
      return opened;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void sayHello() throws IOException {
    var hello = new ByteArrayOutputStream();
    var data = new DataOutputStream(hello);
    data.writeInt(MAGIC);
    data.writeShort(VERSION);
    data.writeByte(STREAM_PROTOCOL);
    out.write(hello.toByteArray());
    int answer = in.read();
    if (answer != PROTOCOL_ACK) {
      throw new NoRmiException(answer);
    }
    // Which host and port it sees us under; it wants to hear ours, which nobody ever uses.
    var input = new DataInputStream(in);
    String us = input.readUTF();
    input.readInt();
    hello.reset();
    data.writeUTF(us);
    data.writeInt(0);
    out.write(hello.toByteArray());
  }

  /** Sends calls, so few at once that nobody has to read the answers before all are sent. */
  void send(List<byte[]> calls) throws IOException {
    var all = new ByteArrayOutputStream();
    for (byte[] call : calls) {
      all.writeBytes(call);
    }
    out.write(all.toByteArray());
  }

  /**
   * Returns the answer to the next of the calls that were sent.
   *
   * @throws java.net.SocketTimeoutException if none comes in time
   * @throws IOException if the connection is of no use any more
   */
  Reply receive(Duration patience) throws IOException {
    socket.setSoTimeout(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
    int kind = in.read();
    if (kind < 0) {
      throw new EOFException();
    }
    if (kind != RETURN) {
      throw new IOException("RMI: " + kind + " in place of an answer");
    }
    var reply = new ReplyStream(in);
    boolean returned = reply.readByte() == NORMAL;
    UID.read(reply);
    try {
      Object value = reply.readObject();
      if (returned) {
        return new Reply.Returned(Optional.ofNullable(value));
      }
      return new Reply.Thrown(
          value instanceof Exception cause
              ? cause
              : new IllegalStateException(String.valueOf(value)));
    } catch (WriteAbortedException e) {
      return new Reply.Thrown(e);
    } catch (ClassNotFoundException e) {
      return new Reply.Thrown(
          new UnexpectedClassException(String.valueOf(e.getMessage()), returned));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
