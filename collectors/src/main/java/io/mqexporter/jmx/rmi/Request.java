package io.mqexporter.jmx.rmi;

import java.util.List;
import javax.management.ObjectName;

/** One call that is about an MBean. */
public sealed interface Request {

  /** Returns the MBean's name. */
  ObjectName name();

  /**
   * Reads attributes.
   *
   * @param attributes one or several; of several, those that cannot be read are left out of the
   *     answer, an {@code AttributeList}. The answer of one is its value
   */
  record Attributes(ObjectName name, List<String> attributes) implements Request {

    /** Copies the attributes. */
    public Attributes {
      attributes = List.copyOf(attributes);
    }
  }

  /** Asks which attributes there are; the answer is an {@code MBeanInfo}. */
  record Description(ObjectName name) implements Request {}
}
