package io.mqexporter.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** The program of a JVM that has as many meters as a Kafka broker with many topics. */
final class ManyMBeans {

  private static final String[] NAMES = {
    "MessagesInPerSec",
    "BytesInPerSec",
    "BytesOutPerSec",
    "TotalProduceRequestsPerSec",
    "TotalFetchRequestsPerSec",
    "FailedProduceRequestsPerSec",
    "FailedFetchRequestsPerSec"
  };

  private ManyMBeans() {}

  /** The attributes of a meter. */
  public interface MeterMBean {
    long getCount();

    String getEventType();

    double getMeanRate();

    double getOneMinuteRate();

    double getFiveMinuteRate();

    double getFifteenMinuteRate();
  }

  /** A meter that stands still. */
  private record Meter(long getCount) implements MeterMBean {

    @Override
    public String getEventType() {
      return "bytes";
    }

    @Override
    public double getMeanRate() {
      return 1.5;
    }

    @Override
    public double getOneMinuteRate() {
      return 1.5;
    }

    @Override
    public double getFiveMinuteRate() {
      return 1.5;
    }

    @Override
    public double getFifteenMinuteRate() {
      return 1.5;
    }
  }

  /** Registers seven MBeans for each of so many topics, creates a file to say so, and stays. */
  public static void main(String[] arguments) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (int topic = 0; topic < Integer.parseInt(arguments[0]); topic++) {
      for (String name : NAMES) {
        server.registerMBean(
            new StandardMBean(new Meter(topic), MeterMBean.class),
            new ObjectName(
                "kafka.server:type=BrokerTopicMetrics,name=%s,topic=topic-%d"
                    .formatted(name, topic)));
      }
    }
    Files.createFile(Path.of(arguments[1]));
    new CountDownLatch(1).await();
  }
}
