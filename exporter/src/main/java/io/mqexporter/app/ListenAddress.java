package io.mqexporter.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a host's name or IP address, without brackets; {@code 0.0.0.0} for all addresses
 * @param port the port; 0 lets the operating system choose one
 */
record ListenAddress(String host, int port) {

  private static final String ALL_ADDRESSES = "0.0.0.0";

  private static final Pattern TEXT =
      Pattern.compile("(?:\\[(?<ip6>[\\p{XDigit}:.%\\w]+)]|(?<host>[\\w.-]*)):(?<port>\\d{1,5})");

  /** Returns the address that {@code host:port}, {@code :port} or {@code [::1]:port} stands for. */
  static Optional<ListenAddress> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > 65_535) {
      return Optional.empty();
    }
    String host =
        Optional.ofNullable(matcher.group("ip6"))
            .or(() -> Optional.ofNullable(matcher.group("host")))
            .filter(h -> !h.isEmpty())
            .orElse(ALL_ADDRESSES);
    return Optional.of(new ListenAddress(host, Integer.parseInt(matcher.group("port"))));
  }

  /** Returns {@code host:port}, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
