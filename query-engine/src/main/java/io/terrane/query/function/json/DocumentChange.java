package io.terrane.query.function.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.List;

/**
 * A change at the place that a path of names and positions leads to. Changes the document it is
 * given; a place whose parent is not there stays as it is. A value that is no array counts as an
 * array of itself, as in MySQL.
 */
@FunctionalInterface
interface DocumentChange {
  /** The document afterwards, which is another one only if the path is {@code $}. */
  JsonNode apply(JsonPath path, JsonNode document, JsonNode value);

  /** Where a path's last step goes from, and that step. */
  record Place(JsonNode parent, JsonPath.Step step) {
    boolean exists() {
      return !new JsonPath(List.of(step)).select(parent, parent).isEmpty();
    }

    int index() {
      return ((JsonPath.Elements) step).first().in(parent);
    }

    void put(JsonNode value) {
      if (step instanceof JsonPath.Member member) {
        ((ObjectNode) parent).set(member.name(), value);
      } else {
        ((ArrayNode) parent).set(index(), value);
      }
    }

    void remove() {
      if (step instanceof JsonPath.Member member) {
        ((ObjectNode) parent).remove(member.name());
      } else {
        ((ArrayNode) parent).remove(index());
      }
    }

    JsonNode value() {
      return new JsonPath(List.of(step)).select(parent, parent).get(0);
    }
  }

  /** Nothing if the path is {@code $} or leads through what is not there. */
  private static List<Place> place(JsonPath path, JsonNode document) {
    if (path.steps().isEmpty()) {
      return List.of();
    }
    int last = path.steps().size() - 1;
    return new JsonPath(path.steps().subList(0, last))
        .select(document, document).stream()
            .map(parent -> new Place(parent, path.steps().get(last)))
            .toList();
  }

  static JsonNode set(JsonPath path, JsonNode document, JsonNode value) {
    return insert(path, replace(path, document, value), value);
  }

  static JsonNode replace(JsonPath path, JsonNode document, JsonNode value) {
    if (path.steps().isEmpty()) {
      return value;
    }
    place(path, document).stream().filter(Place::exists).forEach(place -> place.put(value));
    return document;
  }

  static JsonNode insert(JsonPath path, JsonNode document, JsonNode value) {
    for (Place place : place(path, document)) {
      if (place.exists()) {
        continue;
      }
      if (place.step() instanceof JsonPath.Member member) {
        if (place.parent() instanceof ObjectNode object) {
          object.set(member.name(), value);
        }
      } else if (place.parent() instanceof ArrayNode array) {
        if (place.index() >= array.size()) {
          array.add(value);
        }
      }
    }
    return document;
  }

  static JsonNode append(JsonPath path, JsonNode document, JsonNode value) {
    if (path.steps().isEmpty()) {
      return appended(document, value);
    }
    place(path, document).stream()
        .filter(Place::exists)
        .forEach(place -> place.put(appended(place.value(), value)));
    return document;
  }

  private static JsonNode appended(JsonNode before, JsonNode value) {
    ArrayNode array =
        before instanceof ArrayNode given
            ? given
            : JsonNodeFactory.instance.arrayNode().add(before);
    return array.add(value);
  }

  static JsonNode insertElement(JsonPath path, JsonNode document, JsonNode value) {
    for (Place place : place(path, document)) {
      if (!(place.step() instanceof JsonPath.Elements)) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "A path expression is not a path to a cell in an array.");
      }
      if (place.parent() instanceof ArrayNode array) {
        array.insert(Math.min(place.index(), array.size()), value);
      }
    }
    return document;
  }

  static void remove(JsonPath path, JsonNode document) {
    if (path.steps().isEmpty()) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "The path expression '$' is not allowed in this context.");
    }
    place(path, document).stream().filter(Place::exists).forEach(Place::remove);
  }
}
