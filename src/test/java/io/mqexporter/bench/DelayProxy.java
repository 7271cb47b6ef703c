package io.mqexporter.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands before a port and lets each byte arrive later, in both directions, as a network does. */
final class DelayProxy implements AutoCloseable {

  private static final int PIECES = 1024;
  private static final int PIECE_BYTES = 64 << 10;

  private final ServerSocket server;
  private final InetSocketAddress upstream;
  private volatile long delayNanos;

  private record Piece(ByteBuffer bytes, long dueNanos) {}

  private DelayProxy(ServerSocket server, InetSocketAddress upstream, Duration delay) {
    this.server = server;
    this.upstream = upstream;
    setDelay(delay);
  }

  /** Listens on a port of the loopback address. */
  static DelayProxy start(int port, int upstreamPort, Duration delay) throws IOException {
    return start(
        port, new InetSocketAddress(InetAddress.getLoopbackAddress(), upstreamPort), delay);
  }

  /** Listens on a port of the loopback address, before any address. */
  static DelayProxy start(int port, InetSocketAddress upstream, Duration delay) throws IOException {
    var server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    var proxy = new DelayProxy(server, upstream, delay);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  /** How much later what comes from now on arrives. */
  void setDelay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        serve(server.accept());
      }
    } catch (IOException e) {
      // Closed.
      return;
    }
  }

  private void serve(Socket client) throws IOException {
    try {
      var server = new Socket(upstream.getAddress(), upstream.getPort());
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      connect(client, server);
      connect(server, client);
    } catch (IOException e) {
      // Nothing listens there yet.
      client.close();
    }
  }

  private void connect(Socket from, Socket to) {
    var pieces = new ArrayBlockingQueue<Piece>(PIECES);
    Thread.ofVirtual().start(() -> read(from, pieces));
    Thread.ofVirtual().start(() -> write(pieces, to));
  }

  private void read(Socket from, BlockingQueue<Piece> pieces) {
    var buffer = new byte[PIECE_BYTES];
    try (InputStream in = from.getInputStream()) {
      int count = in.read(buffer);
      while (count >= 0) {
        pieces.put(
            new Piece(
                ByteBuffer.wrap(Arrays.copyOf(buffer, count)), System.nanoTime() + delayNanos));
        count = in.read(buffer);
      }
      pieces.put(new Piece(ByteBuffer.allocate(0), System.nanoTime()));
    } catch (IOException _) {
      // One side has ended the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(BlockingQueue<Piece> pieces, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      Piece piece = pieces.take();
      while (piece.bytes().hasRemaining()) {
        TimeUnit.NANOSECONDS.sleep(piece.dueNanos() - System.nanoTime());
        out.write(piece.bytes().array());
        piece = pieces.take();
      }
    } catch (IOException _) {
      // One side has ended the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
