package io.mqexporter.system;

import io.mqexporter.brokers.RocketMqNode;
import java.util.Map;
import java.util.Properties;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** Changes of a running RocketMQ broker, as an operator makes them. */
final class RocketMqChanges {

  private static final int TIMEOUT_MILLIS = 10_000;

  private RocketMqChanges() {}

  /** Changes settings of a broker (request code 25, UPDATE_BROKER_CONFIG). */
  static void configure(RocketMqNode broker, Map<String, String> settings) throws Exception {
    var tool = new DefaultMQAdminExt(TIMEOUT_MILLIS);
    tool.setInstanceName("changes");
    tool.start();
    try {
      var properties = new Properties();
      properties.putAll(settings);
      tool.updateBrokerConfig(broker.address(), properties);
    } finally {
      tool.shutdown();
    }
  }
}
