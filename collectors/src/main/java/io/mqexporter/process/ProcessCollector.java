package io.mqexporter.process;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The collector of what a broker's process uses of the machine, for an agent beside the broker. It
 * tells only what nobody else tells of that broker, so that no series is there twice.
 */
public final class ProcessCollector implements Collector {

  private final MessagingSystem broker;
  private final String name;
  private final ProcessConfig config;
  private final Set<BrokerMetric> toldByOthers;
  private final ProcFiles files;

  /** Reads numbers of one kind. */
  @FunctionalInterface
  private interface Reading {
    void addTo(MetricFamilies families) throws IOException;
  }

  /**
   * Creates a collector.
   *
   * @param broker what kind of broker it is
   * @param toldByOthers what is read of the broker itself, or of its JVM
   */
  public ProcessCollector(
      String name, MessagingSystem broker, ProcessConfig config, Set<BrokerMetric> toldByOthers) {
    this(name, broker, config, toldByOthers, ProcFiles.ofThisMachine());
  }

  ProcessCollector(
      String name,
      MessagingSystem broker,
      ProcessConfig config,
      Set<BrokerMetric> toldByOthers,
      ProcFiles files) {
    this.name = name;
    this.broker = broker;
    this.config = config;
    this.toldByOthers = Set.copyOf(toldByOthers);
    this.files = files;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String system() {
    return "process";
  }

  @Override
  public Collected collect(Deadline deadline) throws CollectionException {
    long process = process();
    var families = new MetricFamilies();
    var missing = new ArrayList<Missing>();
    String[] labels = {broker.labelValue(), name, config.broker()};
    read(
        "processor time",
        families,
        missing,
        to -> {
          to.add(BrokerMetric.CPU, files.cpuSeconds(process), labels);
          to.add(BrokerMetric.CPU_THROTTLED, files.throttledSeconds(process), labels);
        });
    read(
        "memory",
        families,
        missing,
        to -> {
          to.add(BrokerMetric.MEMORY_USED, files.residentBytes(process), labels);
          to.add(BrokerMetric.MEMORY_LIMIT, files.memoryLimitBytes(process), labels);
        });
    read(
        "disk traffic",
        families,
        missing,
        to -> {
          to.add(BrokerMetric.DISK_READ, files.readBytes(process), labels);
          to.add(BrokerMetric.DISK_WRITTEN, files.writtenBytes(process), labels);
        });
    read(
        "open files",
        families,
        missing,
        to -> {
          to.add(BrokerMetric.OPEN_FDS, files.openFiles(process), labels);
          to.add(BrokerMetric.MAX_FDS, files.maxFiles(process), labels);
        });
    if (config.data().isPresent()) {
      Path data = config.data().get();
      read(
          "room on the disk of " + data,
          families,
          missing,
          to -> {
            FileStore disk = Files.getFileStore(data);
            to.add(BrokerMetric.DISK_SIZE, disk.getTotalSpace(), labels);
            to.add(BrokerMetric.DISK_FREE, disk.getUsableSpace(), labels);
          });
    }
    List<MetricFamily> own =
        families.toList().stream()
            .filter(family -> !toldByOthers.contains(family.descriptor()))
            .toList();
    return new Collected(own, missing);
  }

  private long process() throws CollectionException {
    List<Long> found;
    try {
      found = files.processes(config.command());
    } catch (IOException e) {
      throw new CollectionException("processes cannot be listed: " + reason(e), e);
    }
    if (found.size() != 1) {
      throw new CollectionException(
          "%d processes have a command line with %s%s (expected: one)"
              .formatted(
                  found.size(), config.command(), found.isEmpty() ? "" : " (" + found + ")"));
    }
    return found.getFirst();
  }

  private static void read(
      String what, MetricFamilies families, List<Missing> missing, Reading reading) {
    try {
      reading.addTo(families);
    } catch (IOException e) {
      missing.add(new Missing(what, reason(e)));
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "no right to read " + denied.getFile();
      case NoSuchFileException gone -> gone.getFile() + " is not there";
      default -> String.valueOf(e.getMessage());
    };
  }

  @Override
  public List<MetricFamily> unavailable() {
    return List.of();
  }

  /** Nothing is sent to anybody. */
  @Override
  public long requestsSent() {
    return 0;
  }

  @Override
  public void close() {}
}
