package io.mqexporter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.metric.FamilyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCollectorTest {

  private static final Deadline LONG = Deadline.after(Duration.ofMinutes(1));

  @TempDir private Path temporary;

  @BeforeEach
  void runABroker() {
    write("proc/meminfo", "MemTotal:       24000 kB\nMemFree: 1 kB\n");
    write("proc/17/cmdline", "java\0-Xmx1g\0kafka.Kafka\0server.properties\0");
    write(
        "proc/17/stat",
        "17 (java (x) y) S 1 17 17 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 90 0 12345 1 2 3\n");
    write("proc/17/status", "Name:\tjava\nVmRSS:\t  2000 kB\nThreads:\t90\n");
    write(
        "proc/17/io", "rchar: 9\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 0\n");
    write(
        "proc/17/limits",
        "Limit   Soft Limit  Hard Limit  Units\nMax open files   1024   4096   files\n");
    write("proc/17/cgroup", "0::/pods/broker\n");
    write("proc/17/fd/0", "");
    write("proc/17/fd/1", "");
    write("proc/18/cmdline", "java\0rocketmq\0");
    write("cgroup/pods/broker/memory.max", "max\n");
    write("cgroup/pods/broker/cpu.stat", "usage_usec 5\nthrottled_usec 1500000\n");
    write("cgroup/pods/memory.max", "4096000\n");
  }

  @Test
  void readsWhatLinuxTells() throws Exception {
    Collected collected = collector("kafka[.]Kafka", Set.of()).collect(LONG);

    assertThat(collected.missing()).isEmpty();
    assertThat(FamilyText.of(collected.families()))
        .isEqualTo(
            """
            messaging_broker_cpu_seconds_total{L} 3
            messaging_broker_cpu_throttled_seconds_total{L} 1.5
            messaging_broker_memory_used_bytes{L} 2048000
            messaging_broker_memory_limit_bytes{L} 4096000
            messaging_broker_disk_read_bytes_total{L} 4096
            messaging_broker_disk_written_bytes_total{L} 8192
            messaging_broker_open_fds{L} 2
            messaging_broker_max_fds{L} 1024
            """
                .replace(
                    "{L}",
                    "{messaging_system=\"kafka\",messaging_cluster=\"orders\",messaging_broker_name=\"1\"}"));
  }

  @Test
  void whatOthersTellIsNotToldTwice() throws Exception {
    Collected collected =
        collector("kafka[.]Kafka", Set.of(BrokerMetric.CPU, BrokerMetric.OPEN_FDS)).collect(LONG);

    assertThat(FamilyText.of(collected.families()))
        .contains("memory_used")
        .doesNotContain("cpu_seconds", "open_fds");
  }

  @Test
  void theMachinesMemoryIsTheLimitWhereNoGroupHasOne() throws Exception {
    write("cgroup/pods/memory.max", "max\n");
    assertThat(FamilyText.of(collector("kafka", Set.of()).collect(LONG).families()))
        .contains("memory_limit_bytes", "} 24576000\n");
  }

  @Test
  void theFirstVersionOfControlGroupsIsReadToo() throws Exception {
    write("proc/17/cgroup", "4:memory:/pod/a\n1:cpu:/\n0::/\n");
    write("cgroup/memory/pod/a/memory.limit_in_bytes", "9223372036854771712\n");
    write("cgroup/memory/pod/memory.limit_in_bytes", "3000\n");
    assertThat(FamilyText.of(collector("kafka", Set.of()).collect(LONG).families()))
        .contains("memory_limit_bytes", "} 3000\n");
  }

  @Test
  void theGroupOfAnotherContainerTellsNothing() throws Exception {
    write("proc/17/cgroup", "0::/../other\n");
    assertThat(FamilyText.of(collector("kafka", Set.of()).collect(LONG).families()))
        .contains("memory_used_bytes")
        .doesNotContain("memory_limit_bytes", "throttled");
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    Files.delete(temporary.resolve("proc/17/io"));
    Collected collected = collector("kafka", Set.of()).collect(LONG);

    assertThat(FamilyText.of(collected.families())).contains("cpu_seconds").doesNotContain("disk");
    assertThat(collected.missing())
        .containsExactly(
            new Missing("disk traffic", temporary.resolve("proc/17/io") + " is not there"));
  }

  @Test
  void exactlyOneProcessMustMatch() {
    assertThatThrownBy(() -> collector("beam", Set.of()).collect(LONG))
        .hasMessage("0 processes have a command line with beam (expected: one)");
    assertThatThrownBy(() -> collector("java", Set.of()).collect(LONG))
        .hasMessageMatching(
            "2 processes have a command line with java \\(\\[1[78], 1[78]]\\) \\(expected: one\\)");
  }

  private ProcessCollector collector(String command, Set<BrokerMetric> toldByOthers) {
    return new ProcessCollector(
        "orders",
        MessagingSystem.KAFKA,
        new ProcessConfig("1", Pattern.compile(command), Optional.empty()),
        toldByOthers,
        new ProcFiles(temporary.resolve("proc"), temporary.resolve("cgroup")));
  }

  private void write(String name, String content) {
    try {
      Path file = temporary.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
