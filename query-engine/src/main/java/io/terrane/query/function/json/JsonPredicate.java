package io.terrane.query.function.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A condition within a path. */
@FunctionalInterface
interface JsonPredicate {
  boolean test(JsonNode present, JsonNode root);

  /** What a comparison compares: a literal, or what a path leads to from here or from the root. */
  @FunctionalInterface
  interface Operand {
    List<JsonNode> values(JsonNode present, JsonNode root);
  }

  /** How two values may stand to each other. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** False for values of different kinds, whatever is asked. */
    boolean holds(JsonNode left, JsonNode right) {
      if (left.getNodeType() != right.getNodeType()) {
        return false;
      }
      int order;
      switch (left.getNodeType()) {
        case NUMBER -> order = left.decimalValue().compareTo(right.decimalValue());
        case STRING -> order = left.textValue().compareTo(right.textValue());
        case BOOLEAN -> order = Boolean.compare(left.booleanValue(), right.booleanValue());
        case NULL -> order = 0;
        default -> {
          boolean equal = left.equals(right);
          return this == EQUAL ? equal : this == NOT_EQUAL && !equal;
        }
      }
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
  }

  /** Holds if it does for any pair of the operands' values. */
  static JsonPredicate compare(Operand left, Comparison comparison, Operand right) {
    return (present, root) -> {
      for (JsonNode a : left.values(present, root)) {
        for (JsonNode b : right.values(present, root)) {
          if (comparison.holds(a, b)) {
            return true;
          }
        }
      }
      return false;
    };
  }

  static JsonPredicate exists(Operand operand) {
    return (present, root) -> !operand.values(present, root).isEmpty();
  }

  default JsonPredicate and(JsonPredicate other) {
    return (present, root) -> test(present, root) && other.test(present, root);
  }

  default JsonPredicate or(JsonPredicate other) {
    return (present, root) -> test(present, root) || other.test(present, root);
  }
}
