package io.mqexporter.http;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/**
 * Judges the certificates of clients.
 *
 * @param authorities who must vouch for them; anybody may if that is empty
 * @param allowedNames the alternative names of which one must be there, if there are any: DNS
 *     names, e-mail addresses, IP addresses and URIs
 */
record ClientCertificates(Optional<X509TrustManager> authorities, Set<String> allowedNames)
    implements X509TrustManager {

  /** RFC 5280, 4.2.1.6: rfc822Name, dNSName, uniformResourceIdentifier, iPAddress. */
  private static final Set<Integer> KINDS_OF_NAMES = Set.of(1, 2, 6, 7);

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (authorities.isPresent()) {
      authorities.get().checkClientTrusted(chain, authType);
    }
    if (!allowedNames.isEmpty() && names(chain[0]).stream().noneMatch(allowedNames::contains)) {
      throw new CertificateException("none of the alternative names is allowed");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("not a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.map(X509TrustManager::getAcceptedIssuers).orElse(new X509Certificate[0]);
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names =
        Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
    return names.stream()
        .filter(name -> KINDS_OF_NAMES.contains(name.get(0)))
        .map(name -> String.valueOf(name.get(1)))
        .toList();
  }
}
