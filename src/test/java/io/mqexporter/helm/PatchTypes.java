package io.mqexporter.helm;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The types that a mutation's expression may make: {@code JSONPatch}, and {@code Object} with one
 * type for each of its parts, named by the path to it ({@code Object.spec.volumes}).
 *
 * <p>The API server lets each part have any field, and finds out when it decodes what has come of
 * it. Here parts have the fields, and the fields the types, of a model.
 */
final class PatchTypes implements CelTypeProvider {

  /** What a mutation's expression must be. */
  static final ListType PATCH;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<Class<?>, CelType> SCALARS =
      Map.of(
          String.class, SimpleType.STRING,
          Boolean.class, SimpleType.BOOL,
          Integer.class, SimpleType.INT,
          Long.class, SimpleType.INT,
          Double.class, SimpleType.DOUBLE,
          // Numbers or texts.
          IntOrString.class, SimpleType.DYN,
          Quantity.class, SimpleType.DYN,
          Object.class, SimpleType.DYN);

  private static final StructType OPERATION =
      struct(
          "JSONPatch",
          ImmutableMap.of(
              "op", SimpleType.STRING,
              "path", SimpleType.STRING,
              "from", SimpleType.STRING,
              "value", SimpleType.DYN));

  static {
    PATCH = ListType.create(OPERATION);
  }

  private final ImmutableMap<String, CelType> structs;

  /** Makes the types for objects of a class. */
  PatchTypes(Class<?> object) {
    var found = new HashMap<String, CelType>();
    found.put(OPERATION.name(), OPERATION);
    add("Object", MAPPER.constructType(object), found);
    structs = ImmutableMap.copyOf(found);
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return structs.values();
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(structs.get(name));
  }

  /** Returns the CEL type of a Java type at a path, and adds all structures that are in it. */
  private static CelType add(String path, JavaType type, Map<String, CelType> found) {
    CelType scalar = SCALARS.get(type.getRawClass());
    if (scalar != null) {
      return scalar;
    }
    if (type.isCollectionLikeType()) {
      return ListType.create(add(path, type.getContentType(), found));
    }
    if (type.isMapLikeType()) {
      return MapType.create(SimpleType.STRING, add(path, type.getContentType(), found));
    }
    var fields = ImmutableMap.<String, CelType>builder();
    for (BeanPropertyDefinition property :
        MAPPER.getDeserializationConfig().introspect(type).findProperties()) {
      String name = property.getName();
      fields.put(name, add(path + "." + name, property.getPrimaryType(), found));
    }
    StructType struct = struct(path, fields.buildOrThrow());
    found.put(path, struct);
    return struct;
  }

  private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }
}
