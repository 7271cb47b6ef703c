package io.mqexporter.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes attributes of labels; those that two points in a row have in common are made once. */
final class Attributes {

  private final List<String> names;
  private final @Nullable KeyValue[] last;

  Attributes(List<String> names) {
    this.names = names;
    this.last = new KeyValue[names.size()];
  }

  /** Returns the attributes of a point; a label with an empty value is absent. */
  List<KeyValue> of(List<String> values) {
    var attributes = new ArrayList<KeyValue>(names.size());
    for (int i = 0; i < last.length; i++) {
      String value = values.get(i);
      if (value.isEmpty()) {
        continue;
      }
      KeyValue attribute = last[i];
      if (attribute == null || !attribute.getValue().getStringValue().equals(value)) {
        attribute = of(names.get(i), value);
        last[i] = attribute;
      }
      attributes.add(attribute);
    }
    return attributes;
  }

  /** Returns one attribute. */
  static KeyValue of(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
