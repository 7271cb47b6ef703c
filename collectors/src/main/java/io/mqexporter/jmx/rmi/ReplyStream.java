package io.mqexporter.jmx.rmi;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.rmi.dgc.Lease;
import java.rmi.dgc.VMID;
import java.rmi.server.UID;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.BadAttributeValueExpException;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import javax.management.modelmbean.DescriptorSupport;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of a reply. A JVM may send what it likes, and reading an object runs code of
 * its class; so only classes are let in that the answers consist of. Others are not even looked
 * for: what has one in it is read over to its end, so that the next reply is found behind it.
 */
final class ReplyStream extends ObjectInputStream {

  /** Stops what is too large for an answer and would fill the memory. */
  private static final ObjectInputFilter limits =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=30;maxarray=1000000;maxrefs=2000000;maxbytes=67108864");

  private static final Set<String> collections =
      Set.of(
          "java.util.ArrayList",
          "java.util.Arrays$ArrayList",
          "java.util.CollSer",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.TreeMap",
          "java.util.Vector",
          "java.util.Collections$EmptyList",
          "java.util.Collections$EmptyMap",
          "java.util.Collections$EmptySet",
          "java.util.Collections$UnmodifiableCollection",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableMap",
          "java.util.Collections$UnmodifiableRandomAccessList",
          "java.util.Collections$UnmodifiableSet");

  private static final Set<Class<?>> others =
      Set.of(
          Attribute.class,
          AttributeList.class,
          Boolean.class,
          Character.class,
          Date.class,
          DescriptorSupport.class,
          ImmutableDescriptor.class,
          Lease.class,
          Object.class,
          ObjectName.class,
          SslRMIClientSocketFactory.class,
          StackTraceElement.class,
          String.class,
          UID.class,
          VMID.class);

  private static final Set<String> packagesOfExceptions =
      Set.of(
          "java.io",
          "java.lang",
          "java.rmi",
          "java.util",
          "javax.management",
          "javax.security.auth.login");

  ReplyStream(InputStream in) throws IOException {
    super(in);
    setObjectInputFilter(limits);
  }

  /** In place of Java's stubs a class is read that does nothing by itself. */
  @Override
  protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
    ObjectStreamClass described = super.readClassDescriptor();
    return switch (described.getName()) {
      case "javax.management.remote.rmi.RMIServerImpl_Stub",
          "javax.management.remote.rmi.RMIConnectionImpl_Stub" ->
          ObjectStreamClass.lookup(RemoteStubs.Stub.class);
      case "java.rmi.server.RemoteObject" -> ObjectStreamClass.lookup(RemoteStubs.Base.class);
      default -> described;
    };
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass described)
      throws IOException, ClassNotFoundException {
    // From where the class could be loaded.
    readObject();
    String name = described.getName();
    for (Class<?> own : List.of(RemoteStubs.Stub.class, RemoteStubs.Base.class)) {
      if (name.equals(own.getName())) {
        return own;
      }
    }
    Class<?> found = ofJava(name);
    if (found == null || !isAllowed(found)) {
      throw new ClassNotFoundException(name);
    }
    return found;
  }

  private @Nullable Class<?> ofJava(String name) {
    if (!name.startsWith("java") && !name.startsWith("[")) {
      return null;
    }
    try {
      return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static boolean isAllowed(Class<?> type) {
    if (type.isArray()) {
      return type.componentType().isPrimitive() || isAllowed(type.componentType());
    }
    return others.contains(type)
        || collections.contains(type.getName())
        || (Number.class.isAssignableFrom(type) && type.getPackageName().startsWith("java."))
        || type.getPackageName().equals("javax.management.openmbean")
        || isDescription(type)
        || isException(type);
  }

  /** What an MBean says of itself, and of its attributes, operations and notifications. */
  private static boolean isDescription(Class<?> type) {
    return MBeanInfo.class.isAssignableFrom(type) || MBeanFeatureInfo.class.isAssignableFrom(type);
  }

  private static boolean isException(Class<?> type) {
    return Throwable.class.isAssignableFrom(type)
        && !BadAttributeValueExpException.class.equals(type)
        && packagesOfExceptions.contains(type.getPackageName());
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaces)
      throws IOException, ClassNotFoundException {
    readObject();
    throw new ClassNotFoundException("proxy");
  }
}
