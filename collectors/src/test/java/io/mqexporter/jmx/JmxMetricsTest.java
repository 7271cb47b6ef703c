package io.mqexporter.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.jmx.mbean.MBeanPlan;
import io.mqexporter.metric.FamilyText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.junit.jupiter.api.Test;

class JmxMetricsTest {

  private static final String FETCH =
      "kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Fetch";

  @Test
  void aHistogramIsASummaryWhoseSumIsExact() {
    assertThat(text(Map.of(FETCH, histogram(4, 2.5))))
        .isEqualTo(
            """
            kafka_network_requestmetrics_totaltimems{messaging_cluster="c",jvm="j:1",broker="1",request="Fetch",quantile="0.5"} 1
            kafka_network_requestmetrics_totaltimems{messaging_cluster="c",jvm="j:1",broker="1",request="Fetch",quantile="0.75"} 2
            kafka_network_requestmetrics_totaltimems{messaging_cluster="c",jvm="j:1",broker="1",request="Fetch",quantile="0.95"} 3
            kafka_network_requestmetrics_totaltimems{messaging_cluster="c",jvm="j:1",broker="1",request="Fetch",quantile="0.98"} 4
            kafka_network_requestmetrics_totaltimems{messaging_cluster="c",jvm="j:1",broker="1",request="Fetch",quantile="0.99"} 5
            kafka_network_requestmetrics_totaltimems{messaging_cluster="c",jvm="j:1",broker="1",request="Fetch",quantile="0.999"} 6
            kafka_network_requestmetrics_totaltimems_sum{messaging_cluster="c",jvm="j:1",broker="1",request="Fetch"} 10
            kafka_network_requestmetrics_totaltimems_count{messaging_cluster="c",jvm="j:1",broker="1",request="Fetch"} 4
            """);
  }

  @Test
  void aHistogramWithoutValuesSaysNothing() {
    assertThat(text(Map.of(FETCH, histogram(0, 0)))).isEmpty();
  }

  @Test
  void totalsAndTopicsAreOfOneName() {
    String name = "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec";
    assertThat(text(Map.of(name, Map.of("Count", 9L), name + ",topic=t", Map.of("Count", 4L))))
        .isEqualTo(
            """
            kafka_server_brokertopicmetrics_bytesin_total{messaging_cluster="c",jvm="j:1",broker="1",topic="t"} 4
            kafka_server_brokertopicmetrics_bytesin_total{messaging_cluster="c",jvm="j:1",broker="1"} 9
            """);
  }

  @Test
  void whatIsNoNumberOrNotKnownHasNoSample() {
    assertThat(
            text(
                Map.of(
                    "kafka.server:type=raft-metrics",
                    Map.of("current-leader", -1, "current-state", "leader"),
                    "kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent",
                    Map.of("Value", Double.NaN))))
        .isEmpty();
  }

  @Test
  void unitsAreThoseOfTheNames() throws Exception {
    assertThat(
            text(
                Map.of(
                    "java.lang:type=OperatingSystem",
                    Map.of("ProcessCpuTime", 2_500_000_000L),
                    "java.lang:type=Memory",
                    Map.of("HeapMemoryUsage", memory(10, -1)))))
        .isEqualTo(
            """
            messaging_jvm_heap_used_bytes{messaging_cluster="c",jvm="j:1",broker="1"} 10
            messaging_broker_memory_used_bytes{messaging_system="kafka",messaging_cluster="c",messaging_broker_name="1"} 10
            messaging_jvm_cpu_seconds_total{messaging_cluster="c",jvm="j:1",broker="1"} 2.5
            messaging_broker_cpu_seconds_total{messaging_system="kafka",messaging_cluster="c",messaging_broker_name="1"} 2.5
            """);
  }

  @Test
  void aStateIsALabel() {
    assertThat(
            text(
                Map.of(
                    "kafka.connect:type=connector-task-metrics,connector=\"a:b\",task=0",
                    Map.of("status", "failed", "pause-ratio", 0.25))))
        .isEqualTo(
            """
            kafka_connect_connector_task_status{messaging_cluster="c",jvm="j:1",broker="1",connector="a:b",task="0",status="failed"} 1
            kafka_connect_connector_task_pause_ratio{messaging_cluster="c",jvm="j:1",broker="1",connector="a:b",task="0"} 0.25
            """);
  }

  private static CompositeData memory(long used, long max) throws OpenDataException {
    String[] items = {"used", "max"};
    var type =
        new CompositeType(
            "MemoryUsage",
            "memory",
            items,
            items,
            new OpenType<?>[] {SimpleType.LONG, SimpleType.LONG});
    return new CompositeDataSupport(type, items, new Object[] {used, max});
  }

  private static Map<String, Object> histogram(long count, double mean) {
    return Map.of(
        "Count", count,
        "Mean", mean,
        "50thPercentile", 1.0,
        "75thPercentile", 2.0,
        "95thPercentile", 3.0,
        "98thPercentile", 4.0,
        "99thPercentile", 5.0,
        "999thPercentile", 6.0);
  }

  private static String text(Map<String, Map<String, Object>> values) {
    var byName = new HashMap<ObjectName, Map<String, Object>>();
    values.forEach((name, attributes) -> byName.put(name(name), attributes));
    var plan = MBeanPlan.of(byName.keySet(), MBeanMetric.all(), 100);
    return FamilyText.of(
        JmxMetrics.of(
            "c", List.of(new JvmReading("j:1", "1", plan, byName, List.of(), List.of()))));
  }

  private static ObjectName name(String name) {
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
