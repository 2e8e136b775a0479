package io.terrane.query.function.json;

import static io.terrane.api.table.DataType.BOOLEAN;
import static io.terrane.api.table.DataType.FLOAT64;
import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * GreptimeDB's functions on JSON, and through {@link DocumentFunctions} and {@link DocumentEdits}
 * MySQL's. A document is a text; to GreptimeDB's, one that cannot be read is an error to {@code
 * parse_json} and {@code json_to_string}, and has no values to the others; a path that is none
 * leads nowhere.
 */
public final class JsonFunctions {
  private JsonFunctions() {}

  /** All of them. */
  public static List<ScalarFunction> all() {
    List<ScalarFunction> all = new ArrayList<>();
    all.add(
        RowFunction.named("parse_json", "json_to_string")
            .takes(TEXT)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(row, JsonText.write(JsonText.read(a[0].stringAt(row))))));
    all.add(getter("json_get", STRING, JsonFunctions::anything));
    all.add(getter("json_get_int", INT64, JsonFunctions::integer));
    all.add(getter("json_get_float", FLOAT64, JsonFunctions::floating));
    all.add(getter("json_get_bool", BOOLEAN, JsonFunctions::bool));
    all.add(getter("json_get_string", STRING, JsonFunctions::string));
    all.add(getter("json_get_object", STRING, JsonFunctions::object));
    all.add(kind("json_is_null", JsonNode::isNull));
    all.add(kind("json_is_bool", JsonNode::isBoolean));
    all.add(kind("json_is_int", JsonNode::isIntegralNumber));
    all.add(kind("json_is_float", JsonNode::isFloatingPointNumber));
    all.add(kind("json_is_string", JsonNode::isTextual));
    all.add(kind("json_is_array", JsonNode::isArray));
    all.add(kind("json_is_object", JsonNode::isObject));
    all.add(
        RowFunction.named("json_path_exists")
            .takes(TEXT, TEXT)
            .returns(BOOLEAN)
            .kernelPerUse(
                () -> {
                  Paths paths = new Paths();
                  return (context, a, row, out) ->
                      out.setBoolean(row, !paths.select(a, row).isEmpty());
                }));
    all.add(
        RowFunction.named("json_path_match")
            .takes(TEXT, TEXT)
            .returns(BOOLEAN)
            .kernelPerUse(Match::new));
    all.addAll(DocumentFunctions.all());
    all.add(DocumentSearch.function());
    all.addAll(DocumentEdits.all());
    return all;
  }

  /** Aggregates that make documents. */
  public static List<AggregateFunction> aggregates() {
    return DocumentAggregate.all();
  }

  /** Writes a value, or NULL where it is not of the wanted kind. */
  @FunctionalInterface
  private interface Writer {
    void write(JsonNode value, Column out, int row);
  }

  private static ScalarFunction getter(String name, DataType type, Writer writer) {
    return RowFunction.named(name)
        .takes(TEXT, TEXT)
        .returns(type)
        .kernelPerUse(
            () -> {
              Paths paths = new Paths();
              return (context, a, row, out) -> {
                List<JsonNode> found = paths.select(a, row);
                if (found.isEmpty()) {
                  out.setNull(row);
                } else {
                  writer.write(
                      found.size() == 1
                          ? found.get(0)
                          : JsonNodeFactory.instance.arrayNode().addAll(found),
                      out,
                      row);
                }
              };
            });
  }

  private static ScalarFunction kind(String name, Predicate<JsonNode> test) {
    return RowFunction.named(name)
        .takes(TEXT)
        .returns(BOOLEAN)
        .kernel(
            (context, a, row, out) ->
                out.setBoolean(row, JsonText.tryRead(a[0].stringAt(row)).filter(test).isPresent()));
  }

  private static void integer(JsonNode value, Column out, int row) {
    if (value.isBoolean()) {
      out.setLong(row, value.booleanValue() ? 1 : 0);
    } else if (value.isIntegralNumber() && value.canConvertToLong()) {
      out.setLong(row, value.longValue());
    } else {
      out.setNull(row);
    }
  }

  private static void floating(JsonNode value, Column out, int row) {
    if (value.isBoolean()) {
      out.setDouble(row, value.booleanValue() ? 1 : 0);
    } else if (value.isNumber()) {
      out.setDouble(row, value.doubleValue());
    } else {
      out.setNull(row);
    }
  }

  private static void bool(JsonNode value, Column out, int row) {
    if (value.isBoolean()) {
      out.setBoolean(row, value.booleanValue());
    } else {
      out.setNull(row);
    }
  }

  private static void string(JsonNode value, Column out, int row) {
    if (value.isContainerNode()) {
      out.setNull(row);
    } else {
      anything(value, out, row);
    }
  }

  private static void anything(JsonNode value, Column out, int row) {
    if (value.isNull()) {
      out.setNull(row);
    } else if (value.isTextual()) {
      out.setString(row, value.textValue());
    } else {
      out.setString(row, JsonText.write(value));
    }
  }

  private static void object(JsonNode value, Column out, int row) {
    if (value.isObject()) {
      out.setString(row, JsonText.write(value));
    } else {
      out.setNull(row);
    }
  }

  /** Remembers the last path read, as all rows have the same one as a rule. */
  private static final class Paths {
    private String source;
    private Optional<JsonPath> path = Optional.empty();

    List<JsonNode> select(Column[] arguments, int row) {
      String given = arguments[1].stringAt(row);
      if (!given.equals(source)) {
        path = read(given);
        source = given;
      }
      return path.flatMap(
              way ->
                  JsonText.tryRead(arguments[0].stringAt(row))
                      .map(document -> way.select(document, document)))
          .orElse(List.of());
    }

    private static Optional<JsonPath> read(String source) {
      try {
        return Optional.of(JsonPathReader.path(source));
      } catch (TerraneException noPath) {
        return Optional.empty();
      }
    }
  }

  private static final class Match implements RowFunction.Kernel {
    private String source;
    private JsonPredicate predicate;

    @Override
    public void apply(ExecutionContext context, Column[] arguments, int row, Column out) {
      String given = arguments[1].stringAt(row);
      if (!given.equals(source)) {
        predicate = JsonPathReader.predicate(given);
        source = given;
      }
      out.setBoolean(
          row,
          JsonText.tryRead(arguments[0].stringAt(row))
              .filter(document -> predicate.test(document, document))
              .isPresent());
    }
  }
}
