package io.mqexporter.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The flags that a command line gives, with their values in order.
 *
 * @param values by the flag's name; none for a flag that takes no value
 */
record GivenFlags(Map<String, List<String>> values) {

  /**
   * Reads arguments that are nothing but {@code --flag} and {@code --flag=value}, as those of
   * services are; empty if it takes picocli to tell what they mean, or what is wrong. Its classes
   * are too old for a cache of classes, and would be a tenth of the start.
   */
  static Optional<GivenFlags> plain(String... arguments) {
    var values = new LinkedHashMap<String, List<String>>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      boolean isKnown =
          equals < 0 ? Flags.SWITCHES.contains(name) : Flags.DEFAULTS.containsKey(name);
      if (!isKnown || (values.containsKey(name) && !name.equals(Flags.LISTEN_ADDRESS))) {
        return Optional.empty();
      }
      List<String> given = values.computeIfAbsent(name, _ -> new ArrayList<>());
      if (equals >= 0) {
        given.add(argument.substring(equals + 1));
      }
    }
    return Optional.of(new GivenFlags(values));
  }

  /** Takes over what picocli has read. */
  static GivenFlags of(ParseResult flags) {
    var values = new LinkedHashMap<String, List<String>>();
    for (OptionSpec option : flags.matchedOptionsSet()) {
      values.put(
          option.longestName(),
          option.arity().max() == 0 ? List.of() : List.copyOf(option.originalStringValues()));
    }
    return new GivenFlags(values);
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  /** Returns the values of a flag, or its default. */
  List<String> all(String flag) {
    return values.getOrDefault(flag, List.of(Flags.DEFAULTS.get(flag)));
  }

  /** Returns the value of a flag that is given once, or its default. */
  String value(String flag) {
    return all(flag).getFirst();
  }
}
