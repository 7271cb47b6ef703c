package io.mqexporter.config;

import io.mqexporter.collector.Tls;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;

/** Makes the certificates for TLS of the keys of a section. */
final class TlsDecoder {

  private TlsDecoder() {}

  /** Reads {@code ca_certificates}, {@code client_certificate} and {@code client_key}. */
  static Optional<Tls> decode(Section section) {
    Optional<List<Certificate>> authorities =
        section.value("ca_certificates", new PemFormat<>("certificates", Tls::certificates));
    Optional<List<Certificate>> certificates =
        section.value("client_certificate", new PemFormat<>("certificates", Tls::certificates));
    Optional<PrivateKey> key =
        section.value("client_key", new PemFormat<>("a key that is not encrypted", Tls::key));
    section.rejectIfAlone("client_certificate", "client_key");
    section.rejectIfAlone("client_key", "client_certificate");
    Optional<Tls.Client> client =
        certificates.flatMap(chain -> key.map(k -> new Tls.Client(k, chain)));
    return authorities.isEmpty() && client.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tls(authorities.orElse(List.of()), client));
  }
}
