package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import java.util.SequencedMap;

/** The keys of {@link TlsDecoder} as text. */
final class TlsText {

  private TlsText() {}

  /** Adds the keys that are there. The certificates are no secret, but nobody reads them. */
  static void put(SequencedMap<String, Object> tree, Tls tls) {
    Secret hidden = new Secret("");
    if (!tls.authorities().isEmpty()) {
      tree.put("ca_certificates", hidden);
    }
    tls.client()
        .ifPresent(_ -> {
          tree.put("client_certificate", hidden);
          tree.put("client_key", hidden);
        });
  }
}
