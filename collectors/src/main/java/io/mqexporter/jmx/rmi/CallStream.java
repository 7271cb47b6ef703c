package io.mqexporter.jmx.rmi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes calls as they go over the wire (RMI Specification, 10.2: {@code Call}). */
final class CallStream extends ObjectOutputStream {

  private static final int CALL = 0x50;

  /** What the arguments of a call are. */
  @FunctionalInterface
  interface Arguments {
    void writeTo(ObjectOutputStream out) throws IOException;
  }

  private CallStream(OutputStream out) throws IOException {
    super(out);
  }

  /** Returns the bytes of a call. */
  static byte[] call(RemoteReference target, RemoteMethod method, Arguments arguments)
      throws IOException {
    var bytes = new ByteArrayOutputStream(512);
    bytes.write(CALL);
    var out = new CallStream(bytes);
    target.id().write(out);
    out.writeInt(method.operation());
    out.writeLong(method.hash());
    arguments.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  /** Returns the bytes of a call whose arguments are objects. */
  static byte[] call(RemoteReference target, RemoteMethod method, @Nullable Object... arguments)
      throws IOException {
    return call(
        target,
        method,
        out -> {
          for (Object argument : arguments) {
            out.writeObject(argument);
          }
        });
  }

  /** After each class follows from where it can be loaded: nowhere. */
  @Override
  protected void annotateClass(Class<?> type) throws IOException {
    writeObject(null);
  }
}
