package io.terrane.query.function.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A way into a document: steps from its root, each leading to none, one or many values. */
record JsonPath(List<Step> steps) {
  JsonPath {
    steps = List.copyOf(steps);
  }

  /** From one value to others. */
  @FunctionalInterface
  interface Step {
    void follow(JsonNode from, JsonNode root, List<JsonNode> found);
  }

  /** What it leads to from {@code start}; filters see {@code root} too. */
  List<JsonNode> select(JsonNode start, JsonNode root) {
    List<JsonNode> present = List.of(start);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      present.forEach(node -> step.follow(node, root, next));
      present = next;
    }
    return present;
  }

  /** Whether it leads to one value at most: its steps are names and positions. */
  boolean isSingle() {
    return steps.stream()
        .allMatch(
            step ->
                step instanceof Member
                    || (step instanceof Elements elements && elements.isSingle()));
  }

  /** The member of that name. */
  record Member(String name) implements Step {
    @Override
    public void follow(JsonNode from, JsonNode root, List<JsonNode> found) {
      JsonNode value = from.isObject() ? from.get(name) : null;
      if (value != null) {
        found.add(value);
      }
    }
  }

  static Step everyMember() {
    return (from, root, found) -> {
      if (from.isObject()) {
        from.forEach(found::add);
      }
    };
  }

  static Step everyElement() {
    return (from, root, found) -> {
      if (from.isArray()) {
        from.forEach(found::add);
      }
    };
  }

  /** A position counted from the first element, or from the last one backwards. */
  record Position(int offset, boolean fromLast) {
    int in(JsonNode array) {
      return fromLast ? array.size() - 1 - offset : offset;
    }
  }

  /** The elements from one position to another, both included. */
  record Elements(Position first, Position last) implements Step {
    boolean isSingle() {
      return first.equals(last);
    }

    @Override
    public void follow(JsonNode from, JsonNode root, List<JsonNode> found) {
      if (from.isArray()) {
        int end = Math.min(last.in(from), from.size() - 1);
        for (int i = Math.max(0, first.in(from)); i <= end; i++) {
          found.add(from.get(i));
        }
      }
    }
  }

  static Step each(List<Step> alternatives) {
    return alternatives.size() == 1
        ? alternatives.get(0)
        : (from, root, found) ->
            alternatives.forEach(alternative -> alternative.follow(from, root, found));
  }

  /** The value itself and all below it, parents first. */
  static Step descendants() {
    return (from, root, found) -> below(from, found);
  }

  private static void below(JsonNode from, List<JsonNode> found) {
    found.add(from);
    from.forEach(child -> below(child, found));
  }

  static Step where(JsonPredicate predicate) {
    return (from, root, found) -> {
      if (predicate.test(from, root)) {
        found.add(from);
      }
    };
  }
}
