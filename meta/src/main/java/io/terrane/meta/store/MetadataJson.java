package io.terrane.meta.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Typed access to the fields of stored records. A field that is missing or of the wrong form is
 * CORRUPTED and named; unknown fields are left alone, so that a newer writer may add some.
 */
public final class MetadataJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MetadataJson() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static byte[] toBytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw new TerraneException(ErrorCode.INTERNAL, "encode metadata record", impossible);
    }
  }

  public static JsonNode parse(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException broken) {
      throw new TerraneException(
          ErrorCode.CORRUPTED, "metadata record of " + bytes.length + " bytes is no JSON", broken);
    }
  }

  public static JsonNode field(JsonNode node, String name) {
    JsonNode field = node.get(name);
    if (field == null || field.isNull()) {
      throw corrupted(node, name, "is missing");
    }
    return field;
  }

  public static String text(JsonNode node, String name) {
    JsonNode field = field(node, name);
    if (!field.isTextual()) {
      throw corrupted(node, name, "is no text");
    }
    return field.textValue();
  }

  public static Optional<String> optionalText(JsonNode node, String name) {
    return node.hasNonNull(name) ? Optional.of(text(node, name)) : Optional.empty();
  }

  public static long number(JsonNode node, String name) {
    JsonNode field = field(node, name);
    if (!field.isIntegralNumber() || !field.canConvertToLong()) {
      throw corrupted(node, name, "is no 64-bit integer");
    }
    return field.longValue();
  }

  public static int smallNumber(JsonNode node, String name) {
    long value = number(node, name);
    if (value != (int) value) {
      throw corrupted(node, name, "is no 32-bit integer");
    }
    return (int) value;
  }

  public static boolean truth(JsonNode node, String name) {
    JsonNode field = field(node, name);
    if (!field.isBoolean()) {
      throw corrupted(node, name, "is neither true nor false");
    }
    return field.booleanValue();
  }

  public static Instant instant(JsonNode node, String name) {
    try {
      return Instant.parse(text(node, name));
    } catch (DateTimeException malformed) {
      throw corrupted(node, name, "is no instant");
    }
  }

  public static Optional<Instant> optionalInstant(JsonNode node, String name) {
    return node.hasNonNull(name) ? Optional.of(instant(node, name)) : Optional.empty();
  }

  public static <E extends Enum<E>> E constant(JsonNode node, String name, Class<E> type) {
    try {
      return Enum.valueOf(type, text(node, name));
    } catch (IllegalArgumentException unknown) {
      throw corrupted(node, name, "is no " + type.getSimpleName());
    }
  }

  public static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> element) {
    JsonNode field = field(node, name);
    if (!field.isArray()) {
      throw corrupted(node, name, "is no array");
    }
    List<T> elements = new ArrayList<>();
    field.forEach(each -> elements.add(element.apply(each)));
    return List.copyOf(elements);
  }

  public static List<String> texts(JsonNode node, String name) {
    return list(node, name, JsonNode::asText);
  }

  public static Map<String, String> textMap(JsonNode node, String name) {
    Map<String, String> map = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : field(node, name).properties()) {
      map.put(entry.getKey(), entry.getValue().asText());
    }
    return map;
  }

  public static <T> ArrayNode array(Collection<T> elements, Function<T, JsonNode> element) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    elements.forEach(each -> array.add(element.apply(each)));
    return array;
  }

  public static ArrayNode textArray(Collection<String> elements) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    elements.forEach(array::add);
    return array;
  }

  public static ObjectNode textObject(Map<String, String> map) {
    ObjectNode node = object();
    new TreeMap<>(map).forEach(node::put);
    return node;
  }

  /** A stored record whose type or format this version does not know. */
  public static TerraneException unknown(String what, Object value) {
    return new TerraneException(ErrorCode.CORRUPTED, "unknown " + what + " in metadata: " + value);
  }

  private static TerraneException corrupted(JsonNode node, String name, String what) {
    return new TerraneException(
        ErrorCode.CORRUPTED, "metadata field '" + name + "' " + what + " in " + node);
  }
}
