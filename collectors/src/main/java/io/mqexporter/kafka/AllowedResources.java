package io.mqexporter.kafka;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The addresses and files that Kafka's OAuth client may use. It reads them from system properties
 * and by default allows none (KIP-1139); here what stands in the configuration is what the operator
 * wants. What the operator has set stays.
 */
final class AllowedResources {

  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
  private static final String ALLOWED_FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

  private static final List<String> URLS =
      List.of("sasl.oauthbearer.token.endpoint.url", "sasl.oauthbearer.jwks.endpoint.url");
  private static final List<String> FILES =
      List.of(
          "sasl.oauthbearer.assertion.file",
          "sasl.oauthbearer.assertion.private.key.file",
          "sasl.oauthbearer.assertion.template.file");

  private AllowedResources() {}

  /** Allows what these properties name. To be called before a client is made with them. */
  static void allow(Map<String, String> properties) {
    allow(ALLOWED_URLS, URLS, properties);
    allow(ALLOWED_FILES, FILES, properties);
  }

  private static synchronized void allow(
      String systemProperty, List<String> names, Map<String, String> properties) {
    String former = System.getProperty(systemProperty, "");
    Set<String> allowed = new LinkedHashSet<>();
    if (!former.isBlank()) {
      allowed.addAll(List.of(former.split(",", -1)));
    }
    for (String name : names) {
      String value = properties.get(name);
      if (value != null) {
        allowed.add(value.strip());
      }
    }
    if (!allowed.isEmpty()) {
      System.setProperty(systemProperty, String.join(",", allowed));
    }
  }
}
