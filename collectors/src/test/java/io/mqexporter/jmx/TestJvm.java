package io.mqexporter.jmx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.security.auth.Subject;

/** MBeans behind a real JMX port of the loopback address, in the process of the test. */
final class TestJvm implements AutoCloseable {

  static final String QUEUE = "kafka.network:type=RequestChannel,name=RequestQueueSize";

  static {
    System.setProperty("java.rmi.server.hostname", "127.0.0.1");
  }

  private MBeanServer mbeans = MBeanServerFactory.newMBeanServer();
  private final Registry registry;
  private final Map<String, Object> environment;
  private JMXConnectorServer connector;
  private final int port;
  private boolean closed;

  private TestJvm(int port, Map<String, Object> environment) {
    this.port = port;
    this.environment = environment;
    try {
      this.registry = LocateRegistry.createRegistry(port);
      this.connector = connect();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JMXConnectorServer connect() throws IOException {
    JMXConnectorServer server =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port)),
            environment,
            mbeans);
    server.start();
    return server;
  }

  /** Becomes another JVM on the same port, without MBeans. */
  TestJvm replace() {
    try {
      connector.stop();
      mbeans = MBeanServerFactory.newMBeanServer();
      connector = connect();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestJvm start() {
    return new TestJvm(freePort(), Map.of());
  }

  /** Starts one that is a broker with so many requests in its queue. */
  static TestJvm broker(int id, int queued) {
    return start().asBroker(id, queued);
  }

  TestJvm asBroker(int id, int queued) {
    return with(QUEUE, TestMBean.value(queued))
        .with(
            "kafka.server:type=app-info,id=" + id,
            new TestMBean().gives("StartTimeMs", () -> 1000L));
  }

  static TestJvm startWithPassword(String password) {
    JMXAuthenticator authenticator =
        credentials -> {
          if (credentials instanceof String[] pair && pair[1].equals(password)) {
            return new Subject();
          }
          throw new SecurityException("no");
        };
    var environment = new HashMap<String, Object>();
    environment.put(JMXConnectorServer.AUTHENTICATOR, authenticator);
    return new TestJvm(freePort(), environment);
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  TestJvm with(String name, Object mbean) {
    try {
      mbeans.registerMBean(mbean, new ObjectName(name));
      return this;
    } catch (JMException e) {
      throw new IllegalStateException(name, e);
    }
  }

  void remove(String name) {
    try {
      mbeans.unregisterMBean(new ObjectName(name));
    } catch (JMException e) {
      throw new IllegalStateException(name, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      connector.stop();
      UnicastRemoteObject.unexportObject(registry, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
