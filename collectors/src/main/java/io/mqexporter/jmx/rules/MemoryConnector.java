package io.mqexporter.jmx.rules;

import java.util.Map;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.remote.JMXConnector;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** A connection that is there as long as the memory is. */
record MemoryConnector(MBeanServerConnection connection) implements JMXConnector {

  @Override
  public void connect() {}

  @Override
  public void connect(@Nullable Map<String, ?> environment) {}

  @Override
  public MBeanServerConnection getMBeanServerConnection() {
    return connection;
  }

  @Override
  @SuppressWarnings("removal")
  public MBeanServerConnection getMBeanServerConnection(@Nullable Subject subject) {
    return connection;
  }

  @Override
  public void addConnectionNotificationListener(
      NotificationListener listener,
      @Nullable NotificationFilter filter,
      @Nullable Object handback) {
    // It never breaks.
  }

  @Override
  public void removeConnectionNotificationListener(NotificationListener listener)
      throws ListenerNotFoundException {
    throw new ListenerNotFoundException();
  }

  @Override
  public void removeConnectionNotificationListener(
      NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
      throws ListenerNotFoundException {
    throw new ListenerNotFoundException();
  }

  @Override
  public String getConnectionId() {
    return "memory";
  }

  @Override
  public void close() {}
}
