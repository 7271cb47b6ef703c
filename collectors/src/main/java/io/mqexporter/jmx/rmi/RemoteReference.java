package io.mqexporter.jmx.rmi;

import java.rmi.server.ObjID;

/**
 * Where a remote object is.
 *
 * @param host the host under which its JVM believes to be reached
 * @param port the port that it listens on
 * @param id which of the objects there it is
 * @param tls whether the port speaks TLS
 */
record RemoteReference(String host, int port, ObjID id, boolean tls) {

  /** Returns the registry of names, which has a well-known id. */
  static RemoteReference registry(String host, int port, boolean tls) {
    return new RemoteReference(host, port, new ObjID(ObjID.REGISTRY_ID), tls);
  }

  /** Returns what keeps count of references in the same JVM, which has a well-known id, too. */
  RemoteReference collector() {
    return new RemoteReference(host, port, new ObjID(ObjID.DGC_ID), tls);
  }
}
