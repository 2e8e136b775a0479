package io.terrane.query.function.json;

import static io.terrane.api.table.DataType.BOOLEAN;
import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.expr.Column;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * MySQL's functions that look into JSON documents (manual, 14.17.3 and 14.17.5). A document is a
 * text; one that cannot be read is an error, as is a path that is none.
 */
final class DocumentFunctions {
  private DocumentFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("json_extract")
            .takes(TEXT, TEXT)
            .andMore(TEXT)
            .returns(STRING)
            .kernelPerUse(() -> extract(JsonText::writeSpaced)),
        RowFunction.named("json_value")
            .takes(TEXT, TEXT)
            .returns(STRING)
            .kernelPerUse(() -> extract(DocumentFunctions::unquoted)),
        RowFunction.named("json_unquote")
            .takes(TEXT)
            .returns(STRING)
            .kernel((context, a, row, out) -> out.setString(row, unquoted(a[0].stringAt(row)))),
        RowFunction.named("json_quote")
            .takes(TEXT)
            .returns(STRING)
            .kernel(
                (context, a, row, out) -> out.setString(row, JsonText.quoted(a[0].stringAt(row)))),
        RowFunction.named("json_valid")
            .takes(TEXT)
            .returns(BOOLEAN)
            .kernel(
                (context, a, row, out) ->
                    out.setBoolean(row, JsonText.tryRead(a[0].stringAt(row)).isPresent())),
        RowFunction.named("json_pretty")
            .takes(TEXT)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(row, JsonText.read(a[0].stringAt(row)).toPrettyString())),
        RowFunction.named("json_type")
            .takes(TEXT)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(row, type(JsonText.read(a[0].stringAt(row))))),
        RowFunction.named("json_depth")
            .takes(TEXT)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(row, depth(JsonText.read(a[0].stringAt(row))))),
        RowFunction.named("json_length")
            .takes(TEXT)
            .optionally(TEXT)
            .returns(INT64)
            .kernelPerUse(
                () ->
                    atPath(
                        1,
                        (value, arguments, row, out) ->
                            out.setLong(row, value.isContainerNode() ? value.size() : 1))),
        RowFunction.named("json_keys")
            .takes(TEXT)
            .optionally(TEXT)
            .returns(STRING)
            .kernelPerUse(() -> atPath(1, DocumentFunctions::keys)),
        RowFunction.named("json_contains")
            .takes(TEXT, TEXT)
            .optionally(TEXT)
            .returns(BOOLEAN)
            .kernelPerUse(
                () ->
                    atPath(
                        2,
                        (value, arguments, row, out) ->
                            out.setBoolean(
                                row, contains(value, JsonText.read(arguments[1].stringAt(row)))))),
        RowFunction.named("json_overlaps")
            .takes(TEXT, TEXT)
            .returns(BOOLEAN)
            .kernel(
                (context, a, row, out) ->
                    out.setBoolean(
                        row,
                        overlap(
                            JsonText.read(a[0].stringAt(row)), JsonText.read(a[1].stringAt(row))))),
        RowFunction.named("json_contains_path")
            .takes(TEXT, TEXT, TEXT)
            .andMore(TEXT)
            .returns(BOOLEAN)
            .kernelPerUse(DocumentFunctions::containsPath));
  }

  /** Looks at the value that a document's path leads to; NULL where it leads nowhere. */
  @FunctionalInterface
  private interface Look {
    void at(JsonNode value, Column[] arguments, int row, Column out);
  }

  private static RowFunction.Kernel atPath(int pathArgument, Look look) {
    DocumentPaths paths = new DocumentPaths();
    return (context, a, row, out) -> {
      JsonNode document = JsonText.read(a[0].stringAt(row));
      if (a.length > pathArgument) {
        JsonPath path = paths.single(pathArgument, a[pathArgument].stringAt(row));
        List<JsonNode> found = path.select(document, document);
        if (found.isEmpty()) {
          out.setNull(row);
          return;
        }
        document = found.get(0);
      }
      look.at(document, a, row, out);
    };
  }

  private static RowFunction.Kernel extract(Function<JsonNode, String> writer) {
    DocumentPaths paths = new DocumentPaths();
    return (context, a, row, out) -> {
      JsonNode document = JsonText.read(a[0].stringAt(row));
      ArrayNode found = JsonNodeFactory.instance.arrayNode();
      boolean isSingle = a.length == 2;
      for (int i = 1; i < a.length; i++) {
        JsonPath path = paths.path(i, a[i].stringAt(row));
        isSingle &= path.isSingle();
        found.addAll(path.select(document, document));
      }
      if (found.isEmpty()) {
        out.setNull(row);
      } else {
        out.setString(row, writer.apply(isSingle ? found.get(0) : found));
      }
    };
  }

  private static RowFunction.Kernel containsPath() {
    DocumentPaths paths = new DocumentPaths();
    return (context, a, row, out) -> {
      JsonNode document = JsonText.read(a[0].stringAt(row));
      boolean wantsAll =
          switch (a[1].stringAt(row).toLowerCase(Locale.ROOT)) {
            case "one" -> false;
            case "all" -> true;
            default ->
                throw new TerraneException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The oneOrAll argument to json_contains_path may take these values: 'one' or"
                        + " 'all'.");
          };
      boolean result = wantsAll;
      for (int i = 2; i < a.length && result == wantsAll; i++) {
        result = !paths.path(i, a[i].stringAt(row)).select(document, document).isEmpty();
      }
      out.setBoolean(row, result);
    };
  }

  private static void keys(JsonNode value, Column[] arguments, int row, Column out) {
    if (!value.isObject()) {
      out.setNull(row);
      return;
    }
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    names.sort(JsonText.MYSQL_ORDER);
    ArrayNode keys = JsonNodeFactory.instance.arrayNode();
    names.forEach(keys::add);
    out.setString(row, JsonText.writeSpaced(keys));
  }

  /** A JSON string's value; any other text as it is. */
  private static String unquoted(String text) {
    boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return isQuoted ? JsonText.read(text).asText() : text;
  }

  private static String unquoted(JsonNode value) {
    return value.isTextual() ? value.textValue() : JsonText.writeSpaced(value);
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "OBJECT";
      case ARRAY -> "ARRAY";
      case STRING -> "STRING";
      case BOOLEAN -> "BOOLEAN";
      case NULL -> "NULL";
      default ->
          value.isFloatingPointNumber()
              ? "DOUBLE"
              : value.canConvertToLong() ? "INTEGER" : "UNSIGNED INTEGER";
    };
  }

  /** Ends, as the reader bounds how deep documents are. */
  private static int depth(JsonNode value) {
    int below = 0;
    for (JsonNode child : value) {
      below = Math.max(below, depth(child));
    }
    return below + 1;
  }

  /** Whether one value is in another, as JSON_CONTAINS means it. */
  private static boolean contains(JsonNode target, JsonNode candidate) {
    if (target.isArray()) {
      if (!candidate.isArray()) {
        return anyMatch(target, element -> contains(element, candidate));
      }
      return allMatch(candidate, wanted -> anyMatch(target, element -> contains(element, wanted)));
    }
    if (target.isObject() && candidate.isObject()) {
      for (Iterator<String> names = candidate.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!target.has(name) || !contains(target.get(name), candidate.get(name))) {
          return false;
        }
      }
      return true;
    }
    return same(target, candidate);
  }

  private static boolean overlap(JsonNode left, JsonNode right) {
    if (left.isArray() || right.isArray()) {
      JsonNode array = left.isArray() ? left : right;
      JsonNode other = left.isArray() ? right : left;
      return anyMatch(
          array,
          element ->
              other.isArray()
                  ? anyMatch(other, candidate -> same(element, candidate))
                  : same(element, other));
    }
    if (left.isObject() && right.isObject()) {
      for (Iterator<String> names = left.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (right.has(name) && same(left.get(name), right.get(name))) {
          return true;
        }
      }
      return false;
    }
    return same(left, right);
  }

  private static boolean anyMatch(JsonNode container, Function<JsonNode, Boolean> test) {
    for (JsonNode child : container) {
      if (test.apply(child)) {
        return true;
      }
    }
    return false;
  }

  private static boolean allMatch(JsonNode container, Function<JsonNode, Boolean> test) {
    return !anyMatch(container, child -> !test.apply(child));
  }

  private static boolean same(JsonNode left, JsonNode right) {
    return (left.isNumber() && right.isNumber())
        ? left.decimalValue().compareTo(right.decimalValue()) == 0
        : left.equals(right);
  }
}
