package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.Granularity;

/** The catalogue of what every JVM tells, whatever runs in it. */
public enum JvmMetric implements MBeanMetric {
  START_TIME(
      "messaging_jvm_start_time_seconds",
      "java.lang:type=Runtime",
      Reading.gauge("StartTime").times(1e-3),
      "When the JVM was started, in seconds since the epoch."),
  CPU(
      "messaging_jvm_cpu_seconds_total",
      "java.lang:type=OperatingSystem",
      Reading.counter("ProcessCpuTime").times(1e-9).unknownIfNegative(),
      "Processor time that the process has used."),
  PROCESSORS(
      "messaging_jvm_available_processors",
      "java.lang:type=OperatingSystem",
      Reading.gauge("AvailableProcessors"),
      "Processors that the JVM may use."),
  OPEN_FILES(
      "messaging_jvm_open_fds",
      "java.lang:type=OperatingSystem",
      Reading.gauge("OpenFileDescriptorCount").unknownIfNegative(),
      "File descriptors that the process has open."),
  MAX_FILES(
      "messaging_jvm_max_fds",
      "java.lang:type=OperatingSystem",
      Reading.gauge("MaxFileDescriptorCount").unknownIfNegative(),
      "File descriptors that the process may have open."),
  HOST_MEMORY(
      "messaging_jvm_host_memory_bytes",
      "java.lang:type=OperatingSystem",
      Reading.gauge("TotalPhysicalMemorySize"),
      "Memory of the host, or of the container that the JVM runs in."),
  HOST_MEMORY_FREE(
      "messaging_jvm_host_memory_free_bytes",
      "java.lang:type=OperatingSystem",
      Reading.gauge("FreePhysicalMemorySize"),
      "Memory of the host or container that nothing uses, not even the page cache."),
  HOST_LOAD(
      "messaging_jvm_host_load1",
      "java.lang:type=OperatingSystem",
      Reading.gauge("SystemLoadAverage").unknownIfNegative(),
      "Load average of the host over the last minute."),
  HEAP_USED(
      "messaging_jvm_heap_used_bytes",
      "java.lang:type=Memory",
      Reading.gauge("HeapMemoryUsage.used"),
      "Heap that is in use, garbage included."),
  HEAP_COMMITTED(
      "messaging_jvm_heap_committed_bytes",
      "java.lang:type=Memory",
      Reading.gauge("HeapMemoryUsage.committed"),
      "Heap that the JVM has taken from the host."),
  HEAP_MAX(
      "messaging_jvm_heap_max_bytes",
      "java.lang:type=Memory",
      Reading.gauge("HeapMemoryUsage.max").unknownIfNegative(),
      "Heap that the JVM may take; absent where there is no limit."),
  NON_HEAP_USED(
      "messaging_jvm_nonheap_used_bytes",
      "java.lang:type=Memory",
      Reading.gauge("NonHeapMemoryUsage.used"),
      "Memory that classes and compiled code use."),
  POOL_USED(
      "messaging_jvm_memory_pool_used_bytes",
      "java.lang:type=MemoryPool,name=*pool",
      Reading.gauge("Usage.used"),
      "Memory of the pool that is in use."),
  POOL_MAX(
      "messaging_jvm_memory_pool_max_bytes",
      "java.lang:type=MemoryPool,name=*pool",
      Reading.gauge("Usage.max").unknownIfNegative(),
      "Memory that the pool may take; absent where there is no limit."),
  POOL_AFTER_COLLECTION(
      "messaging_jvm_memory_pool_used_after_collection_bytes",
      "java.lang:type=MemoryPool,name=*pool",
      Reading.gauge("CollectionUsage.used"),
      "Memory of the pool that was in use after its last garbage collection."),
  COLLECTIONS(
      "messaging_jvm_gc_collections_total",
      "java.lang:type=GarbageCollector,name=*gc",
      Reading.counter("CollectionCount").unknownIfNegative(),
      "Garbage collections."),
  COLLECTION_TIME(
      "messaging_jvm_gc_collection_seconds_total",
      "java.lang:type=GarbageCollector,name=*gc",
      Reading.counter("CollectionTime").times(1e-3).unknownIfNegative(),
      "Time that garbage collections took."),
  THREADS(
      "messaging_jvm_threads",
      "java.lang:type=Threading",
      Reading.gauge("ThreadCount"),
      "Threads of the platform."),
  THREADS_PEAK(
      "messaging_jvm_threads_peak",
      "java.lang:type=Threading",
      Reading.gauge("PeakThreadCount"),
      "The most threads of the platform that there were at once."),
  THREADS_STARTED(
      "messaging_jvm_threads_started_total",
      "java.lang:type=Threading",
      Reading.counter("TotalStartedThreadCount"),
      "Threads of the platform that were started."),
  DEADLOCKED(
      "messaging_jvm_threads_deadlocked",
      "java.lang:type=Threading",
      Reading.operation("findDeadlockedThreads"),
      "Threads of the platform that wait for each other for ever; absent where the user may only read."),
  CLASSES(
      "messaging_jvm_classes_loaded",
      "java.lang:type=ClassLoading",
      Reading.gauge("LoadedClassCount"),
      "Classes that are loaded."),
  COMPILATION(
      "messaging_jvm_compilation_seconds_total",
      "java.lang:type=Compilation",
      Reading.counter("TotalCompilationTime").times(1e-3),
      "Time that compiling took."),
  BUFFER_USED(
      "messaging_jvm_buffer_pool_used_bytes",
      "java.nio:type=BufferPool,name=*pool",
      Reading.gauge("MemoryUsed").unknownIfNegative(),
      "Memory outside of the heap that buffers use."),
  BUFFERS(
      "messaging_jvm_buffer_pool_buffers",
      "java.nio:type=BufferPool,name=*pool",
      Reading.gauge("Count"),
      "Buffers outside of the heap.");

  private final MBeanDefinition mbean;

  JvmMetric(String metricName, String mbeans, Reading reading, String help) {
    this.mbean = MBeanDefinition.named(metricName, mbeans, reading, help, Granularity.CLUSTER);
  }

  @Override
  public MBeanDefinition mbean() {
    return mbean;
  }
}
