package io.mqexporter.jmx.rmi;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.rmi.server.ObjID;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is read in place of Java's own stubs, which would begin to speak to whomever they name as
 * soon as they are read.
 */
final class RemoteStubs {

  private static final int WITH_FACTORY = 1;

  private RemoteStubs() {}

  /** Stands for the stubs of the interfaces that JMX consists of. */
  static final class Stub extends Base {

    @Serial private static final long serialVersionUID = 1;
  }

  /**
   * Stands for {@code java.rmi.server.RemoteObject}. What it consists of is written by {@code
   * UnicastRef} and {@code UnicastRef2} of Java.
   */
  static class Base implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    private transient @Nullable RemoteReference reference;

    RemoteReference reference() throws InvalidObjectException {
      RemoteReference there = reference;
      if (there == null) {
        throw new InvalidObjectException("a reference to nothing");
      }
      return there;
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      String kind = in.readUTF();
      boolean second = kind.equals("UnicastRef2");
      if (!second && !kind.equals("UnicastRef")) {
        throw new InvalidObjectException("a reference of the unknown kind " + kind);
      }
      boolean withFactory = second && in.readByte() == WITH_FACTORY;
      String host = in.readUTF();
      int port = in.readInt();
      boolean tls = withFactory && isTls(in.readObject());
      reference = new RemoteReference(host, port, ObjID.read(in), tls);
    }

    private static boolean isTls(@Nullable Object factory) throws InvalidObjectException {
      if (factory instanceof SslRMIClientSocketFactory) {
        return true;
      }
      throw new InvalidObjectException("demands sockets of its own");
    }

    /** Is never called; that it is there says how {@code RemoteObject} is read. */
    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new InvalidObjectException("not to be written");
    }
  }
}
