package io.mqexporter.jmx.rules;

import java.io.IOException;
import java.net.MalformedURLException;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorProvider;
import javax.management.remote.JMXServiceURL;

/**
 * What Java finds when it is to connect to {@link #URL}: the memory of the one who asks. So the
 * library needs neither the network nor anything that the whole process shares, such as the TLS
 * context, and no time limit.
 */
public final class MemoryConnectorProvider implements JMXConnectorProvider {

  /** Where the memory is "connected" to. */
  static final String URL = "service:jmx:memory:///";

  private static final String PROTOCOL = "memory";

  /** The memory of a turn that is under way. */
  static final ScopedValue<MBeanMemory> MEMORY = ScopedValue.newInstance();

  @Override
  public JMXConnector newJMXConnector(JMXServiceURL address, Map<String, ?> environment)
      throws IOException {
    if (!address.getProtocol().equals(PROTOCOL)) {
      // Java asks every provider that it finds, and goes on to the next.
      throw new MalformedURLException(address.toString());
    }
    if (!MEMORY.isBound()) {
      throw new IOException("no memory to read of");
    }
    return new MemoryConnector(MEMORY.get().connection());
  }
}
