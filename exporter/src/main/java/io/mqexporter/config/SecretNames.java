package io.mqexporter.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by its name whether a key holds a secret. */
final class SecretNames {

  private static final Pattern SECRET =
      Pattern.compile(
          "password|passphrase|secret|credential|jaas|token|key(?![a-z]|\\.(de)?serializer)");

  private SecretNames() {}

  /**
   * Returns whether a value under this key may be a secret; in doubt, it may. The name of the file
   * that a secret is in is none.
   */
  static boolean isSecret(String key) {
    return !key.endsWith("_file") && SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }
}
