package io.mqexporter.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A server on the loopback address that answers each frame, its length before it, with one. */
public final class FrameServer implements AutoCloseable {

  private final ServerSocket server;
  private final Answer answer;

  private FrameServer(ServerSocket server, Answer answer) {
    this.server = server;
    this.answer = answer;
  }

  /** Says what to answer. */
  public interface Answer {

    /** Returns what the server at a port answers to a frame, both without their length. */
    ByteBuffer to(int port, ByteBuffer frame);
  }

  /** Starts a server on a free port. */
  public static FrameServer start(Answer answer) throws IOException {
    var server = new FrameServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  /** Returns the port that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        Thread.ofVirtual().start(() -> converse(connection));
      }
    } catch (IOException e) {
      // The server was closed.
      return;
    }
  }

  private void converse(Socket connection) {
    try (connection;
        var in = new DataInputStream(connection.getInputStream());
        var out = new DataOutputStream(connection.getOutputStream())) {
      while (true) {
        ByteBuffer reply = answer.to(port(), ByteBuffer.wrap(in.readNBytes(in.readInt())));
        out.writeInt(reply.remaining());
        out.write(reply.array(), reply.arrayOffset() + reply.position(), reply.remaining());
      }
    } catch (IOException e) {
      // The client has closed the connection.
      return;
    }
  }
}
