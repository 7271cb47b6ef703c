package io.mqexporter.jmx.mbean;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What is read of one JVM: which attributes of which MBeans, and what becomes of them.
 *
 * @param beans what is read of each MBean, in the order of their names
 * @param leftOut how many further MBeans there are that are not read because there are too many
 */
public record MBeanPlan(List<Bean> beans, int leftOut) {

  /**
   * What is read of one MBean.
   *
   * @param attributes the attributes to ask for, each once
   * @param uses what is made of them
   */
  public record Bean(ObjectName name, List<String> attributes, List<Use> uses) {

    /** Copies the lists. */
    public Bean {
      attributes = List.copyOf(attributes);
      uses = List.copyOf(uses);
    }
  }

  /**
   * One metric that an MBean has a part in.
   *
   * @param labelValues the values of the labels that {@link MBeanSource#labels()} names
   */
  public record Use(MBeanMetric metric, List<String> labelValues) {

    /** Copies the values. */
    public Use {
      labelValues = List.copyOf(labelValues);
    }
  }

  /** Copies the beans. */
  public MBeanPlan {
    beans = List.copyOf(beans);
  }

  /**
   * Plans what is read of MBeans with these names.
   *
   * @param maxBeans how many MBeans there may be; those that come last by name are left out
   */
  public static MBeanPlan of(
      Collection<ObjectName> names, List<MBeanMetric> catalogue, int maxBeans) {
    Map<String, List<MBeanMetric>> byType = byType(catalogue);
    var beans = new TreeMap<ObjectName, Bean>();
    for (ObjectName name : names) {
      var uses = new ArrayList<Use>();
      for (MBeanMetric metric :
          byType.getOrDefault(
              typeKey(name.getDomain(), name.getKeyPropertyList().get("type")), List.of())) {
        metric.source().labelValues(name).ifPresent(labels -> uses.add(new Use(metric, labels)));
      }
      if (!uses.isEmpty()) {
        beans.put(name, new Bean(name, attributes(uses), uses));
      }
    }
    return new MBeanPlan(
        beans.values().stream().limit(maxBeans).toList(), Math.max(0, beans.size() - maxBeans));
  }

  private static List<String> attributes(List<Use> uses) {
    Set<String> attributes = new LinkedHashSet<>();
    for (Use use : uses) {
      for (String attribute : use.metric().source().reading().attributes()) {
        if (!Reading.isOperation(attribute)) {
          attributes.add(attribute.split("\\.", 2)[0]);
        }
      }
    }
    return List.copyOf(attributes);
  }

  private static Map<String, List<MBeanMetric>> byType(List<MBeanMetric> catalogue) {
    var byType = new HashMap<String, List<MBeanMetric>>();
    for (MBeanMetric metric : catalogue) {
      MBeanSource source = metric.source();
      byType
          .computeIfAbsent(
              typeKey(source.domain(), source.keys().get("type")), _ -> new ArrayList<>())
          .add(metric);
    }
    return byType;
  }

  private static String typeKey(String domain, @Nullable String type) {
    return domain + ":" + type;
  }
}
