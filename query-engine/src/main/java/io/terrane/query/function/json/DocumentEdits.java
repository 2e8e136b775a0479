package io.terrane.query.function.json;

import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.ANY;
import static io.terrane.query.function.Param.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.expr.Column;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * MySQL's functions that make and change JSON documents (manual, 14.17.2 and 14.17.4). Values that
 * go into a document reach them as documents: the planner wraps those that are none into {@value
 * #LITERAL}.
 */
public final class DocumentEdits {
  /** Makes a document of any value: {@code json_literal(value, the value as text)}. */
  public static final String LITERAL = "json_literal";

  /** Functions whose results are documents as they are. */
  private static final Set<String> MAKERS =
      Set.of(
          "json_extract",
          "json_keys",
          "json_object",
          "json_array",
          "json_set",
          "json_insert",
          "json_replace",
          "json_remove",
          "json_array_append",
          "json_array_insert",
          "json_merge_patch",
          "json_merge_preserve",
          "json_merge",
          "json_arrayagg",
          "json_objectagg",
          "json_get_object",
          "parse_json",
          LITERAL);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DocumentEdits() {}

  /** Whether what a function gives is a document rather than a text. */
  public static boolean givesDocument(String function) {
    return MAKERS.contains(function);
  }

  /** Whether that argument (from 0) of a function is a value that goes into a document. */
  public static boolean takesValue(String function, int argument) {
    return switch (function) {
      case "json_array" -> true;
      case "json_arrayagg" -> argument == 0;
      case "json_object", "json_objectagg" -> argument % 2 == 1;
      case "json_set", "json_insert", "json_replace", "json_array_append", "json_array_insert" ->
          argument > 0 && argument % 2 == 0;
      default -> false;
    };
  }

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named(LITERAL)
            .takes(ANY, TEXT)
            .returns(STRING)
            .takesNulls()
            .kernel((context, a, row, out) -> out.setString(row, literal(a, row))),
        RowFunction.named("json_array")
            .takes()
            .andMore(TEXT)
            .returns(STRING)
            .takesNulls()
            .kernel(
                (context, a, row, out) -> {
                  ArrayNode array = NODES.arrayNode();
                  for (Column argument : a) {
                    array.add(value(argument, row));
                  }
                  out.setString(row, JsonText.writeSpaced(array));
                }),
        RowFunction.named("json_object")
            .takes()
            .andMore(TEXT)
            .returns(STRING)
            .takesNulls()
            .kernel((context, a, row, out) -> out.setString(row, object(a, row))),
        edit("json_set", DocumentChange::set),
        edit("json_insert", DocumentChange::insert),
        edit("json_replace", DocumentChange::replace),
        edit("json_array_append", DocumentChange::append),
        edit("json_array_insert", DocumentChange::insertElement),
        RowFunction.named("json_remove")
            .takes(TEXT, TEXT)
            .andMore(TEXT)
            .returns(STRING)
            .kernelPerUse(
                () -> {
                  DocumentPaths paths = new DocumentPaths();
                  return (context, a, row, out) -> {
                    JsonNode document = JsonText.read(a[0].stringAt(row));
                    for (int i = 1; i < a.length; i++) {
                      DocumentChange.remove(paths.single(i, a[i].stringAt(row)), document);
                    }
                    out.setString(row, JsonText.writeSpaced(document));
                  };
                }),
        merge("json_merge_patch", List.of(), DocumentEdits::patched),
        merge("json_merge_preserve", List.of("json_merge"), DocumentEdits::preserved));
  }

  private static ScalarFunction edit(String name, DocumentChange change) {
    return RowFunction.named(name)
        .takes(TEXT, TEXT, TEXT)
        .andMore(TEXT)
        .returns(STRING)
        .takesNulls()
        .kernelPerUse(
            () -> {
              DocumentPaths paths = new DocumentPaths();
              return (context, a, row, out) -> {
                if (a.length % 2 == 0) {
                  throw countOf(name);
                }
                JsonNode document = a[0].isNull(row) ? null : JsonText.read(a[0].stringAt(row));
                for (int i = 1; i < a.length && document != null; i += 2) {
                  document =
                      a[i].isNull(row)
                          ? null
                          : change.apply(
                              paths.single(i, a[i].stringAt(row)), document, value(a[i + 1], row));
                }
                if (document == null) {
                  out.setNull(row);
                } else {
                  out.setString(row, JsonText.writeSpaced(document));
                }
              };
            });
  }

  private static ScalarFunction merge(
      String name, List<String> aliases, BinaryOperator<JsonNode> merge) {
    return RowFunction.named(name, aliases.toArray(String[]::new))
        .takes(TEXT, TEXT)
        .andMore(TEXT)
        .returns(STRING)
        .kernel(
            (context, a, row, out) -> {
              JsonNode merged = JsonText.read(a[0].stringAt(row));
              for (int i = 1; i < a.length; i++) {
                merged = merge.apply(merged, JsonText.read(a[i].stringAt(row)));
              }
              out.setString(row, JsonText.writeSpaced(merged));
            });
  }

  /** RFC 7396. */
  private static JsonNode patched(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode merged = target.isObject() ? target.deepCopy() : NODES.objectNode();
    patch
        .fields()
        .forEachRemaining(
            member -> {
              String name = member.getKey();
              if (member.getValue().isNull()) {
                merged.remove(name);
              } else {
                JsonNode before = merged.has(name) ? merged.get(name) : NullNode.getInstance();
                merged.set(name, patched(before, member.getValue()));
              }
            });
    return merged;
  }

  /** Objects member by member, all else as arrays end to end. */
  private static JsonNode preserved(JsonNode left, JsonNode right) {
    if (left.isObject() && right.isObject()) {
      ObjectNode merged = left.deepCopy();
      right
          .fields()
          .forEachRemaining(
              member ->
                  merged.set(
                      member.getKey(),
                      merged.has(member.getKey())
                          ? preserved(merged.get(member.getKey()), member.getValue())
                          : member.getValue()));
      return merged;
    }
    ArrayNode all = NODES.arrayNode();
    for (JsonNode one : List.of(left, right)) {
      if (one.isArray()) {
        all.addAll((ArrayNode) one);
      } else {
        all.add(one);
      }
    }
    return all;
  }

  private static String object(Column[] arguments, int row) {
    if (arguments.length % 2 != 0) {
      throw countOf("json_object");
    }
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < arguments.length; i += 2) {
      object.set(name(arguments[i], row), value(arguments[i + 1], row));
    }
    return JsonText.writeSpaced(object);
  }

  /** A member's name; NULL is none. */
  static String name(Column names, int row) {
    if (names.isNull(row)) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "JSON documents may not contain NULL member names.");
    }
    return names.stringAt(row);
  }

  /** What goes into a document; NULL is its null. */
  static JsonNode value(Column documents, int row) {
    return documents.isNull(row) ? NODES.nullNode() : JsonText.read(documents.stringAt(row));
  }

  private static String literal(Column[] arguments, int row) {
    Column value = arguments[0];
    if (value.isNull(row)) {
      return "null";
    }
    String text = arguments[1].stringAt(row);
    return switch (value.type().kind()) {
      case NULL -> "null";
      case BOOLEAN -> value.longAt(row) == 0 ? "false" : "true";
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, DECIMAL -> text;
      case FLOAT32, FLOAT64 -> JsonText.scalar(NODES.numberNode(value.doubleAt(row)));
      case STRING, BINARY, DATE, TIME, TIMESTAMP -> JsonText.quoted(text);
    };
  }

  private static TerraneException countOf(String function) {
    return new TerraneException(
        ErrorCode.WRONG_ARGUMENT_COUNT,
        "Incorrect parameter count in the call to native function '" + function + "'");
  }
}
