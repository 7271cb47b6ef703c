package io.mqexporter.jmx.rules;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A rule file of jmx_exporter that its library takes.
 *
 * @param file where it was read
 * @param yaml its content, without what says how a JVM is reached
 */
public record RuleFile(Path file, String yaml) {

  /** How a JVM is reached, and when: the agent's configuration says it for all of them. */
  private static final Set<String> CONNECTION =
      Set.of("hostPort", "jmxUrl", "username", "password", "ssl", "startDelaySeconds");

  /**
   * Reads a file's content.
   *
   * @throws RuleException if the library refuses it, or would later
   */
  public static RuleFile of(Path file, String text) throws RuleException {
    var checked = RuleCheck.of(text);
    var settings = new LinkedHashMap<>(checked.settings());
    settings.keySet().removeAll(CONNECTION);
    checked.accept(yaml(settings));
    return new RuleFile(file, yaml(settings));
  }

  /** Returns settings as the library is to read them. */
  static String yaml(Map<String, Object> settings) {
    var all = new LinkedHashMap<>(settings);
    all.put("jmxUrl", MemoryConnectorProvider.URL);
    return new org.yaml.snakeyaml.Yaml().dump(all);
  }
}
