package io.mqexporter.config;

import io.mqexporter.jmx.JmxConfig;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is read of a target.
 *
 * @param broker the cluster itself
 * @param jmx the JVMs that belong to it
 */
record Sources(BrokerConfig broker, Optional<JmxConfig> jmx) {

  /** Returns the files that it names, and whose content belongs to it. */
  Set<Path> files() {
    Set<Path> files = new HashSet<>(jmx.map(JmxConfig::files).orElse(Set.of()));
    if (broker instanceof BrokerConfig.Kafka(var kafka)) {
      files.addAll(NamedFiles.of(kafka.properties()));
    }
    return files;
  }
}
