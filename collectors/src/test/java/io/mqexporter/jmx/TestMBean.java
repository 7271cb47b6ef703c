package io.mqexporter.jmx;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;

/** An MBean whose attributes a test chooses, also while it is read. */
final class TestMBean implements DynamicMBean {

  private final Map<String, Callable<Object>> attributes = new ConcurrentHashMap<>();

  /** Returns one with a single attribute. */
  static TestMBean value(int value) {
    return new TestMBean().gives("Value", () -> value);
  }

  /** Sets what an attribute gives; it may throw, or wait. */
  TestMBean gives(String attribute, Callable<Object> value) {
    attributes.put(attribute, value);
    return this;
  }

  TestMBean without(String attribute) {
    attributes.remove(attribute);
    return this;
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException, MBeanException {
    Callable<Object> value = attributes.get(attribute);
    if (value == null) {
      throw new AttributeNotFoundException(attribute);
    }
    try {
      return value.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new MBeanException(e);
    }
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    var list = new AttributeList();
    for (String name : names) {
      try {
        list.add(new Attribute(name, getAttribute(name)));
      } catch (AttributeNotFoundException | MBeanException _) {
        // As Java's own MBeans do: what cannot be read is left out.
      }
    }
    return list;
  }

  @Override
  public void setAttribute(Attribute attribute) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AttributeList setAttributes(AttributeList values) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object invoke(String action, Object[] parameters, String[] signature)
      throws MBeanException {
    try {
      return getAttribute(action);
    } catch (AttributeNotFoundException e) {
      throw new MBeanException(e);
    }
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanAttributeInfo[] infos =
        new TreeMap<>(attributes)
            .keySet().stream()
                .map(name ->
                    new MBeanAttributeInfo(name, "java.lang.Object", name, true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
    return new MBeanInfo(getClass().getName(), "", infos, null, null, null);
  }
}
