package io.mqexporter.jmx.rmi;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The remote methods that are called. */
enum RemoteMethod {
  /** {@code Registry.lookup}, the third method of an interface of the first version of RMI. */
  LOOKUP(2, 4905912898345647071L),
  /** {@code DGC.dirty}, the second method of such an interface. */
  DIRTY(1, -669196253586618813L),
  NEW_CLIENT("newClient(Ljava/lang/Object;)Ljavax/management/remote/rmi/RMIConnection;"),
  GET_DOMAINS("getDomains(Ljavax/security/auth/Subject;)[Ljava/lang/String;"),
  QUERY_NAMES(
      "queryNames(Ljavax/management/ObjectName;Ljava/rmi/MarshalledObject;Ljavax/security/auth/Subject;)Ljava/util/Set;"),
  GET_ATTRIBUTE(
      "getAttribute(Ljavax/management/ObjectName;Ljava/lang/String;Ljavax/security/auth/Subject;)Ljava/lang/Object;"),
  GET_ATTRIBUTES(
      "getAttributes(Ljavax/management/ObjectName;[Ljava/lang/String;Ljavax/security/auth/Subject;)Ljavax/management/AttributeList;"),
  GET_MBEAN_COUNT("getMBeanCount(Ljavax/security/auth/Subject;)Ljava/lang/Integer;"),
  GET_MBEAN_INFO(
      "getMBeanInfo(Ljavax/management/ObjectName;Ljavax/security/auth/Subject;)Ljavax/management/MBeanInfo;"),
  INVOKE(
      "invoke(Ljavax/management/ObjectName;Ljava/lang/String;Ljava/rmi/MarshalledObject;[Ljava/lang/String;Ljavax/security/auth/Subject;)Ljava/lang/Object;"),
  CLOSE("close()V");

  private final int operation;
  private final long hash;

  RemoteMethod(int operation, long hash) {
    this.operation = operation;
    this.hash = hash;
  }

  RemoteMethod(String signature) {
    this(-1, hash(signature));
  }

  /** Returns the number of the method, or −1 where its hash alone names it. */
  int operation() {
    return operation;
  }

  /** Returns the hash of the method, or of its interface where it has a number. */
  long hash() {
    return hash;
  }

  /** The first 64 bits of the SHA-1 of name and descriptor (RMI Specification, 8.3). */
  private static long hash(String signature) {
    try {
      var text = new ByteArrayOutputStream();
      new DataOutputStream(text).writeUTF(signature);
      byte[] digest = MessageDigest.getInstance("SHA").digest(text.toByteArray());
      return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong();
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(signature, e);
    }
  }
}
