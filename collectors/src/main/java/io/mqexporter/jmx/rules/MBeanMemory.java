package io.mqexporter.jmx.rules;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the MBeans of one JVM, and what somebody has asked for that is not. Used by one
 * thread at a time.
 */
public final class MBeanMemory {

  private final Map<ObjectName, Set<ObjectName>> matching = new LinkedHashMap<>();
  private final Map<ObjectName, Optional<MBeanInfo>> infos = new HashMap<>();
  private final Map<ObjectName, List<String>> attributes = new LinkedHashMap<>();
  private final Map<ObjectName, Map<String, Object>> values = new HashMap<>();
  private final Set<ObjectName> openPatterns = new LinkedHashSet<>();
  private final Set<ObjectName> openInfos = new LinkedHashSet<>();
  private final Set<ObjectName> openValues = new LinkedHashSet<>();

  /** Forgets everything, as for another JVM. */
  public void forget() {
    matching.clear();
    attributes.clear();
    infos.clear();
    forgetValues();
  }

  /** Forgets the values of attributes, which are read at each pass. */
  public void forgetValues() {
    values.clear();
    openPatterns.clear();
    openInfos.clear();
    openValues.clear();
  }

  /** Returns the patterns of names that were ever asked for. */
  public Set<ObjectName> patterns() {
    return Set.copyOf(matching.keySet());
  }

  /** Returns the attributes that are asked for of each MBean, as far as is known. */
  public Map<ObjectName, List<String>> attributes() {
    return Map.copyOf(attributes);
  }

  /** Returns the patterns that were asked for without an answer. */
  public Set<ObjectName> openPatterns() {
    return Set.copyOf(openPatterns);
  }

  /** Returns the MBeans whose description was asked for without an answer. */
  public Set<ObjectName> openInfos() {
    return Set.copyOf(openInfos);
  }

  /** Returns the MBeans of which attributes were asked for without an answer. */
  public Set<ObjectName> openValues() {
    return Set.copyOf(openValues);
  }

  /** Returns whether anything was asked for without an answer. */
  public boolean hasQuestions() {
    return Stream.of(openPatterns, openInfos, openValues).anyMatch(open -> !open.isEmpty());
  }

  /** Takes the names that match patterns, in place of all former ones. */
  public void names(Map<ObjectName, Set<ObjectName>> found) {
    matching.putAll(found);
    openPatterns.removeAll(found.keySet());
    var there = new HashSet<ObjectName>();
    matching.values().forEach(there::addAll);
    infos.keySet().retainAll(there);
    // Who could not say what it is may say it now.
    infos.values().removeIf(Optional::isEmpty);
    attributes.keySet().retainAll(there);
  }

  /** Takes what an MBean says of itself; empty if it does not. */
  public void info(ObjectName name, Optional<MBeanInfo> info) {
    infos.put(name, info);
    openInfos.remove(name);
  }

  /** Takes the values of an MBean; those that are not among them cannot be read. */
  public void values(ObjectName name, Map<String, Object> read) {
    values.put(name, read);
    openValues.remove(name);
  }

  /** Returns a connection that answers from here, and notes what it is asked for. */
  MBeanServerConnection connection() {
    return (MBeanServerConnection)
        Proxy.newProxyInstance(
            MBeanMemory.class.getClassLoader(),
            new Class<?>[] {MBeanServerConnection.class},
            (_, method, arguments) -> answer(method, Objects.requireNonNull(arguments)));
  }

  private Object answer(Method method, Object... arguments) throws JMException {
    return switch (method.getName()) {
      case "queryMBeans" -> instances((ObjectName) arguments[0]);
      case "getMBeanInfo" -> info((ObjectName) arguments[0]);
      case "getAttributes" -> list((ObjectName) arguments[0], (String[]) arguments[1]);
      case "getAttribute" -> {
        List<Attribute> found = list((ObjectName) arguments[0], (String) arguments[1]).asList();
        if (found.isEmpty()) {
          throw new AttributeNotFoundException((String) arguments[1]);
        }
        yield found.getFirst().getValue();
      }
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private Set<ObjectInstance> instances(@Nullable ObjectName pattern) {
    ObjectName asked = pattern == null ? ObjectName.WILDCARD : pattern;
    Collection<ObjectName> names = matching.get(asked);
    if (names == null) {
      openPatterns.add(asked);
      return Set.of();
    }
    var instances = new LinkedHashSet<ObjectInstance>();
    names.forEach(name -> instances.add(new ObjectInstance(name, "")));
    return instances;
  }

  private MBeanInfo info(ObjectName name) throws InstanceNotFoundException {
    if (!infos.containsKey(name)) {
      openInfos.add(name);
    }
    return infos
        .getOrDefault(name, Optional.empty())
        .orElseThrow(() -> new InstanceNotFoundException(name.toString()));
  }

  private AttributeList list(ObjectName name, String... asked) {
    attributes.put(name, List.of(asked));
    if (!values.containsKey(name)) {
      openValues.add(name);
    }
    Map<String, Object> read = values.getOrDefault(name, Map.of());
    var list = new AttributeList();
    for (String attribute : asked) {
      if (read.containsKey(attribute)) {
        list.add(new Attribute(attribute, read.get(attribute)));
      }
    }
    return list;
  }
}
