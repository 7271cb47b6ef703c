package io.mqexporter.rabbitmq.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fields that are wanted of a JSON object, by name, and by {@code object.field} one level down;
 * {@code object.*} are all texts in one. Everything else is skipped while it is read, so that
 * memory does not follow the size of a reply.
 */
final class JsonShape {

  private static final String ALL = "*";

  private final Set<String> fields = new HashSet<>();
  private final Map<String, JsonShape> objects = new HashMap<>();
  private final String prefix;

  private JsonShape(String prefix) {
    this.prefix = prefix;
  }

  /** Returns the shape with these fields. */
  static JsonShape of(String... paths) {
    var shape = new JsonShape("");
    for (String path : paths) {
      shape.add(path);
    }
    return shape;
  }

  /** Adds where these numbers are, and returns this. */
  JsonShape and(Numbers.Kind... numbers) {
    for (Numbers.Kind number : numbers) {
      add(number.path());
    }
    return this;
  }

  private void add(String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      fields.add(path);
    } else {
      objects
          .computeIfAbsent(path.substring(0, dot), name -> new JsonShape(name + "."))
          .fields
          .add(path.substring(dot + 1));
    }
  }

  /**
   * Reads one object, of which the parser has just read the opening brace.
   *
   * @throws IOException if it is not JSON, or cannot be read to its end
   */
  JsonFields read(JsonParser parser) throws IOException {
    var values = new HashMap<String, Object>();
    readInto(values, parser);
    return new JsonFields(values);
  }

  private void readInto(Map<String, Object> values, JsonParser parser) throws IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken token = parser.nextToken();
      JsonShape object = objects.get(name);
      if (object != null && object.fields.contains(ALL) && token == JsonToken.START_OBJECT) {
        values.put(name, texts(parser));
      } else if (object != null && token == JsonToken.START_OBJECT) {
        object.readInto(values, parser);
      } else if (fields.contains(name)) {
        readValue(values, prefix + name, token, parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void readValue(
      Map<String, Object> values, String path, JsonToken token, JsonParser parser)
      throws IOException {
    switch (token) {
      case VALUE_STRING -> values.put(path, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.put(path, parser.getNumberValue());
      case VALUE_TRUE -> values.put(path, true);
      case VALUE_FALSE -> values.put(path, false);
      case START_ARRAY -> values.put(path, elements(parser));
      default -> parser.skipChildren();
    }
  }

  private static JsonFields.Texts texts(JsonParser parser) throws IOException {
    var texts = new TreeMap<String, String>();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return new JsonFields.Texts(texts);
  }

  private static JsonFields.Elements elements(JsonParser parser) throws IOException {
    int count = 0;
    var texts = new ArrayList<String>();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY && token != null) {
      count++;
      if (token == JsonToken.VALUE_STRING) {
        texts.add(parser.getText());
      }
      parser.skipChildren();
    }
    return new JsonFields.Elements(count, texts);
  }
}
