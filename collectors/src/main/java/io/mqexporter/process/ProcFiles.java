package io.mqexporter.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files in which Linux tells about processes (proc(5)) and control groups (cgroups(7)).
 *
 * @param proc usually {@code /proc}
 * @param cgroups usually {@code /sys/fs/cgroup}
 */
record ProcFiles(Path proc, Path cgroups) {

  /** The unit of times in {@code /proc/…/stat}, the same on all of Linux' platforms. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int MAX_FILE_BYTES = 1 << 20;

  /**
   * A control group, of version 2 or of the controller for memory of version 1.
   *
   * @param base the folder of the topmost group
   * @param folder the folder of this one
   * @param limitFile the file in each of them that holds its limit
   */
  private record Group(Path base, Path folder, String limitFile) {

    static Group of(Path base, String path, String limitFile) {
      return new Group(base, base.resolve(path).normalize(), limitFile);
    }
  }

  /** Those of this machine. */
  static ProcFiles ofThisMachine() {
    return new ProcFiles(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
  }

  /** Returns the ids of the processes, but for this one, whose command line contains something. */
  List<Long> processes(Pattern command) throws IOException {
    var found = new ArrayList<Long>();
    try (Stream<Path> all = Files.list(proc)) {
      for (Path folder : (Iterable<Path>) all::iterator) {
        String name = folder.getFileName().toString();
        if (name.matches("\\d{1,18}") && Long.parseLong(name) != ProcessHandle.current().pid()) {
          if (command.matcher(commandLine(folder)).find()) {
            found.add(Long.parseLong(name));
          }
        }
      }
    }
    return found;
  }

  /** Returns the words of a command, with a blank between them; nothing if it has ended. */
  private static String commandLine(Path folder) {
    try {
      return text(folder.resolve("cmdline")).replace('\0', ' ').strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns the processor time that a process has used, in seconds. */
  double cpuSeconds(long process) throws IOException {
    String stat = text(file(process, "stat"));
    // The name may hold blanks and brackets itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Returns the memory that a process has in use, in bytes. */
  OptionalLong residentBytes(long process) throws IOException {
    return number(text(file(process, "status")), "VmRSS:\\s+(\\d+) kB", 1024);
  }

  /** Returns what a process has read from disks, and written to them, in bytes. */
  OptionalLong readBytes(long process) throws IOException {
    return number(text(file(process, "io")), "(?m)^read_bytes: (\\d+)", 1);
  }

  /** Returns what a process has written to disks, in bytes. */
  OptionalLong writtenBytes(long process) throws IOException {
    return number(text(file(process, "io")), "(?m)^write_bytes: (\\d+)", 1);
  }

  /** Returns how many files a process has open. */
  long openFiles(long process) throws IOException {
    try (Stream<Path> files = Files.list(file(process, "fd"))) {
      return files.count();
    }
  }

  /** Returns how many files a process may have open; empty if as many as it likes. */
  OptionalLong maxFiles(long process) throws IOException {
    return number(text(file(process, "limits")), "Max open files\\s+(\\d+)", 1);
  }

  /**
   * Returns the memory that a process may use: the smallest limit of its control groups, or all of
   * the machine's if none of them has one. Empty if that cannot be seen from here, as of a control
   * group of another container.
   */
  OptionalLong memoryLimitBytes(long process) throws IOException {
    OptionalLong machine = number(text(proc.resolve("meminfo")), "MemTotal:\\s+(\\d+) kB", 1024);
    List<Group> groups = groupsOf(process);
    if (groups.isEmpty()) {
      return OptionalLong.empty();
    }
    long smallest = machine.orElse(Long.MAX_VALUE);
    for (Group group : groups) {
      for (@Nullable Path each = group.folder();
          each != null && each.startsWith(group.base());
          each = each.getParent()) {
        Path limit = each.resolve(group.limitFile());
        if (Files.isReadable(limit)) {
          OptionalLong bytes = number(text(limit), "^(\\d{1,18})\\s", 1);
          smallest = Math.min(smallest, bytes.orElse(Long.MAX_VALUE));
        }
      }
    }
    return smallest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(smallest);
  }

  /** Returns for how long a process was held back by the limit of its control group, in seconds. */
  OptionalDouble throttledSeconds(long process) throws IOException {
    Optional<Path> statistics =
        groupsOf(process).stream()
            .map(group -> group.folder().resolve("cpu.stat"))
            .filter(Files::isReadable)
            .findFirst();
    if (statistics.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalLong micros = number(text(statistics.get()), "throttled_usec (\\d+)", 1);
    return micros.isPresent()
        ? OptionalDouble.of(micros.getAsLong() / 1e6)
        : OptionalDouble.empty();
  }

  /** Returns the control groups of a process that can be seen from here. */
  private List<Group> groupsOf(long process) throws IOException {
    var groups = new ArrayList<Group>();
    for (String line : text(file(process, "cgroup")).split("\n", -1)) {
      String[] fields = line.split(":/", 2);
      if (fields[0].equals("0:")) {
        groups.add(Group.of(cgroups, fields[1], "memory.max"));
      } else if (fields[0].endsWith(":memory")) {
        groups.add(Group.of(cgroups.resolve("memory"), fields[1], "memory.limit_in_bytes"));
      }
    }
    groups.removeIf(
        group -> !group.folder().startsWith(group.base()) || !Files.isDirectory(group.folder()));
    return groups;
  }

  private Path file(long process, String name) {
    return proc.resolve(Long.toString(process)).resolve(name);
  }

  private static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static OptionalLong number(String text, String expression, long unit) {
    var matcher = Pattern.compile(expression).matcher(text);
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)) * unit)
        : OptionalLong.empty();
  }
}
