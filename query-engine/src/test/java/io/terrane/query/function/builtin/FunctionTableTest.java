package io.terrane.query.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.ExprCompiler;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.FunctionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines {@code expression => value} of the files under functions/, as constants and as columns. */
final class FunctionTableTest {
  private static final List<String> FILES =
      List.of(
          "operators",
          "casts",
          "numbers",
          "texts",
          "times",
          "session",
          "json",
          "search",
          "places",
          "sketches");
  private static final FunctionRegistry FUNCTIONS = BuiltinFunctions.registry();
  private static final Set<String> NUMBERS =
      Set.of("connection_id", "found_rows", "last_insert_id", "row_count");
  private static final Instant NOW = Instant.parse("2024-05-06T07:08:09.123456Z");

  record Line(String file, String expression, String expected) {
    @Override
    public String toString() {
      return file + ": " + expression + " => " + expected;
    }
  }

  static Stream<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String file : FILES) {
      try (InputStream in =
          FunctionTableTest.class.getResourceAsStream("/functions/" + file + ".txt")) {
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
          if (!line.isBlank() && !line.startsWith("#")) {
            int arrow = line.lastIndexOf("=>");
            lines.add(
                new Line(file, line.substring(0, arrow).trim(), line.substring(arrow + 2).trim()));
          }
        }
      }
    }
    return lines.stream();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void givesWhatTheTableSays(Line line) {
    try (RootAllocator allocator = new RootAllocator()) {
      ZoneId zone = ZoneId.of(line.file().equals("session") ? "Asia/Shanghai" : "UTC");
      ExecutionContext context =
          ExecutionContext.builder(allocator, FUNCTIONS, () -> NOW)
              .timeZone(zone)
              .session(name -> NUMBERS.contains(name) ? "7" : name + "!")
              .build();
      assertThat(constant(context, line)).isEqualTo(line.expected());
      assertThat(columns(context, line)).isEqualTo(line.expected());
    }
  }

  private static String constant(ExecutionContext context, Line line) {
    try {
      ScalarExpr expr = new ExpressionReader(line.expression(), FUNCTIONS).read();
      VectorExpr compiled = new ExprCompiler(context, List.of()).compile(asText(expr));
      return show(compiled.evaluate(Batch.ofRows(1)), 0);
    } catch (TerraneException refused) {
      return "error " + refused.code();
    }
  }

  /** The first literal as a column of value, NULL, value; also with no rows at all. */
  private static String columns(ExecutionContext context, Line line) {
    try {
      ScalarExpr expr = new ExpressionReader(line.expression(), FUNCTIONS).read();
      List<Datum> replaced = new ArrayList<>();
      ScalarExpr withColumn = asText(replaceFirst(expr, replaced));
      if (replaced.isEmpty()) {
        return line.expected();
      }
      Datum value = replaced.get(0);
      VectorExpr compiled = new ExprCompiler(context, List.of(value.type())).compile(withColumn);
      Schema schema = new Schema(List.of(value.type().arrowField("c", true)));
      try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, context.allocator())) {
        Batch batch = new Batch(List.of(value.type()));
        assertThat(compiled.evaluate(batch.load(filled(root, value, 0))).rows()).isZero();
        Column result = compiled.evaluate(batch.load(filled(root, value, 3)));
        assertThat(show(result, 2)).isEqualTo(show(result, 0));
        return show(result, 0);
      }
    } catch (TerraneException refused) {
      return "error " + refused.code();
    }
  }

  private static VectorSchemaRoot filled(VectorSchemaRoot root, Datum value, int rows) {
    Column column = new Column(value.type()).reset(rows);
    for (int i = 0; i < rows; i++) {
      if (i == 1) {
        column.setNull(i);
      } else {
        column.setDatum(i, value);
      }
    }
    ArrowColumns.write(column, root.getVector(0));
    root.setRowCount(rows);
    return root;
  }

  private static ScalarExpr replaceFirst(ScalarExpr expr, List<Datum> replaced) {
    if (expr instanceof ScalarExpr.Literal literal
        && replaced.isEmpty()
        && literal.type().kind() != DataType.Kind.NULL) {
      replaced.add(literal.value());
      return new ScalarExpr.ColumnRef(0, literal.type());
    }
    if (expr instanceof ScalarExpr.Call call) {
      List<ScalarExpr> arguments = new ArrayList<>();
      call.arguments().forEach(argument -> arguments.add(replaceFirst(argument, replaced)));
      return new ScalarExpr.Call(call.function(), arguments, call.type());
    }
    return expr;
  }

  private static ScalarExpr asText(ScalarExpr expr) {
    return new ScalarExpr.Call("cast", List.of(expr), DataType.STRING);
  }

  private static String show(Column column, int row) {
    return column.isNull(row) ? "NULL" : column.stringAt(row).strip();
  }

  @Test
  void everyFunctionIsInTheTable() throws IOException {
    Set<String> missing = new TreeSet<>();
    List<Line> lines = lines().toList();
    FUNCTIONS
        .allScalars()
        .forEach(
            function -> {
              if (lines.stream()
                  .noneMatch(line -> line.expression().contains(function.name() + "("))) {
                missing.add(function.name());
              }
            });
    assertThat(missing).containsExactlyInAnyOrder("rand", "uuid");
  }
}
