package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** The address of a web server on which an API lies under {@code /api}. */
record UrlFormat() implements Format<URI> {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  @Override
  public String expected() {
    return "http://host:port or https://host:port";
  }

  @Override
  public URI read(String text) throws MalformedException {
    URI url = parse(text);
    if (url.getRawUserInfo() != null) {
      throw new MalformedException(
          withoutUser(text), expected() + ", user and password under keys of their own");
    }
    if (url.getScheme() == null
        || !SCHEMES.contains(url.getScheme())
        || url.getHost() == null
        || url.getPort() > 65_535
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new MalformedException(withoutUser(text), expected());
    }
    if (url.getPath().matches(".*/api/*")) {
      throw new MalformedException(text, expected() + ", without /api");
    }
    return url;
  }

  private URI parse(String text) throws MalformedException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new MalformedException(withoutUser(text), expected());
    }
  }

  /** Returns an address without what may be a password in it. */
  private static String withoutUser(String text) {
    return text.replaceFirst("//.*@", "//" + Secret.MASK + "@");
  }
}
