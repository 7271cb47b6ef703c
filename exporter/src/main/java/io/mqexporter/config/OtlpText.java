package io.mqexporter.config;

import io.mqexporter.otlp.OtlpConfig;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The part of a configuration that is about pushing, to be shown. */
final class OtlpText {

  private OtlpText() {}

  static SequencedMap<String, Object> tree(OtlpConfig otlp) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("url", otlp.url());
    tree.put("headers", new TreeMap<>(otlp.headers()));
    tree.put("resource_attributes", new TreeMap<>(otlp.resourceAttributes()));
    tree.put("gzip", otlp.gzip());
    tree.put("timeout", DurationFormat.text(otlp.timeout()));
    tree.put("max_queue_bytes", otlp.maxQueueBytes());
    otlp.tls().ifPresent(tls -> TlsText.put(tree, tls));
    return tree;
  }
}
