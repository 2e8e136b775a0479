package io.terrane.query.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.builtin.BuiltinFunctions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Random expressions over random batches give what the reference gives, row by row. */
final class KernelPropertiesTest {
  private static final FunctionRegistry FUNCTIONS = BuiltinFunctions.registry();
  private static final List<DataType> TYPES =
      List.of(
          DataType.INT64,
          DataType.UINT64,
          DataType.FLOAT64,
          DataType.decimal(10, 2),
          DataType.STRING,
          DataType.BOOLEAN,
          DataType.INT32);
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "%", "div");
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=", "<=>");
  private static final List<String> TESTS = List.of("not", "is_null", "is_true", "is_not_false");
  private static final List<String> TEXTS = List.of("", "a", "A", "1", "-2.5x", "1e2", "日", "0");
  private static final long[] LONGS = {0, 1, -1, 7, 1000, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40};

  @Property(tries = 400)
  void kernelsAgreeWithTheReference(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Datum>> rows = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      List<Datum> row = new ArrayList<>();
      TYPES.forEach(type -> row.add(value(random, type)));
      rows.add(row);
    }
    ScalarExpr expr = expression(random, 3);
    List<Datum> expected = new ArrayList<>();
    boolean overflows = false;
    for (List<Datum> row : rows) {
      try {
        expected.add(ReferenceEvaluator.evaluate(expr, row));
      } catch (TerraneException refused) {
        overflows = true;
      }
    }
    try (RootAllocator allocator = new RootAllocator()) {
      List<Datum> actual = vectorised(allocator, expr, rows);
      // A kernel may also fail where AND, OR or IN would not have needed the operand.
      assertThat(actual != null || overflows || canFail(expr))
          .as("seed %d: %s over %s", seed, expr, rows)
          .isTrue();
      if (actual != null) {
        assertThat(overflows).as("seed %d: %s over %s", seed, expr, rows).isFalse();
        assertThat(actual).as("seed %d: %s over %s", seed, expr, rows).isEqualTo(expected);
      }
    }
  }

  private static boolean canFail(ScalarExpr expr) {
    return expr instanceof ScalarExpr.Call call
        && (List.of("and", "or", "in", "<=>").contains(call.function())
            || call.arguments().stream().anyMatch(KernelPropertiesTest::canFail));
  }

  private static List<Datum> vectorised(
      RootAllocator allocator, ScalarExpr expr, List<List<Datum>> rows) {
    ExecutionContext context =
        ExecutionContext.builder(allocator, FUNCTIONS, () -> Instant.EPOCH).build();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      fields.add(TYPES.get(i).arrowField("c" + i, true));
    }
    try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields), allocator)) {
      for (int i = 0; i < TYPES.size(); i++) {
        Column column = new Column(TYPES.get(i)).reset(rows.size());
        for (int row = 0; row < rows.size(); row++) {
          column.setDatum(row, rows.get(row).get(i));
        }
        ArrowColumns.write(column, root.getVector(i));
      }
      root.setRowCount(rows.size());
      VectorExpr compiled = new ExprCompiler(context, TYPES).compile(expr);
      Column result = compiled.evaluate(new Batch(TYPES).load(root));
      List<Datum> values = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        values.add(result.datumAt(row));
      }
      return values;
    } catch (TerraneException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW);
      return null;
    }
  }

  private static ScalarExpr expression(SplittableRandom random, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      int index = random.nextInt(TYPES.size());
      return random.nextInt(4) == 0
          ? new ScalarExpr.Literal(value(random, TYPES.get(index)))
          : new ScalarExpr.ColumnRef(index, TYPES.get(index));
    }
    ScalarExpr left = expression(random, depth - 1);
    ScalarExpr right = expression(random, depth - 1);
    return switch (random.nextInt(7)) {
      case 0, 1 -> arithmetic(random, left, right);
      case 2, 3 -> call(pick(random, COMPARISONS), left, right);
      case 4 -> call(random.nextBoolean() ? "and" : "or", left, right);
      case 5 -> call(pick(random, TESTS), left);
      default -> {
        ScalarExpr other = expression(random, 0);
        yield switch (random.nextInt(3)) {
          case 0 -> call("case", left, right, right);
          case 1 -> call("coalesce", left, left);
          default -> call("in", left, right, other);
        };
      }
    };
  }

  /** DIV only of exact numbers: how a FLOAT64 becomes exact is the casts' own matter. */
  private static ScalarExpr arithmetic(SplittableRandom random, ScalarExpr left, ScalarExpr right) {
    String name = pick(random, ARITHMETIC);
    boolean inexact =
        left.type().isFloating()
            || right.type().isFloating()
            || left.type().equals(DataType.STRING)
            || right.type().equals(DataType.STRING);
    return call(name.equals("div") && inexact ? "+" : name, left, right);
  }

  private static ScalarExpr call(String name, ScalarExpr... arguments) {
    ScalarFunction function = FUNCTIONS.findScalar(name).orElseThrow();
    List<DataType> types = new ArrayList<>();
    for (ScalarExpr argument : arguments) {
      types.add(argument.type());
    }
    return new ScalarExpr.Call(name, List.of(arguments), function.resultType(types));
  }

  private static String pick(SplittableRandom random, List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private static Datum value(SplittableRandom random, DataType type) {
    if (random.nextInt(5) == 0) {
      return Datum.ofNull(type);
    }
    long number =
        random.nextInt(4) == 0 ? LONGS[random.nextInt(LONGS.length)] : random.nextInt(-20, 20);
    return switch (type.kind()) {
      case INT64, UINT64 -> new Datum(type, number);
      case INT32 -> new Datum(type, (long) (int) number);
      case FLOAT64 -> new Datum(type, number / 4.0);
      case DECIMAL -> new Datum(type, BigDecimal.valueOf(number % 100_000_000, 2));
      case STRING -> new Datum(type, pick(random, TEXTS));
      default -> new Datum(type, number % 2 != 0);
    };
  }
}
