package io.mqexporter.jmx;

import io.mqexporter.collector.Missing;
import io.mqexporter.jmx.mbean.MBeanPlan;
import io.mqexporter.relay.RelayedFamily;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;

/**
 * What one JVM has told.
 *
 * @param jvm its JMX port, as {@code host:port}
 * @param broker the id of the Kafka broker or controller in it; empty if it is none
 * @param plan what was to be read
 * @param values the attributes that were read, by MBean and name
 * @param ruled what the rules have made of it
 * @param missing what could not be read
 */
record JvmReading(
    String jvm,
    String broker,
    MBeanPlan plan,
    Map<ObjectName, Map<String, Object>> values,
    List<RelayedFamily> ruled,
    List<Missing> missing) {

  JvmReading {
    values = Map.copyOf(values);
    ruled = List.copyOf(ruled);
    missing = List.copyOf(missing);
  }
}
